package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
)

// This file finds what was lost: sections that talk of data and left nothing in the
// draft. A person is asked to read them; silence would pass for "no processing".

// untold lists the sections, and the paragraphs with a title of their own, that talk
// of data and left nothing.
func (d *reading) untold() []register.Source {
	lines := d.linesUsed()
	var out []register.Source
	for _, u := range d.units() {
		if u.title == "" || len(strings.Fields(u.title)) > 16 || !d.talksOfData(u) || d.leftSome(u, lines) {
			continue
		}
		out = append(out, *d.source(u.no, firstWords(tidyName(u.title))))
	}
	return out
}

// A unit is what stands under one title.
type unit struct {
	title      string
	no         int
	section    *section
	statements []*statement
}

// units are the sections of the text, and the paragraphs that begin with a title.
func (d *reading) units() []*unit {
	var all []*unit
	sections, blocks := map[*section]*unit{}, map[*block]*unit{}
	for _, s := range d.statements {
		if s.section == nil {
			continue
		}
		u := blocks[s.block]
		if u == nil && s.first && s.dashed {
			u = &unit{title: s.label, no: s.no, section: s.section}
			blocks[s.block], all = u, append(all, u)
		}
		if u == nil {
			if u = sections[s.section]; u == nil {
				u = &unit{title: s.section.title, no: s.section.no, section: s.section}
				sections[s.section], all = u, append(all, u)
			}
		}
		u.statements = append(u.statements, s)
	}
	return all
}

// talksOfData tells whether a unit says what data are taken, kept or handed over.
func (d *reading) talksOfData(u *unit) bool {
	if u.section.whole || u.section.no == d.blocks[0].no || u.section.under("rights", "definitions", "dpo", "identity", "contact", "changes", "scope", "security", "source", "mandatory", "profiling", "bases") {
		return false
	}
	return slices.ContainsFunc(u.statements, func(s *statement) bool {
		if s.definition || s.right {
			return false
		}
		n := len(d.categories.Find(s.text))
		return n > 1 || n > 0 && (d.collects(s) || has(d.purposes, s.words, "deed", "takes") || d.deeds.Has(s.words)) ||
			len(d.limitsIn(s.text, s.no, false)) > 0 || len(d.deedsIn(s)) > 0 && d.activities.Has(s.words) || len(d.companies.find(s.words, false)) > 0
	})
}

// leftSome tells whether a unit left a treatment, or anything when its title is of a
// field ("Destinataires") or rows have told the treatments.
func (d *reading) leftSome(u *unit, lines map[int]bool) bool {
	any := u.section.about() != "" || len(d.treatments)-d.prosaic() >= 3
	for _, s := range u.statements {
		if s.treatment != nil || any && (lines[s.no] || s.taken) {
			return true
		}
	}
	last := u.statements[len(u.statements)-1].no
	return slices.ContainsFunc(d.treatments, func(t *treatment) bool { return t.no >= u.no && t.no <= last })
}

// prosaic counts the treatments that running text has told.
func (d *reading) prosaic() int {
	n := 0
	for _, t := range d.treatments {
		if t.conf < sureField {
			n++
		}
	}
	return n
}

// linesUsed are the lines that the draft rests on.
func (d *reading) linesUsed() map[int]bool {
	used := map[int]bool{}
	for _, t := range append(slices.Clone(d.treatments), &d.document) {
		for _, list := range [][]found{t.bases, t.data, t.recipients, t.subjects, t.systems, t.places} {
			for _, f := range list {
				used[f.no] = true
			}
		}
		for _, r := range t.retention {
			used[r.Line] = true
		}
		for _, x := range t.transfers {
			used[x.Line] = true
		}
	}
	for _, x := range d.transfers.list {
		used[x.Line] = true
	}
	for _, p := range d.places {
		used[p.no] = true
	}
	used[d.transfers.none], used[d.transfers.conditional] = true, true
	return used
}
