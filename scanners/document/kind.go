package document

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// kindOf says what sort of text a file holds, by its name, then by its first
// line.
func kindOf(f *File) item.Kind {
	name := fileName(f.At.Path)
	if kind, ok := kinds[extension(name)]; ok {
		return kind
	}
	switch {
	case strings.Contains(name, ".log"), strings.HasPrefix(name, "syslog"), strings.HasPrefix(name, "access_log"):
		return item.Log
	case strings.HasPrefix(name, ".env"), strings.HasPrefix(name, "dockerfile"), strings.HasPrefix(name, "makefile"):
		return item.Data
	case bytes.HasPrefix(f.Head, []byte("#!")):
		return item.Code
	case looksLikeLog(f.Head):
		return item.Log
	}
	return item.Prose
}

// extension returns what follows the last dot of a name.
func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[i+1:]
	}
	return ""
}

// kinds of the extensions that tell.
var kinds = func() map[string]item.Kind {
	m := map[string]item.Kind{}
	for kind, list := range map[item.Kind]string{
		item.Prose: "adoc md markdown rst tex texte txt me nfo text org wiki srt vtt sub po pot",
		item.Log:   "log out err trace",
		item.Data: "cfg cnf conf config csv dat desktop env geojson ics ini json json5 jsonc jsonl ldif ndjson plist " +
			"properties reg rdf resx toml tsv vcf xlf xml xsd yaml yml hcl tf tfvars list lst",
		item.Code: "asm asp aspx astro awk bas bat blade c cc cjs clj cls cmd coffee cpp cs cshtml css csx cxx d dart ejs " +
			"el elm erb erl ex exs f90 fs go gradle graphql groovy h haml hbs hpp hs htm html hxx java jinja jinja2 jl js " +
			"jsp jsx kt kts less lisp lua m mjs ml mm mts nim njk pas php phtml pl pm proto ps1 psm1 pug py pyi r rb rs " +
			"s sass scala scm scss sh sol sql svelte swift tcl tpl ts tsx twig v vb vbs vhd vim vue xhtml xsl xslt zig zsh",
	} {
		for _, ext := range strings.Fields(list) {
			m[ext] = kind
		}
	}
	return m
}()

// looksLikeLog tells whether the first lines start with a time, or hold one in
// brackets the way web servers write it.
func looksLikeLog(head []byte) bool {
	lines, dated := 0, 0
	for line := range bytes.Lines(head) {
		if lines++; lines > 8 {
			break
		}
		if startsWithTime(line) {
			dated++
		}
	}
	return dated >= 3 || dated > 0 && dated == lines
}

// startsWithTime knows `2023-05-04 10:11:12`, `2023-05-04T10:11`, `[04/May/2023:10:11:12`
// (after an address) and `May  4 10:11:12`.
func startsWithTime(line []byte) bool {
	line = bytes.TrimLeft(line[:min(len(line), 120)], "[(\"")
	if i := bytes.IndexByte(line, '['); i > 6 && i < 100 && shaped(line[i+1:], "99/aaa/9999:99:99") {
		return true
	}
	for _, shape := range []string{"9999-99-99 99:99", "9999-99-99T99:99", "9999/99/99 99:99", "99/99/9999 99:99", "aaa 99 99:99:99", "aaa  9 99:99:99"} {
		if shaped(line, shape) {
			return true
		}
	}
	return false
}

// shaped matches b against a shape: 9 stands for a digit, a for a letter.
func shaped(b []byte, shape string) bool {
	if len(b) < len(shape) {
		return false
	}
	for i := range len(shape) {
		switch c := b[i]; shape[i] {
		case '9':
			if c < '0' || c > '9' {
				return false
			}
		case 'a':
			if !letter(c) {
				return false
			}
		default:
			if c != shape[i] {
				return false
			}
		}
	}
	return true
}
