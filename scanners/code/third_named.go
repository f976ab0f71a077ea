package code

import (
	"bytes"
	"strings"
)

// importWords come before the name of an imported module, by language.
var importWords = map[*language][]string{
	script: {"from '", "from \"", "require(", "import '", "import \"", "import("},
	python: {"import ", "from "},
	java:   {"import "},
	kotlin: {"import "},
	csharp: {"using "},
	php:    {"use "},
	ruby:   {"require "},
}

// named tells whether a file may name a third party: in an address, or in an
// import.
func (t *thirds) named(src []byte, lang *language) bool {
	for off := 0; ; {
		i := bytes.Index(src[off:], []byte("://"))
		if i < 0 {
			break
		}
		off += i + 3
		host, path := hostAt(src[off:])
		if host == "" {
			continue
		}
		if r, _ := t.hostOf(host, path, true); r != nil {
			return true
		}
	}
	if lang == nil { // a page: it may load from //host, or hold a known script
		return t.tagged(src)
	}
	if lang == golang {
		return t.importsGo(src)
	}
	if lang == ruby && t.constants(src) {
		return true
	}
	for _, w := range importWords[lang] {
		for off := 0; ; {
			i := bytes.Index(src[off:], []byte(w))
			if i < 0 {
				break
			}
			off += i + len(w)
			if t.importOf(lang, module(src[off:], lang)) != nil {
				return true
			}
		}
	}
	return false
}

// setters come before the name of a setting that a program asks for, in Go and
// elsewhere; in elsewhere too, what names a service of mail or of a family.
var (
	goSetters = []string{"Getenv(", "LookupEnv("}
	setters   = []string{"getenv", "environ", "process.env", "import.meta.env", "env(", "ENV[", "ENV.fetch", "Environment", "Configuration[", "smtp", "anymail.backends.", "socialaccount.providers.", "social_core.backends.", "storages.backends.", "delivery_method"}
)

func settersOf(ofGo bool) []string {
	if ofGo {
		return goSetters
	}
	return setters
}

// setsUp tells whether one of these words, which stands at [start, end), is followed
// by a setting of a third party, or part of its name.
func (t *thirds) setsUp(src []byte, word string, start, end int, lang *language) bool {
	switch {
	case lang == nil:
		return false
	case word == "smtp":
		return t.mails(src, start)
	case word == "delivery_method":
		return true
	case strings.HasSuffix(word, "s."):
		return lang == python
	}
	name := settingAfter(src[end:])
	return name != "" && t.settingOf(name, false) != nil
}

// mails tells whether the word at an offset is part of the name of a third party's
// server of mail.
func (t *thirds) mails(src []byte, at int) bool {
	from, to := at, at
	for from > 0 && hostByte(src[from-1]) {
		from--
	}
	for to < len(src) && hostByte(src[to]) {
		to++
	}
	if bytes.IndexByte(src[from:to], '.') <= 0 {
		return false
	}
	r, _ := t.hostOf(string(src[from:to]), "", false)
	return r != nil
}

// settingAfter returns the first name on the line that may be that of a setting.
func settingAfter(b []byte) string {
	b = b[:min(len(b), 100)]
	for i := 0; i < len(b) && b[i] != '\n'; i++ {
		if !isLetter(b[i]) {
			continue
		}
		end, sep := i, false
		for end < len(b) && (isLetter(b[end]) || isDigit(b[end]) || b[end] == '_' || b[end] == '.' || b[end] == ':' || b[end] == '-') {
			sep = sep || !isLetter(b[end]) && !isDigit(b[end])
			end++
		}
		if end-i > 5 && sep {
			return string(b[i:end])
		}
		i = end
	}
	return ""
}

// module reads the name of a module at the start of b.
func module(b []byte, lang *language) string {
	n := 0
	for n < len(b) && (b[n] == '\'' || b[n] == '"') {
		n++
	}
	b = b[n:min(len(b), n+120)]
	end := 0
	for end < len(b) && b[end] > ' ' && b[end] != '\'' && b[end] != '"' && b[end] != ';' && b[end] != ')' && b[end] != ',' && b[end] != '{' {
		end++
	}
	name := string(b[:end])
	if lang == python { // from a.b import c
		if rest := bytes.TrimSpace(b[end:]); hasPrefix(rest, "import ") {
			word, _, _ := bytes.Cut(bytes.TrimSpace(rest[7:]), []byte("\n"))
			word, _, _ = bytes.Cut(word, []byte(","))
			name += "." + string(bytes.TrimSpace(word))
		}
	}
	return name
}

// importsGo reads the import block of a Go file, or its single imports.
func (t *thirds) importsGo(src []byte) bool {
	i := bytes.Index(src, []byte("\nimport "))
	if i < 0 {
		return false
	}
	block := src[i+8:]
	if end := bytes.IndexByte(block, ')'); end >= 0 {
		block = block[:min(end, 8000)]
	}
	for {
		open := bytes.IndexByte(block, '"')
		if open < 0 {
			return false
		}
		end := bytes.IndexByte(block[open+1:], '"')
		if end < 0 {
			return false
		}
		path := block[open+1 : open+1+end]
		if bytes.IndexByte(path, '.') > 0 && t.goModule(string(path)) != nil {
			return true
		}
		block = block[open+end+2:]
	}
}

// constants looks for Module:: of Ruby, and for Module.api_key.
func (t *thirds) constants(src []byte) bool {
	return t.constantsBefore(src, "::") || t.constantsBefore(src, ".api_") || t.constantsBefore(src, ".config") || t.constantsBefore(src, ".init") || t.constantsBefore(src, ".setup")
}

func (t *thirds) constantsBefore(src []byte, mark string) bool {
	m := t.modules["ruby"]
	for off := 0; ; {
		i := bytes.Index(src[off:], []byte(mark))
		if i < 0 {
			return false
		}
		end := off + i
		from := end
		for from > 0 && (isNameStart(src[from-1]) || isDigit(src[from-1])) {
			from--
		}
		if _, ok := m[string(src[from:end])]; ok {
			return true
		}
		off = end + len(mark)
	}
}

// tagged looks for what only pages hold.
func (t *thirds) tagged(src []byte) bool {
	if bytes.Contains(src, []byte("\"//")) || bytes.Contains(src, []byte("'//")) {
		return true
	}
	for _, tag := range t.tags {
		if bytes.Contains(src, []byte(tag.text)) {
			return true
		}
	}
	return false
}
