// Package code reads source files and configuration: the fields they declare,
// the way data takes to a log or a third party, and the third parties they name.
//
// It judges no name: what a field is called is handed on with its context, and
// detectors/names decides. Every language goes through one tolerant reader of
// tokens, which reads on where a grammar would give up.
package code

import (
	"bytes"
	"context"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// Formats are the formats of source code and configuration. Each adds what it
// understands to what a later format reads: the text itself is left to them.
var Formats = New(nil)

// New returns the formats for a vocabulary; nil is the one built in.
func New(r *rules.Rules) []document.Format {
	v := ownWords
	if r != nil {
		v = sync.OnceValues(func() (*vocabulary, error) { return load(r) })
	}
	return []document.Format{{
		Name:  "code",
		Match: func(name string, _ []byte) bool { return readerOf(name) != nil },
		Read: func(ctx context.Context, f *document.File, out document.Out) error {
			words, err := v()
			if err != nil {
				return err
			}
			if err := read(ctx, f, out, words); err != nil {
				return err
			}
			return document.ErrNotMine // its text is read as any other
		},
	}}
}

// ownWords is the vocabulary of the binary, read once.
var ownWords = sync.OnceValues(func() (*vocabulary, error) { return load(nil) })

// maxSource is the largest file that is parsed: what is larger was not written
// by hand. Its text is searched all the same.
const maxSource = 512 << 10

// A source is one file on its way through a reader.
type source struct {
	path  string // in lower case
	name  string // as it is written
	quiet bool   // holds nothing that deletes or asks for consent
	src   []byte
	words *vocabulary
	held  *marks // made when asked
	seen  sightings
	flows []item.Flow
	// columns are declared fields, in the order found.
	columns []declared
	// stores is whether a storage that is not AWS is named, once that was asked.
	stores, storesAsked bool
}

// A reader understands one kind of file.
type reader func(*source)

// readerOf returns the reader of a file by its name, in lower case, or nil.
func readerOf(name string) reader {
	if r := namedReaders[name]; r != nil {
		return r
	}
	for i := range patternReaders {
		if p := &patternReaders[i]; p.matches(name) {
			return p.read
		}
	}
	ext := path.Ext(name)
	if r := extReaders[ext]; r != nil {
		return r
	}
	if byExtension[ext] != nil {
		return readCode
	}
	return nil
}

func read(ctx context.Context, f *document.File, out document.Out, words *vocabulary) error {
	if f.Size > maxSource || ctx.Err() != nil {
		return ctx.Err()
	}
	at := strings.ToLower(f.At.Path)
	if vendored(at) || migration(at) {
		return nil
	}
	src, err := content(f)
	if err != nil || len(src) > maxSource || generated(src) {
		return nil // the next format says what is wrong with it
	}
	s := &source{path: at, name: f.At.Path, src: bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), words: words}
	s.seen.aside = test(at)
	s.owned()
	if !s.understand(readerOf(path.Base(at))) {
		out.Unread(f.At, "its text was read, its code was not understood: the reader failed on it")
		return nil
	}
	return s.handOver(f, out)
}

// understand runs a reader. One that fails on a strange file must not keep its
// text from being read.
func (s *source) understand(r reader) (ok bool) {
	defer func() { ok = recover() == nil }()
	r(s)
	s.purges()
	s.consents()
	return
}

func content(f *document.File) ([]byte, error) {
	if src, ok := f.Whole(); ok {
		return src, nil
	}
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	src, err := io.ReadAll(io.LimitReader(rc, maxSource+1))
	if e := rc.Close(); err == nil {
		err = e
	}
	return src, err
}

// handOver gives what was found as one segment.
func (s *source) handOver(f *document.File, out document.Out) error {
	seg := &item.Segment{At: f.At, Kind: item.Declare, Flows: s.flows, Thirds: s.seen.list}
	for i := range s.columns {
		d := &s.columns[i]
		seg.Columns = append(seg.Columns, d.Column)
		if d.kept && s.words.cardCodes.has(fold(d.Name)) {
			seg.Flows = append(seg.Flows, item.Flow{
				Source: d.Column, Sink: item.SinkForbidden, Line: d.Line, Inside: d.Container,
				Path: []item.Step{{Line: d.Line, Note: d.Name}},
			})
		}
	}
	if len(seg.Columns)+len(seg.Flows)+len(seg.Thirds) == 0 {
		return nil
	}
	return out.Segment(seg)
}

// readCode reads a source file of one of the languages.
func readCode(s *source) {
	lang := byExtension[path.Ext(s.path)]
	if !s.worth(lang) {
		return
	}
	s.parse(s.src, lang, 1)
	if lang == php || lang == script {
		s.template(s.src, lang == script)
	}
}

// worth tells whether the file may hold anything for a parser. Of tests and
// examples only third parties are told, as such.
func (s *source) worth(lang *language) bool {
	if s.seen.aside {
		return s.words.third.named(s.src, lang)
	}
	worth, purging := s.words.look(s.src, lang)
	s.quiet = !worth && !purging
	return worth
}

// classesOf are the fields of classes, by class.
func classesOf(fields []declared) map[string][]item.Column {
	classes := map[string][]item.Column{}
	for i := range fields {
		classes[fields[i].Container] = append(classes[fields[i].Container], fields[i].Column)
	}
	return classes
}

// parse reads src as lang: fields, third parties and flows, in one go.
func (s *source) parse(src []byte, lang *language, first int) {
	u := lex(src, lang, first)
	imports := s.words.third.imports(u, &s.seen)
	s.words.third.addresses(src, first, &s.seen, u.inComment)
	s.bareHosts(u)
	s.codeSettings(u)
	if lang == ruby {
		s.delivery(u)
	}
	s.ownHosts(u, imports)
	s.permissions(u)
	s.cookies(u)
	if s.seen.aside {
		return // tests declare and log what they invent
	}
	fields := append(u.fields(), u.held(&s.words.holders)...)
	s.columns = append(s.columns, fields...)
	s.flows = append(s.flows, s.follow(u, classesOf(fields), imports).flows...)
}

// inComment tells whether an offset is in a comment.
func (u *unit) inComment(at int) bool {
	lo, hi := 0, len(u.comments)
	for lo < hi {
		if mid := (lo + hi) / 2; int(u.comments[mid].end) <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(u.comments) && int(u.comments[lo].start) <= at
}
