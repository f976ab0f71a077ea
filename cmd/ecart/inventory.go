package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// An inventory is a folder of the repository with one file a target that is not
// in it: one sorted line per object with gaps, so that code scanning has a line
// to show. It holds names and ids, never a value, a count or a date: a line
// changes only when what is there does.
const inventoryHead = "# Written by ecart scan --inventory: one line per object with gaps. Commit it beside the register.\n"

// inventoryFolder is where people keep it when they follow the documentation:
// what is in it is never scanned.
const inventoryFolder = ".ecart"

// readInventory maps the objects of a committed inventory to their lines.
func readInventory(root, dir string) (map[string]reconcile.Anchor, error) {
	known := map[string]reconcile.Anchor{}
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("inventory %s: %w", dir, cause(err))
	}
	for _, e := range entries {
		target, isOurs := strings.CutSuffix(e.Name(), ".yaml")
		file, isInside := inside(root, filepath.Join(dir, e.Name()))
		if !isOurs || !isInside || !e.Type().IsRegular() {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("inventory %s: %w", dir, cause(err))
		}
		for object, line := range inventoryLines(src) {
			known[target+":"+object] = reconcile.Anchor{File: file, Line: line}
		}
	}
	return known, nil
}

// inventoryLines returns the objects of one file and their lines; what is not
// ours is passed over.
func inventoryLines(src []byte) map[string]int {
	at := map[string]int{}
	lines := bufio.NewScanner(bytes.NewReader(src))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		d := json.NewDecoder(strings.NewReader(lines.Text()))
		var object string
		if d.Decode(&object) == nil {
			at[object] = n
		}
	}
	return at
}

// writeInventory writes the inventory of the targets outside the repository and
// shows their gaps on its lines.
func (s *settings) writeInventory(dir string, r *reconcile.Result) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("inventory %s: %w", dir, cause(err))
	}
	for _, t := range s.targets {
		name := t.about.Name
		if _, isInside := s.anchors.Prefix[name]; isInside && !t.about.Tables {
			continue
		}
		text := s.inventoryOf(r.Gaps, name)
		file := filepath.Join(dir, name+".yaml")
		if err := replace(file, text); err != nil {
			return fmt.Errorf("inventory %s: %w", file, cause(err))
		}
		if in, ok := inside(s.root, file); ok {
			s.showOn(in, text, name, r.Gaps)
		}
	}
	return nil
}

// inventoryOf is the file of one target.
func (s *settings) inventoryOf(gaps []reconcile.Gap, target string) []byte {
	subjects := map[string][]string{}
	for i := range gaps {
		g := &gaps[i]
		if g.At.Target != target || g.State == reconcile.Gone {
			continue
		}
		if name := s.masker.mask(target, g.At.Path); !slices.Contains(subjects[name], g.Subject()) {
			subjects[name] = append(subjects[name], g.Subject())
		}
	}
	lines := make([]string, 0, len(subjects))
	for object, of := range subjects {
		sort.Strings(of)
		lines = append(lines, quoted(object)+": ["+strings.Join(of, ", ")+"]\n")
	}
	sort.Strings(lines)
	return []byte(inventoryHead + strings.Join(lines, ""))
}

// quoted is a name as a YAML key on one line, whatever it holds.
func quoted(name string) string {
	b, err := json.Marshal(name)
	if err != nil {
		return `""` // a string is always JSON
	}
	return string(b)
}

// showOn anchors gaps of a target that had no better line.
func (s *settings) showOn(file string, text []byte, target string, gaps []reconcile.Gap) {
	at := inventoryLines(text)
	for i := range gaps {
		g := &gaps[i]
		line, listed := at[s.masker.mask(target, g.At.Path)]
		if g.At.Target != target || !listed {
			continue
		}
		a := s.anchors
		if f := g.Anchor.File; f == a.Register || f == a.Config || path.Dir(f) == path.Dir(file) {
			g.Anchor = reconcile.Anchor{File: file, Line: line}
		}
	}
}
