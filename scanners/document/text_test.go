package document

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/ecart-rgpd/ecart/item"
)

const french = "Été à Nîmes : l’œuvre coûte 12 €, garçon né en août « là-bas ».\nÉlève DUPRÉ, à contrôler.\n"

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func swapped(b []byte) []byte {
	out := bytes.Clone(b)
	for i := 0; i+1 < len(out); i += 2 {
		out[i], out[i+1] = out[i+1], out[i]
	}
	return out
}

func encoded(t *testing.T, m *charmap.Charmap, s string) []byte {
	t.Helper()
	b, err := m.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCharsets(t *testing.T) {
	plain := strings.NewReplacer("’", "'", "œ", "oe", "€", "E", "«", "\"", "»", "\"").Replace(french)
	short := "Prénom;Décès"
	for _, c := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"UTF-8", []byte(french), french},
		{"UTF-8 with mark", []byte("\xEF\xBB\xBF" + french), french},
		{"UTF-16LE with mark", append([]byte{0xFF, 0xFE}, utf16le(french)...), french},
		{"UTF-16BE with mark", append([]byte{0xFE, 0xFF}, swapped(utf16le(french))...), french},
		{"UTF-16LE", utf16le(french), french},
		{"UTF-16BE", swapped(utf16le(french)), french},
		{"UTF-16 with a pair", append([]byte{0xFF, 0xFE}, utf16le("😀é")...), "😀é"},
		{"Windows-1252", encoded(t, charmap.Windows1252, french), french},
		{"ISO-8859-15", encoded(t, charmap.ISO8859_15, strings.NewReplacer("’", "'").Replace(french)), strings.NewReplacer("’", "'").Replace(french)},
		{"MacRoman", encoded(t, charmap.Macintosh, french), french},
		{"CP850", encoded(t, charmap.CodePage850, plain), plain},
		{"Windows-1252, short", encoded(t, charmap.Windows1252, short), short},
		{"MacRoman, short", encoded(t, charmap.Macintosh, short), short},
		{"CP850, short", encoded(t, charmap.CodePage850, short), short},
		{"Windows-1252, capitals", encoded(t, charmap.Windows1252, "HÉLÈNE À ORLÉANS"), "HÉLÈNE À ORLÉANS"},
		{"UTF-8 with Latin-1 bytes in it", []byte("été 1\nferm\xE9\nété 2\n"), "été 1\nfermé\nété 2\n"},
	} {
		o := read(t, "f.txt", c.content)
		if got := o.text.String(); got != c.want {
			t.Errorf("%s: %q (unread %v)", c.name, got, o.unread)
		}
	}
}

// chunks keeps what the chunks promise each other.
type chunks struct {
	taken
	t    *testing.T
	seen int
}

func (c *chunks) Segment(s *item.Segment) error {
	if !utf8.Valid(s.Text[s.From:s.To]) {
		c.t.Errorf("chunk at %d: a rune is cut", c.seen)
	}
	if s.From > margin || c.seen > 0 && s.From < margin-4 {
		c.t.Errorf("chunk at %d: %d bytes of context before", c.seen, s.From)
	}
	if want := 1 + bytes.Count(c.text.Bytes()[:c.seen-s.From], newline); s.At.Line != want {
		c.t.Errorf("chunk at %d: line %d, want %d", c.seen, s.At.Line, want)
	}
	c.seen += s.To - s.From
	return c.taken.Segment(s)
}

func TestChunksCoverTheTextOnce(t *testing.T) {
	long := strings.Repeat("é", 1<<20) + "\n"
	lines := strings.Repeat("une ligne d'été\n", 100_000)
	for _, c := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"lines", []byte(lines), lines},
		{"one long line", []byte(long), long},
		{"UTF-16", append([]byte{0xFF, 0xFE}, utf16le(lines)...), lines},
		{"Latin-1 after a megabyte", []byte(strings.Repeat("abc\n", 300_000) + strings.Repeat("\xE9t\xE9\n", 300_000)), strings.Repeat("abc\n", 300_000) + strings.Repeat("été\n", 300_000)},
		{"exactly a buffer", bytes.Repeat([]byte("x"), room), strings.Repeat("x", room)},
		{"a byte more", bytes.Repeat([]byte("x"), room+1), strings.Repeat("x", room+1)},
	} {
		for _, size := range []int64{0, int64(len(c.content))} {
			o := &chunks{t: t}
			f := opened("f.txt", c.content)
			f.Size = size
			if err := Read(context.Background(), Formats(), f, o); err != nil {
				t.Fatal(err)
			}
			if o.text.String() != c.want {
				t.Errorf("%s: %d bytes, want %d; unread %v", c.name, o.text.Len(), len(c.want), o.unread)
			}
		}
	}
}

func TestKinds(t *testing.T) {
	for path, want := range map[string]item.Kind{
		"a.md": item.Prose, "a.php": item.Code, "a.log.1": item.Log, ".env.prod": item.Data, "LISEZMOI": item.Prose,
	} {
		if got := kindOf(&File{At: item.Location{Path: path}}); got != want {
			t.Errorf("%s: kind %d, want %d", path, got, want)
		}
	}
	for head, want := range map[string]item.Kind{
		"2023-05-04 10:11:12 start\n2023-05-04 10:11:13 x\n2023-05-04 10:11:14 y\n": item.Log,
		"192.0.2.7 - - [04/May/2023:10:11:12 +0200] \"GET / HTTP/1.1\" 200\n":       item.Log,
		"Bonjour\n": item.Prose,
	} {
		if got := kindOf(&File{At: item.Location{Path: "f"}, Head: []byte(head)}); got != want {
			t.Errorf("%q: kind %d, want %d", head, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte(french), false)
	f.Add(utf16le(french), true)
	f.Fuzz(func(t *testing.T, b []byte, repeat bool) {
		if repeat && len(b) > 0 {
			b = bytes.Repeat(b, 1+room/len(b))
		}
		o := read(t, "f.txt", b)
		if len(o.unread)+len(o.skipped) == 0 && utf8.Valid(b) && unicodeCharset(b) == nil && o.text.String() != strings.TrimPrefix(string(b), "\uFEFF") {
			t.Errorf("%d bytes of %d", o.text.Len(), len(b))
		}
	})
}

// nothing takes segments and does no work, so that a benchmark shows the cost of
// reading alone.
type nothing struct{ taken }

func (*nothing) Segment(*item.Segment) error { return nil }

func bench(b *testing.B, path string, content []byte) {
	f := &File{
		At: item.Location{Path: path}, Size: int64(len(content)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	}
	formats, o := Formats(), &nothing{}
	o.formats = formats
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Read(context.Background(), formats, f, o); err != nil || len(o.unread) > 0 {
			b.Fatal(err, o.unread)
		}
	}
}

func BenchmarkText(b *testing.B) {
	for _, c := range []struct {
		name string
		line string
		n    int
	}{{"ascii", "plain text without any accent, as most files are\n", 32 << 20}, {"french", french, 32 << 20}, {"small", "2 KB of text\n", 2 << 10}} {
		b.Run(fmt.Sprint(c.name), func(b *testing.B) { bench(b, "f.txt", bytes.Repeat([]byte(c.line), c.n/len(c.line))) })
	}
}

func FuzzValidUTF8(f *testing.F) {
	f.Add([]byte(french))
	f.Add([]byte("abcdefg\xC3"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if validUTF8(b) != utf8.Valid(b) {
			t.Errorf("%q: %v", b, validUTF8(b))
		}
	})
}

// Texts long enough for the whole blocks that are checked at once, with anything
// that is nearly a rune anywhere in them.
func TestValidUTF8(t *testing.T) {
	pieces := []string{
		"a", "texte ", "é", "’", "😀", "\u0800", "\uD7FF", "\uE000", "\uFFFF", "\U00010000", "\U0010FFFF", strings.Repeat("x", 31),
		"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE2\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 50_000 {
		var b []byte
		good := 12 // the first pieces are valid
		for len(b) < 40+rng.IntN(120) {
			k := rng.IntN(good)
			if i%2 == 0 && rng.IntN(12) == 0 {
				k = rng.IntN(len(pieces))
			}
			b = append(b, pieces[k]...)
		}
		b = b[:len(b)-rng.IntN(3)]
		if validUTF8(b) != utf8.Valid(b) {
			t.Fatalf("%q: %v", b, validUTF8(b))
		}
	}
}

// One NUL is the slip of a program: a short export with one is a text.
func TestOneNulInAShortText(t *testing.T) {
	for text, want := range map[string]bool{
		"nom;pr\x00enom;mail\nDurand;Odette;x\n": true,
		"\x00nom;prenom;mail\nDurand;Odette;x\n": true,
		"a\x00b\x00cdefghijklmnopqrstuvwx":       false,
		"\x01ab":                                 false,
	} {
		if got := isText([]byte(text)); got != want {
			t.Errorf("%q: text %v, want %v", text, got, want)
		}
	}
}
