package code

import (
	"bytes"
	"slices"
)

// A filter tells which source files may hold anything for a parser. It is asked
// of every source file, so it only looks for bytes, and reads most of them not
// at all.
type filter struct {
	finder *finder
	mark   []bool // by word of finder: a mark of a stored class
	short  []bool // by word: stands for a word of three letters or fewer
	secret []bool // by word: a password
	purge  []bool // by word: it may delete what is old, or ask for consent
	setter []bool // by word: the name of a setting may follow
}

// bounds are what may stand before a short word in a program.
const bounds = " \t$._\"':([@,"

// newFilter makes the filter of Go, which knows no wider words and no marks of other
// languages, or that of all others.
func newFilter(v *vocabulary, ofGo bool) *filter {
	f := &filter{}
	var words []string
	exact := map[string]bool{}
	short := map[string]bool{}
	for _, w := range v.persons {
		if len(w) > 3 {
			words = append(words, w)
			continue
		}
		for i := range len(bounds) {
			words = append(words, bounds[i:i+1]+w)
			short[bounds[i:i+1]+w] = true
		}
	}
	for _, w := range v.wider {
		if !ofGo && !slices.Contains(v.persons, w) {
			words = append(words, w)
		}
	}
	for _, m := range v.modelMarks {
		words = append(words, m)
		exact[m] = true
	}
	purges := map[string]bool{}
	for _, p := range v.purges {
		for _, m := range p.Marks {
			if p.ofCode(ofGo) && !exact[m] && !purges[m] {
				words = append(words, m)
				purges[m] = true
			}
		}
	}
	for i := range v.consent {
		for _, w := range v.consent[i].Words {
			if !ofGo && !exact[w] && !purges[w] {
				words = append(words, w)
				purges[w] = true
			}
		}
	}
	setting := map[string]bool{}
	for _, w := range settersOf(ofGo) {
		words = append(words, w)
		exact[w], setting[w] = true, true
	}
	f.finder = newFinder(words, exact)
	for _, w := range f.finder.origin {
		f.mark = append(f.mark, exact[w] && !setting[w])
		f.setter = append(f.setter, setting[w])
		f.short = append(f.short, short[w])
		f.secret = append(f.secret, v.passwords.has(fold(w)))
		f.purge = append(f.purge, purges[w])
	}
	return f
}

// worth tells whether a file may hold anything for a parser: a word that speaks
// of persons where a program may declare or use it, a mark of a stored class, or
// a third party.
func (v *vocabulary) worth(src []byte, lang *language) bool {
	worth, _ := v.look(src, lang)
	return worth
}

// look tells the same, and whether what is not worth a parser may delete what is
// old or ask for consent.
func (v *vocabulary) look(src []byte, lang *language) (worth, purging bool) {
	f := v.filter
	if lang == golang {
		f = v.goFilter
	}
	if f.finder.find(src, func(w, start, end int) bool {
		if f.purge[w] {
			purging = true
			return false
		}
		if f.setter[w] {
			return v.third.setsUp(src, f.finder.origin[w], start, end, lang)
		}
		return f.mark[w] || f.counts(src, lang, start, end, f.short[w]) && (lang != golang || !f.secret[w] || handled(src))
	}) {
		return true, true
	}
	return v.third.named(src, lang), purging
}

// counts tells whether a word stands for itself, outside a comment, on a line
// that declares something or hands it on.
func (f *filter) counts(src []byte, lang *language, start, end int, short bool) bool {
	if short {
		start++
	}
	if start > 0 && isLetter(src[start-1]) && (isLower(src[start]) || !isLower(src[start+1])) {
		return false // the end of a longer word
	}
	if end < len(src) && src[end] == 's' {
		end++
	}
	if end < len(src) && (isLower(src[end]) || isLetter(src[end]) && !isLower(src[end-1])) {
		return false
	}
	return !commented(src, start, lang) && !spoken(src, start, end)
}

// spoken tells whether a word stands in a text between quotes with a space beside
// it: a message, not a name.
func spoken(src []byte, start, end int) bool {
	from := bytes.LastIndexByte(src[:start], '\n') + 1
	quotes := 0
	for i := from; i < start; i++ {
		switch src[i] {
		case '\\':
			i++
		case '"':
			quotes++
		}
	}
	return quotes%2 == 1 && (start > 0 && src[start-1] == ' ' || end < len(src) && src[end] == ' ')
}

// handled tells whether Go code that speaks of a password may log it, keep it or
// hash it: much of the library of Go only passes them on.
func handled(src []byte) bool {
	for _, w := range []string{"log.", "md5.", "sha1.", "INSERT ", "json:\"", "db:\"", "gorm:"} {
		if bytes.Contains(src, []byte(w)) {
			return true
		}
	}
	return false
}

func isLower(c byte) bool  { return c >= 'a' && c <= 'z' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// commented tells whether a place is in a comment, by the start of its line.
func commented(src []byte, at int, lang *language) bool {
	from := bytes.LastIndexByte(src[:at], '\n') + 1
	line := bytes.TrimLeft(src[from:at+1], " \t")
	if hasPrefix(line, "//") || hasPrefix(line, "*") || hasPrefix(line, "/*") {
		return true
	}
	if lang != nil {
		for _, open := range lang.line {
			i := bytes.Index(line, []byte(open))
			for open == "#" && i >= 0 && i+1 < len(line) && line[i+1] == '{' { // a value within a text: "de #{nom}"
				next := bytes.Index(line[i+1:], []byte(open))
				if next < 0 {
					i = next
					break
				}
				i += 1 + next
			}
			if i == 0 || i > 0 && line[i-1] == ' ' {
				return !(open == "#" && hasPrefix(line, "#["))
			}
		}
	}
	return false
}
