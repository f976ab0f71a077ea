package code

import (
	"bytes"
	"context"
	"path"
	"regexp"
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
	return &purge{purgeRule: r, compiled: sync.OnceValue(func() (all [3]*regexp.Regexp) {
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
		if !p.marked(s.src) {
			continue
		}
		re := p.compiled()
		for _, m := range re[0].FindAllSubmatchIndex(s.src, mostPurges) {
			s.purge(p, re, m)
		}
	}
}

func (p *purge) marked(src []byte) bool {
	for _, m := range p.Marks {
		if bytes.Contains(src, []byte(m)) {
			return true
		}
	}
	return false
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

// isoSpan is a number and its unit as ISO 8601; empty when either says nothing.
func isoSpan(n, unit, fallback string) string {
	count := 1.0
	for _, f := range strings.Split(strings.ReplaceAll(n, "_", ""), "*") {
		v, err := strconv.ParseFloat(strings.TrimSpace(f), 64)
		if err != nil {
			return ""
		}
		count *= v
	}
	if unit == "" {
		unit = fallback
	}
	whole := strconv.Itoa(int(count))
	switch unit = strings.TrimSuffix(strings.ToLower(unit), "s"); {
	case count < 1 || count > 1e10:
		return ""
	case unit == "year" || unit == "y" || unit == "yearly" || unit == "yy" || unit == "yyyy":
		return "P" + whole + "Y"
	case unit == "month" || unit == "monthly" || unit == "mm":
		return "P" + whole + "M"
	case unit == "week" || unit == "w" || unit == "weekly":
		return "P" + strconv.Itoa(7*int(count)) + "D"
	case unit == "day" || unit == "d" || unit == "daily" || unit == "dd":
		return "P" + whole + "D"
	}
	seconds := count * map[string]float64{"second": 1, "sec": 1, "minute": 60, "min": 60, "m": 60, "hour": 3600, "h": 3600}[unit]
	switch {
	case seconds >= day && int(seconds)%day == 0:
		return "P" + strconv.Itoa(int(seconds)/day) + "D"
	case seconds >= 3600 && int(seconds)%3600 == 0:
		return "PT" + strconv.Itoa(int(seconds)/3600) + "H"
	case seconds >= 1:
		return "PT" + strconv.Itoa(int(seconds)) + "S"
	}
	return ""
}

// dateParts reads the years, months and days of AddDate(-1, 0, 0).
func dateParts(y, m, d string) string {
	for i, part := range []string{y, m, d} {
		if n, err := strconv.Atoi(part); err == nil && n < 0 {
			return "P" + strconv.Itoa(-n) + string("YMD"[i])
		}
	}
	return ""
}

// purgesOf lists the rules asked of a file, by the ending of its name.
func (v *vocabulary) purgesOf(name string) []*purge {
	ext := path.Ext(name)
	usual := len(ext) > 1 && !strings.Contains(name, "rotate") && !strings.Contains(name, "cron") && !strings.Contains(name, "schedule")
	if kept, ok := v.byEnding.Load(ext); ok && usual {
		return kept.([]*purge)
	}
	var all []*purge
	for _, p := range v.purges {
		if p.asked(name) {
			all = append(all, p)
		}
	}
	if usual {
		v.byEnding.Store(ext, all)
	}
	return all
}

// Before are formats to be asked ahead of those that read SQL and scripts whole:
// they add what such a file deletes, and leave its text to others.
var Before = []document.Format{{
	Name: "purges",
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
