package main

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"os"

	"github.com/ecart-rgpd/ecart/cmd/ecart/start"
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/report"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/code"
	"github.com/ecart-rgpd/ecart/scanners/share"
	"github.com/ecart-rgpd/ecart/scanners/state"
)

// scan walks the targets and reconciles what is found as it comes: findings
// pass from the scan through the findings file to reconciliation one by one.
func (s *settings) scan(ctx context.Context, f *scanFlags, p progress) (*reconcile.Result, error) {
	engine, err := all.Engine(s.rules)
	if err != nil {
		return nil, err
	}
	start.Done()
	w, err := newFindingsFile(f.findings)
	if err != nil {
		return nil, err
	}
	in, walk, past := s.input(engine, f.order)
	if in.Added, err = s.addedTo(ctx, &f.git); err != nil {
		return nil, err
	}
	ocr, err := f.findOCR(ctx)
	if err != nil {
		return nil, err
	}
	options := scanners.Options{Engine: engine, Formats: formatsOCR(ocr), Workers: f.workers, Each: f.each, Marks: past, Budget: f.budget, Wanted: code.SourceFile}
	memory, err := f.openState(engine.Version(), s.rules)
	if err != nil {
		return nil, err
	}
	if memory != nil {
		options.Memory = memory
	}
	results, finish, err := f.results(ctx, s, walk, options)
	if err != nil {
		return nil, err
	}
	in.Findings = findings(s.join(ctx, results, engine), in.Coverage, w, p)
	result := reconcile.Reconcile(in)
	p.done()
	finish()
	if err := s.settle(f, &result, memory, engine); err != nil {
		return nil, err
	}
	return &result, w.close()
}

// input is what reconciliation rests on, and the targets to walk for it; past
// names those that have a past to be read.
func (s *settings) input(engine *detectors.Engine, order bool) (in reconcile.Input, walk []scanners.Target, past map[string]bool) {
	past = map[string]bool{}
	in = reconcile.Input{
		Rules: s.rules, Register: s.register, Policy: s.policy, Date: s.date, Accept: s.accept, Anchors: s.anchors,
		Coverage: map[string]*item.Coverage{},
	}
	for _, t := range s.targets {
		in.Targets = append(in.Targets, t.about)
		in.Coverage[t.about.Name] = &item.Coverage{}
		source := t.source
		past[t.about.Name] = watchPast(source, engine)
		if order {
			source = share.Ordered{From: source}
		}
		walk = append(walk, scanners.Target{Name: t.about.Name, Source: source})
	}
	return in, walk, past
}

// settle does what follows a reconciliation: acceptances in the code, the state,
// the inventory, and the comparison with an earlier run.
func (s *settings) settle(f *scanFlags, result *reconcile.Result, memory *state.Store, engine *detectors.Engine) (err error) {
	if !f.noInline {
		acceptInline(s.root, result.Gaps, engine.Scanner().Mask)
	}
	if s.since, err = since(memory, result); err != nil {
		return fmt.Errorf("state %s: %w", f.state, err)
	}
	if err := closeState(memory, result.Coverage); err != nil {
		return fmt.Errorf("state %s: %w", f.state, err)
	}
	if f.inventory != "" {
		if err := s.writeInventory(f.inventory, result); err != nil {
			return err
		}
	}
	if f.baseline != "" {
		result.Trend = s.trend
		result.Gaps = reconcile.Compare(result.Gaps, s.earlier, reconcile.Renamed(result.Gaps, s.earlier))
	}
	return nil
}

// findings hands the findings on and counts what was read on the way.
func findings(results iter.Seq[scanners.Result], coverage map[string]*item.Coverage, w *findingsFile, p progress) iter.Seq[detectors.Finding] {
	return func(yield func(detectors.Finding) bool) {
		for r := range results {
			coverage[r.Target].Add(r.Coverage)
			p.read(r.Target, r.Coverage.Items, r.Coverage.Bytes)
			slog.Debug("read", "target", r.Target, "path", r.Path, "findings", len(r.Findings))
			for i := range r.Findings {
				w.write(&r.Findings[i])
				if !yield(r.Findings[i]) {
					return
				}
			}
		}
	}
}

// A findingsFile is where --findings go; without one it drops them.
type findingsFile struct {
	path string
	f    *os.File
	b    *bufio.Writer
	w    *report.Findings
	err  error
}

func newFindingsFile(path string) (*findingsFile, error) {
	if path == "" {
		return &findingsFile{}, nil
	}
	if err := writable(path); err != nil {
		return nil, err
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("findings %s: %w", path, cause(err))
	}
	b := bufio.NewWriterSize(f, 1<<16)
	return &findingsFile{path: path, f: f, b: b, w: report.NewFindings(b)}, nil
}

func (w *findingsFile) write(f *detectors.Finding) {
	if w.w != nil && w.err == nil {
		w.err = w.w.Write(f)
	}
}

// close returns the first error: findings that did not reach the disk are a
// failed run, not a short one.
func (w *findingsFile) close() error {
	if w.f == nil {
		return nil
	}
	err := w.err
	if e := w.b.Flush(); err == nil {
		err = e
	}
	if e := w.f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("findings %s: %w", w.path, cause(err))
	}
	return nil
}
