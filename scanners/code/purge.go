package code

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// A purgeRule is one way to delete what is old, as rules/code/purges.yml says it.
type purgeRule struct {
	ID         string   `yaml:"id"`
	Files      []string `yaml:"files"` // patterns of names; of paths when they hold a '/'
	Marks      []string `yaml:"marks"`
	Pattern    string   `yaml:"pattern"`
	Near       string   `yaml:"near"` // must match within six lines
	Of         string   `yaml:"of"`   // its group names what is deleted
	Unit       string   `yaml:"unit"` // of a number without one
	IgnoreCase bool     `yaml:"ignore_case"`
	Lines      bool     `yaml:"lines"` // '^' is the start of any line
	Why        string   `yaml:"why"`
	Hit        []string `yaml:"hit"`
	Miss       []string `yaml:"miss"`
}

// A purge is a rule in the form the reader asks for it.
type purge struct {
	purgeRule
	ending   bool                     // all its patterns are endings of names
	compiled func() [3]*regexp.Regexp // pattern, near, of; nil where there is none
}

func newPurge(r purgeRule) *purge {
	flags := ""
	if r.IgnoreCase {
		flags += "(?i)"
	}
	if r.Lines {
		flags += "(?m)"
	}
	return &purge{purgeRule: r, ending: byEnding(r.Files), compiled: sync.OnceValue(func() (all [3]*regexp.Regexp) {
		for i, expr := range []string{flags + r.Pattern, r.Near, r.Of} {
			if expr != "" && expr != flags {
				all[i] = regexp.MustCompile(expr)
			}
		}
		return all
	})}
}

// asked tells whether a rule is asked of a file, by its path in lower case.
func (p *purge) asked(name string) bool {
	for _, f := range p.Files {
		at := path.Base(name)
		if strings.Contains(f, "/") {
			at = path.Base(path.Dir(name)) + "/" + at
			f = strings.TrimPrefix(f, "*/")
		}
		if ok, _ := path.Match(strings.ToLower(f), at); ok {
			return true
		}
	}
	return false
}

// ofCode tells whether a rule is asked of source files, which the filter goes
// through: of those of Go, or of any other language.
func (p *purge) ofCode(ofGo bool) bool {
	for _, f := range p.Files {
		if lang := byExtension[path.Ext(f)]; lang != nil && (lang == golang || !ofGo) {
			return true
		}
	}
	return false
}

// aroundPurge is how far from a duration what is deleted may be told, in lines.
const aroundPurge = 6

// mostPurges bounds what one file and rule can say.
const mostPurges = 50

// purges notes the settings and jobs of a file that delete what is old.
func (s *source) purges() {
	if s.seen.aside || s.quiet {
		return
	}
	for _, p := range s.words.purgesOf(s.path) {
		if !s.marked(p) {
			continue
		}
		re := p.compiled()
		for _, m := range re[0].FindAllSubmatchIndex(s.src, mostPurges) {
			s.purge(p, re, m)
		}
	}
}

// purge notes one match, when what must be near it is, and it is no comment.
func (s *source) purge(p *purge, re [3]*regexp.Regexp, m []int) {
	from, to := around(s.src, m[0], m[1])
	if commented(s.src, m[1]-1, byExtension[path.Ext(s.path)]) || re[1] != nil && !re[1].Match(s.src[from:to]) {
		return
	}
	group := func(names ...string) string {
		for _, n := range names {
			if i := re[0].SubexpIndex(n); i > 0 && m[2*i] >= 0 && m[2*i+1] > m[2*i] {
				return string(s.src[m[2*i]:m[2*i+1]])
			}
		}
		return ""
	}
	of := strings.Trim(group("of", "of2", "of3", "of4", "of5"), " \"'`[]")
	if of == "" && re[2] != nil {
		if all := re[2].FindAllSubmatch(s.src[from:to], -1); len(all) > 0 {
			of = string(all[len(all)-1][1])
		}
	}
	kept := dateParts(group("y"), group("m"), group("d"))
	if kept == "" {
		n := group("n", "n2")
		if n == "" && group("unit") != "" {
			n = "1" // subMonth()
		}
		kept = isoSpan(n, group("unit", "unit2"), p.Unit)
	}
	if of == "" {
		of = strings.TrimSuffix(path.Base(s.name), path.Ext(s.name))
	}
	line := 1 + bytes.Count(s.src[:m[0]], []byte{'\n'})
	s.flows = append(s.flows, item.Flow{
		Source: item.Column{Container: "purge", Name: of, Line: line}, Path: []item.Step{{Line: line, Note: p.ID}},
		Sink: item.SinkPurge, Line: line, Inside: of, Kept: kept,
	})
}

// around returns the lines about [lo, hi).
func around(src []byte, lo, hi int) (from, to int) {
	from, to = lo, hi
	for n := 0; from > 0 && n <= aroundPurge; from-- {
		if src[from-1] == '\n' {
			n++
		}
	}
	for n := 0; to < len(src) && n <= aroundPurge; to++ {
		if src[to] == '\n' {
			n++
		}
	}
	return from, to
}

// isoSpan is a number and its unit as ISO 8601; empty when either says nothing,
// or a whole number of no unit says the same.
func isoSpan(n, unit, fallback string) string {
	count := 1.0
	for _, f := range strings.Split(strings.ReplaceAll(n, "_", ""), "*") {
		v, err := strconv.ParseFloat(strings.TrimSpace(f), 64)
		if err != nil {
			return ""
		}
		count *= v
	}
	if count <= 0 || count > 1e10 {
		return ""
	}
	switch unit = strings.TrimSuffix(strings.ToLower(cmp.Or(unit, fallback)), "s"); unit {
	case "year", "y", "yearly", "yy", "yyyy":
		return cmp.Or(wholeSpan("P", count, "Y"), wholeSpan("P", 12*count, "M"))
	case "month", "monthly", "mm":
		return wholeSpan("P", count, "M")
	}
	seconds := count * secondsOf[unit]
	if days := wholeSpan("P", seconds/day, "D"); days != "" {
		return days
	}
	return cmp.Or(wholeSpan("PT", seconds/3600, "H"), wholeSpan("PT", seconds, "S"))
}

// secondsOf are the units that have a length.
var secondsOf = map[string]float64{
	"second": 1, "sec": 1, "minute": 60, "min": 60, "m": 60, "hour": 3600, "h": 3600,
	"day": day, "d": day, "daily": day, "dd": day, "week": 7 * day, "w": 7 * day, "weekly": 7 * day,
}

// wholeSpan is a count of one unit; empty when it is none or not whole.
func wholeSpan(head string, count float64, unit string) string {
	if count < 1 || count != math.Trunc(count) {
		return ""
	}
	return head + strconv.FormatInt(int64(count), 10) + unit
}

// dateParts reads the years, months and days of AddDate(-1, -6, 0): P1Y6M. It is
// empty for what leads forward, and for days against months, which have no length.
func dateParts(y, m, d string) string {
	var back [3]int
	for i, part := range []string{y, m, d} {
		n, err := strconv.Atoi(part)
		if err != nil || n < -1e6 || n > 1e6 {
			return ""
		}
		back[i] = -n
	}
	if (back[0] < 0) != (back[1] < 0) { // two years back and six months on
		back[0], back[1] = 0, 12*back[0]+back[1]
	}
	span := "P"
	for i, n := range back {
		switch {
		case n < 0:
			return ""
		case n > 0:
			span += strconv.Itoa(n) + string("YMD"[i])
		}
	}
	if span == "P" {
		return ""
	}
	return span
}

// byEnding tells whether all patterns of a rule are endings of names, "*.py":
// then it is asked of all files with one of them, or of none.
func byEnding(patterns []string) bool {
	return !slices.ContainsFunc(patterns, func(f string) bool {
		return !strings.HasPrefix(f, "*.") || strings.ContainsAny(f[2:], "*?[./\\")
	})
}

// purgesOf lists the rules asked of a file: those of its ending, remembered, then
// those of its name or folder.
func (v *vocabulary) purgesOf(name string) []*purge {
	ext := path.Ext(name)
	kept, ok := v.ofEnding.Load(ext)
	if !ok {
		var all []*purge
		for _, p := range v.purges {
			if p.ending && p.asked(name) {
				all = append(all, p)
			}
		}
		kept, _ = v.ofEnding.LoadOrStore(ext, slices.Clip(all))
	}
	all := kept.([]*purge)
	for _, p := range v.purges {
		if !p.ending && p.asked(name) {
			all = append(all, p)
		}
	}
	return all
}

// Before are formats to be asked ahead of those that read SQL and scripts whole:
// they add what such a file deletes, and leave its text to others.
var Before = []document.Format{{
	Name:  "purges",
	Aside: true,
	Match: func(name string, head []byte) bool {
		return purgeFile(strings.ToLower(name)) || path.Ext(name) == "" && rotates(head)
	},
	Read: func(ctx context.Context, f *document.File, out document.Out) error {
		words, err := ownWords()
		if err != nil {
			return err
		}
		at := strings.ToLower(f.At.Path)
		if f.Size > maxSource || ctx.Err() != nil || vendored(at) {
			return document.ErrNotMine
		}
		src, err := content(f)
		if err != nil || len(src) > maxSource {
			return document.ErrNotMine
		}
		s := &source{path: at, name: f.At.Path, src: src, words: words}
		s.seen.aside = test(at)
		s.purges()
		if err := s.handOver(f, out); err != nil {
			return err
		}
		return document.ErrNotMine
	},
}}

// rotates tells the settings of logrotate, whose files are called after a program.
func rotates(head []byte) bool {
	return bytes.Contains(head, []byte("rotate ")) && bytes.Contains(head, []byte("{")) || bytes.Contains(head, []byte(" * * "))
}

// purgeFile tells the files that are read for what they delete and nothing else.
func purgeFile(name string) bool {
	return strings.HasSuffix(name, ".sql") || strings.HasSuffix(name, ".sh") || strings.HasSuffix(name, ".cron") || strings.Contains(name, "logrotate") || strings.Contains(name, "crontab") || strings.Contains(name, "cron.d/")
}
