package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// maskKey names the variable that holds the key of masked paths. A name can be
// guessed and tried: without a key a digest of it would hide nothing.
const maskKey = "ECART_MASK_KEY"

// A masker hides the names of paths in an inventory that others read. The same
// path has the same mask as long as the key stays.
type masker struct {
	globs  []item.Glob
	tables map[string]bool
	key    []byte
}

// newMasker reads the globs of `mask:` in ecart.yaml.
func newMasker(globs []string, targets []target) (*masker, error) {
	m := &masker{tables: map[string]bool{}}
	for _, t := range targets {
		m.tables[t.about.Name] = t.about.Tables
	}
	for _, s := range globs {
		g, err := item.ParseGlob(s)
		if err != nil {
			return nil, fmt.Errorf("mask: %w: write the target, a colon and a pattern", err)
		}
		m.globs = append(m.globs, g)
	}
	if m.key = []byte(os.Getenv(maskKey)); len(m.globs) > 0 && len(m.key) < 16 {
		return nil, fmt.Errorf("mask: set %s to a secret of 16 characters or more, the same at every run: without it a masked name could be guessed", maskKey)
	}
	return m, nil
}

// mask is the path as an inventory shows it: whole, or the folder that the glob
// names and a keyed digest of the rest.
func (m *masker) mask(target, path string) string {
	for _, g := range m.globs {
		if g.Target != target || m.tables[target] && !g.MatchTable(path) || !m.tables[target] && !g.MatchFile(path) {
			continue
		}
		mac := hmac.New(sha256.New, m.key)
		mac.Write([]byte(target + ":" + path)) // never fails
		return plainPart(g.Pattern, path) + "‹" + hex.EncodeToString(mac.Sum(nil)[:6]) + "›"
	}
	return path
}

// plainPart is the start of a path that the pattern itself spells out.
func plainPart(pattern, path string) string {
	if i := strings.IndexAny(pattern, "*?[\\"); i >= 0 {
		pattern = pattern[:i]
	}
	i := strings.LastIndexAny(pattern, "/.") + 1
	if i > 0 && strings.HasPrefix(path, pattern[:i]) {
		return pattern[:i]
	}
	return ""
}
