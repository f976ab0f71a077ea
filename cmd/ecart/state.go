package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/state"
)

// openState opens the file of --state; nil without one. What it remembers holds
// for this program, these rules and these questions only.
func (f *scanFlags) openState(engine string, vocabulary *rules.Rules) (*state.Store, error) {
	if f.state == "" || f.queue.remote() { // workers keep it in the queue
		return nil, nil
	}
	version, err := f.version(engine, vocabulary)
	if err != nil {
		return nil, err
	}
	return state.Open(f.state, version)
}

// version names all that findings depend on beside what is read.
func (f *scanFlags) version(engine string, vocabulary *rules.Rules) (string, error) {
	digest, err := vocabulary.Digest()
	asked := fmt.Sprintf("sample=%d full=%t each=%t ocr=%t", f.sample, f.full, f.each, f.ocr)
	return strings.Join([]string{buildVersion(), engine, digest, asked}, " "), err
}

// findOCR looks for the program of --ocr; nil without the flag.
func (f *scanFlags) findOCR(ctx context.Context) (*document.OCR, error) {
	if !f.ocr {
		return nil, nil
	}
	ocr, err := document.FindOCR(ctx)
	if err != nil {
		return nil, fmt.Errorf("--ocr: %w", err)
	}
	return ocr, nil
}

// closeState forgets the files that are gone from targets walked to their end.
func closeState(s *state.Store, coverage map[string]*item.Coverage) error {
	if s == nil {
		return nil
	}
	var walked []string
	for name, c := range coverage {
		if c.Stopped == "" {
			walked = append(walked, name)
		}
	}
	sort.Strings(walked)
	return errors.Join(s.Forget(walked...), s.Close())
}
