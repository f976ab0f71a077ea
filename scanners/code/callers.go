package code

import (
	"bytes"
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// touched lists the functions that a change gives a sink, by language.
func (j *joiner) touched() map[*language][]string {
	names := map[*language][]string{}
	for _, f := range slices.Sorted(maps.Keys(j.changed)) {
		if lang := byExtension[path.Ext(strings.ToLower(f))]; lang != nil {
			if fns := j.touchedIn(f); len(fns) > 0 {
				names[lang] = append(names[lang], fns...)
			}
		}
	}
	return names
}

func (j *joiner) touchedIn(file string) (names []string) {
	d := j.definition(file, "")
	if d == nil {
		return nil
	}
	for name, lands := range d.lands {
		if slices.ContainsFunc(lands, func(l landing) bool {
			return slices.ContainsFunc(l.flow.Path, func(s item.Step) bool { return within(j.changed[file], s.Line) })
		}) {
			names = append(names, name)
			if name == d.exported { // called by whatever name its importer gives
				names = append(names, path.Base(strings.TrimSuffix(file, path.Ext(file))))
			}
		}
	}
	return names
}

// callers adds the halves of files that a change leaves as they are, when they
// may call the functions it gives a sink. Most changes give none, and then no
// file is read for it.
func (j *joiner) callers(ctx context.Context, names map[*language][]string) {
	for _, f := range j.paths {
		lang := byExtension[path.Ext(strings.ToLower(f))]
		if pageCode(f) {
			lang = script
		}
		if _, walked := j.changed[f]; walked || len(names[lang]) == 0 || ctx.Err() != nil {
			continue
		}
		if src := j.read(f); src != nil && holdsOne(src, names[lang]) {
			j.halves = append(j.halves, j.halvesOf(f, src, names[lang])...)
		}
	}
}

func holdsOne(src []byte, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return bytes.Contains(src, []byte(n)) })
}

// halvesOf reads one file for what it hands to other files.
func (j *joiner) halvesOf(file string, src []byte, names []string) []detectors.Finding {
	low := strings.ToLower(file)
	r := readerOf(path.Base(low))
	if r == nil || vendored(low) || test(low) || generated(src) {
		return nil
	}
	s := &source{path: low, name: file, src: bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), words: j.words}
	if !s.understand(r) {
		return nil
	}
	sc := j.engine.Scanner()
	sc.Begin(item.Location{Target: j.target, Path: sc.Mask(file)}, detectors.Options{})
	flows := slices.DeleteFunc(s.flows, func(f item.Flow) bool {
		return f.To == nil || f.To.Name != item.DefaultExport && !slices.Contains(names, f.To.Name)
	})
	if sc.Add(&item.Segment{Kind: item.Declare, Flows: flows}) != nil {
		return nil
	}
	return sc.End()
}
