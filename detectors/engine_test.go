package detectors

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// The detectors of these tests are toys with the manners of real ones: fifteen
// digits whose last two are a key, nine digits with a key, an address with '@',
// ten digits after 0, and a date.
func toys() (*rules.Rules, Parts) {
	r := &rules.Rules{Context: []rules.WordList{
		{ID: "birth", Words: []string{"né le", "née le", "naissance", "date_naissance"}},
		{ID: "nir", Words: []string{"sécurité sociale", "nir", "num secu"}},
		{ID: "phone", Words: []string{"téléphone", "tél", "portable"}},
		{ID: "siren", Words: []string{"siren"}},
	}}
	return r, Parts{
		Values: []*Detector{
			{ID: "toy.nir", Category: "nir", MaxLen: 30, Trigger: OnDigits13, Context: "nir", InCode: B, Verify: keyed(15, A)},
			{ID: "toy.phone", Category: "phone", MaxLen: 20, Trigger: OnDigits10, Context: "phone", Verify: keyless(10, B)},
			{ID: "toy.siren", Category: "company_id", MaxLen: 20, Trigger: OnDigits9, Context: "siren", Verify: keyed(9, B)},
			{ID: "toy.email", Category: "email", MaxLen: 60, Trigger: OnAt, Verify: toyMail},
			{ID: "toy.birth", Category: "birth_date", MaxLen: 10, Trigger: OnDate, Context: "birth", Verify: toyDate},
		},
		Names: toyJudge{},
	}
}

type toyJudge struct{}

func (toyJudge) Judge(c item.Column) []Verdict {
	switch c.Name {
	case "nir", "num_secu":
		return []Verdict{{Category: "nir", Rule: "name.nir", Confidence: 0.8}}
	case "courriel":
		return []Verdict{{Category: "email", Rule: "name.email", Confidence: 0.8}}
	}
	return nil
}

// digitsFrom reads n digits at i with separators; it returns them and the end.
func digitsFrom(text []byte, i, n int) (string, int) {
	var b strings.Builder
	for b.Len() < n {
		if !digitAt(text, i) {
			k := sepLen(text, i)
			if k == 0 || b.Len() == 0 || !digitAt(text, i+k) {
				return "", 0
			}
			i += k
		}
		b.WriteByte(text[i])
		i++
	}
	if wordByteAt(text, i) {
		return "", 0
	}
	return b.String(), i
}

// keyed makes a Verify for n digits whose last two are the sum of the others.
func keyed(n int, g Grade) func([]byte, int) Match {
	return func(text []byte, at int) Match {
		d, end := digitsFrom(text, at, n)
		if d == "" {
			return Match{}
		}
		m := Match{Start: at, Len: end - at, Grade: g}
		switch {
		case d[n-2:] != key(d[:n-2]):
			m.Sort = NearMiss
		case d[0] == '9':
			m.Sort = Specimen
		}
		return m
	}
}

func key(d string) string {
	sum := 0
	for _, c := range d {
		sum = (sum*10 + int(c-'0')) % 97
	}
	return fmt.Sprintf("%02d", sum)
}

func withKey(d string) string { return d + key(d) }

func keyless(n int, g Grade) func([]byte, int) Match {
	return func(text []byte, at int) Match {
		d, end := digitsFrom(text, at, n)
		if d == "" {
			return Match{}
		}
		return Match{Start: at, Len: end - at, Grade: g}
	}
}

func toyMail(text []byte, at int) Match {
	lo, hi := at, at+1
	for lo > 0 && (wordByteAt(text, lo-1) || text[lo-1] == '.') {
		lo--
	}
	for hi < len(text) && (wordByteAt(text, hi) || text[hi] == '.') {
		hi++
	}
	if lo == at || hi == at+1 {
		return Match{}
	}
	return Match{Start: lo, Len: hi - lo, Grade: A}
}

func toyDate(text []byte, at int) Match {
	if at+10 > len(text) || text[at+2] != '/' || text[at+5] != '/' || wordByteAt(text, at+10) {
		return Match{}
	}
	return Match{Start: at, Len: 10, Grade: B}
}

func toyScanner(t testing.TB) *Scanner {
	t.Helper()
	e, err := New(toys())
	if err != nil {
		t.Fatal(err)
	}
	return e.Scanner()
}

// say writes findings one a line: place category evidence confidence count.
func say(list []Finding) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "%d", f.At.Line)
		if f.At.Column != "" {
			fmt.Fprintf(&b, " %s", f.At.Column)
		}
		fmt.Fprintf(&b, " %s %s %.2f ×%d", f.Category, f.Evidence, f.Confidence, f.Count)
		if f.Specimen {
			b.WriteString(" specimen")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func scanText(t *testing.T, kind item.Kind, text string, o Options) []Finding {
	t.Helper()
	s := toyScanner(t)
	at := item.Location{Target: "t", Path: "f.txt"}
	s.Begin(at, o)
	at.Line = 1
	if err := s.Add(&item.Segment{At: at, Kind: kind, Text: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	return s.End()
}

func TestText(t *testing.T) {
	nir, siren := withKey("2850575056942"), withKey("4048330")
	for _, c := range []struct {
		name string
		kind item.Kind
		text string
		want string
	}{
		{"a strong value needs nothing", item.Prose, "réf " + nir, "1 nir value 0.95 ×1\n"},
		{"in code it needs a word", item.Code, "x = " + nir, ""},
		{"and has it", item.Code, "// sécurité sociale\nnir = " + nir, "2 nir value 0.65 ×1\n"},
		{"a wrong key is nothing", item.Prose, "NIR 285057505694299", ""},
		{"a weak value without its word is nothing", item.Prose, "0639981723", ""},
		{"a weak value with its word", item.Prose, "Tél : 06 39 98 17 23", "1 phone value 0.80 ×1\n"},
		{"the word after the value, on the next line", item.Prose, "06 39 98 17 23\n(portable)", "1 phone value 0.80 ×1\n"},
		{"in data a word on another line does not count", item.Data, "tel: portable\nx: 0639981723", ""},
		{"a key of JSON is context", item.Data, `{"telephonePortable": "0639981723"}`, "1 telephonePortable phone value 0.97 ×1\n"},
		{"words are whole", item.Prose, "téléportable 0639981723", ""},
		{"asked near its word only", item.Prose, "SIREN " + siren, "1 company_id value 0.80 ×1\n"},
		{"and not elsewhere", item.Prose, "numéro " + siren, ""},
		{"a date near birth", item.Prose, "née le 12/05/1980, inscrite le 01/02/2020 …", "1 birth_date value 0.80 ×2\n"},
		{"a date alone", item.Prose, "le 12/05/1980", ""},
		{"lines are counted", item.Prose, "\n\n" + nir + "\n\n" + nir, "3 nir value 0.95 ×2\n"},
		{"no telephone inside a NIR", item.Prose, "téléphone, nir " + "0" + nir[1:], ""},
		{"a specimen", item.Prose, withKey("9850575056942"), "1 nir value 0.10 ×1 specimen\n"},
		{"an address", item.Prose, "écrire à a.b@c.example", "1 email value 0.95 ×1\n"},
	} {
		if got := say(scanText(t, c.kind, c.text, Options{})); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestOptions(t *testing.T) {
	nir := withKey("2850575056942")
	text := nir + "\n" + nir + "\n\n" + nir + "\n"
	if got, want := say(scanText(t, item.Prose, text, Options{Added: []item.Lines{{First: 2, Last: 3}}})), "2 nir value 0.95 ×1\n"; got != want {
		t.Errorf("added lines only: got %q, want %q", got, want)
	}
	if got := scanText(t, item.Prose, text, Options{Each: true}); len(got) != 3 || got[2].At.Line != 4 {
		t.Errorf("each: got %q", say(got))
	}
}

// TestChunks cuts a text at every place: what is owned is found once.
func TestChunks(t *testing.T) {
	text := []byte("Tél : 06 39 98 17 23, " + withKey("2850575056942") + " et a.b@c.example\n")
	whole := say(scanText(t, item.Prose, string(text), Options{}))
	for cut := 1; cut < len(text); cut++ {
		s := toyScanner(t)
		at := item.Location{Path: "f.txt"}
		s.Begin(at, Options{})
		at.Line = 1
		for _, part := range [][2]int{{0, cut}, {cut, len(text)}} {
			if err := s.Add(&item.Segment{At: at, Text: text, From: part[0], To: part[1]}); err != nil {
				t.Fatal(err)
			}
		}
		if got := say(s.End()); got != whole {
			t.Fatalf("cut at %d: got\n%swant\n%s", cut, got, whole)
		}
	}
}

// csvTable makes a table segment of comma separated lines with a header.
func csvTable(text string) *item.Segment {
	seg := &item.Segment{Kind: item.Table, Text: []byte(text)}
	seg.At.Line = 1
	var cells item.Cells
	at, line := 0, 1
	for row := range bytes.Lines(seg.Text) {
		column := 0
		for i, start := 0, 0; i < len(row); i++ {
			if row[i] != ',' && row[i] != '\n' {
				continue
			}
			if line == 1 {
				seg.Columns = append(seg.Columns, item.Column{Name: string(row[start:i])})
			} else {
				cells = append(cells, item.Cell{Column: column, Start: at + start, End: at + i, Line: line})
			}
			column, start = column+1, i+1
		}
		at, line = at+len(row), line+1
	}
	seg.Grid = cells
	seg.From = bytes.IndexByte(seg.Text, '\n') + 1
	return seg
}

func scanTable(t *testing.T, text string) string {
	t.Helper()
	s := toyScanner(t)
	s.Begin(item.Location{Path: "t.csv"}, Options{})
	if err := s.Add(csvTable(text)); err != nil {
		t.Fatal(err)
	}
	return say(s.End())
}

func TestColumns(t *testing.T) {
	rows := func(n int, row func(int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(row(i) + "\n")
		}
		return b.String()
	}
	nir := func(i int) string { return withKey(fmt.Sprintf("2850575%06d", i*7919)) }
	for _, c := range []struct{ name, text, want string }{
		{"95 % of a column called ref", "ref,montant\n" + rows(100, func(i int) string {
			if i%20 == 0 {
				return "285057505694299,3"
			}
			return nir(i) + ",3"
		}), "3 ref nir value 0.95 ×95\n"},
		{"lucky ones among invoice numbers", "numero,montant\n" + rows(10000, func(i int) string {
			return fmt.Sprintf("%d,3", 285017501000000+i*7919)
		}), ""},
		{"the same under a header that says so", "nir\n" + rows(1000, func(i int) string {
			if i == 7 {
				return nir(i)
			}
			return "285057505694299"
		}), "0 nir nir name 0.90 ×1\n9 nir nir value 0.97 ×1\n"},
		{"a weak value under its name", "portable\n0639981723\n", "2 portable phone value 0.97 ×1\n"},
		{
			"a weak value that fills its column", "c7\n" + rows(20, func(i int) string { return fmt.Sprintf("06399817%02d", i) }),
			"2 c7 phone value 0.70 ×20\n",
		},
		{"a weak value that does not", "c7\n" + rows(20, func(i int) string { return fmt.Sprintf("%d06399817%02d", i%2, i) }), ""},
		{"a weak value in a part of its cell", "c7\n" + rows(20, func(i int) string { return fmt.Sprintf("REF 06399817%02d", i) }), ""},
		{"a number across two cells", "nir,b\n2850575056942,12\n", "0 nir nir name 0.80 ×1\n"},
		{"asked by the header", "c1,date_naissance\n12/05/1980,12/05/1980\n", "2 date_naissance birth_date value 0.97 ×1\n"},
		{"a strong value in free text", "note\nvoir a.b@c.example demain\n", "2 note email value 0.95 ×1\n"},
	} {
		if got := scanTable(t, c.text); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestMask(t *testing.T) {
	nir := withKey("2850575056942")
	s := toyScanner(t)
	for name, want := range map[string]string{
		"rh/paie.csv":          "rh/paie.csv",
		"rh/" + nir + ".pdf":   "rh/‹nir›.pdf",
		"0639981723.txt":       "‹phone›.txt",
		"a.b@c.example":        "‹email›",
		"facture-20260101.pdf": "facture-20260101.pdf",
	} {
		if got := s.Mask(name); got != want {
			t.Errorf("Mask(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestDeclared(t *testing.T) {
	s := toyScanner(t)
	s.Begin(item.Location{Path: "schema.sql"}, Options{})
	seg := &item.Segment{Kind: item.Declare, Columns: []item.Column{
		{Container: "client", Name: "num_secu", Line: 4, Key: true}, {Container: "client", Name: "etat", Line: 5},
	}}
	if err := s.Add(seg); err != nil {
		t.Fatal(err)
	}
	got := s.End()
	if len(got) != 1 || got[0].At.Table != "client" || got[0].At.Column != "num_secu" || got[0].At.Line != 4 || !got[0].Key {
		t.Errorf("got %+v", got)
	}
}

func TestPatterns(t *testing.T) {
	r, p := toys()
	r.Patterns = []rules.Pattern{
		{ID: "user.dossier", Category: "health", Literal: "dossier", Regex: `D-\d{4}`},
		{ID: "user.slow", Category: "health", Literal: "lent", Regex: `(x+x+)+y`},
	}
	e, err := New(r, p)
	if err != nil {
		t.Fatal(err)
	}
	s := e.Scanner()
	s.Begin(item.Location{Path: "f.txt"}, Options{})
	text := "Dossier D-1234 été\nD-2345" + strings.Repeat(" ", 2000) + "D-3456\nlent: " + strings.Repeat("x", 40)
	if err := s.Add(&item.Segment{At: item.Location{Place: item.Place{Line: 1}}, Text: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	if got, want := say(s.End()), "1 health value 0.80 ×2\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if u := s.Unread(); len(u) != 1 || u[0].At.Line != 3 || !strings.Contains(u[0].Reason, "user.slow") {
		t.Errorf("unread: %+v", u)
	}
}
