package document

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecart-rgpd/ecart/item"
)

func TestCSV(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		columns          []string
		cells            string
	}{
		{"semicolons", "rh/people.csv", "nom;nir\nAnouk;1\nZoé;2\n", []string{"people.nom", "people.nir"}, "2 nom=Anouk|2 nir=1|3 nom=Zoé|3 nir=2"},
		{"accents in the header", "p.csv", "N° sécurité sociale;Prénom\n12;Zoé\n", []string{"p.N° sécurité sociale", "p.Prénom"}, "2 N° sécurité sociale=12|2 Prénom=Zoé"},
		{"no header", "p.csv", "VASSEUR;Anouk;1985\nDUPRE;Zoé;1986\n", []string{"p.1", "p.2", "p.3"}, "1 1=VASSEUR|1 2=Anouk|1 3=1985|2 1=DUPRE|2 2=Zoé|2 3=1986"},
		{"no header, words only", "p.csv", "Vasseur;Anouk\nDupré;Zoé\n", []string{"p.1", "p.2"}, "1 1=Vasseur|1 2=Anouk|2 1=Dupré|2 2=Zoé"},
		{"header of words over words", "p.csv", "Nom;Ville\nDupré;Nîmes\n", []string{"p.Nom", "p.Ville"}, "2 Nom=Dupré|2 Ville=Nîmes"},
		{"quotes and a line end in a cell", "p.csv", "id,note,x\n1,\"a, \"\"b\"\"\nc\",2\n3,d,4\n", []string{"p.id", "p.note", "p.x"}, "2 id=1|2 note=a, \"\"b\"\"\nc|2 x=2|4 id=3|4 note=d|4 x=4"},
		{"a stray quote", "p.csv", "id;taille;x\n1;5\" pipe;2\n3;6;4\n", []string{"p.id", "p.taille", "p.x"}, "2 id=1|2 taille=5\" pipe|2 x=2|3 id=3|3 taille=6|3 x=4"},
		{"tabs in .txt", "p.txt", "nom\tage\nA\t1\nB\t2\nC\t3\n", []string{"p.nom", "p.age"}, "2 nom=A|2 age=1|3 nom=B|3 age=2|4 nom=C|4 age=3"},
		{"prose in .txt", "p.txt", "Bonjour, voici,\nune lettre, simple,\net courte, voilà,\n", nil, ""},
		{"a title first", "p.csv", "Export du mois\n\nnom;age\nA;1\n", []string{"p.nom", "p.age"}, "4 nom=A|4 age=1"},
		{"one column", "p.csv", "courriel\na@b.example\nc@d.example\n", []string{"p.courriel"}, "2 courriel=a@b.example|3 courriel=c@d.example"},
		{"Windows line ends", "p.csv", "nom;age\r\nA;1\r\n", []string{"p.nom", "p.age"}, "2 nom=A|2 age=1"},
		{"sep= of Excel", "p.csv", "sep=;\nnom;age\nA;1\n", []string{"p.nom", "p.age"}, "3 nom=A|3 age=1"},
		{"no end of line at the end", "p.csv", "nom;age\nA;1", []string{"p.nom", "p.age"}, "2 nom=A|2 age=1"},
	} {
		o := read(t, c.path, []byte(c.text))
		if diff := cmp.Diff(c.columns, o.columns); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if got := strings.Join(o.lines, "|"); got != c.cells {
			t.Errorf("%s:\n got %s\nwant %s (unread %v)", c.name, got, c.cells, o.unread)
		}
	}
}

// whole checks over many chunks that each cell is told once, with its line and
// column.
type whole struct {
	taken
	cells map[string]int
}

func (o *whole) Segment(s *item.Segment) error {
	for at := s.From; at < s.To; {
		c, ok := s.Grid.Cell(at)
		if !ok || c.End <= at {
			at++
			continue
		}
		if c.Start == at || at == s.From {
			o.cells[fmt.Sprintf("%d %d %s", c.Line, c.Column, bytes.TrimSpace(s.Text[max(at, c.Start):c.End]))]++
		}
		at = c.End
	}
	return nil
}

func TestCSVOverManyChunks(t *testing.T) {
	var b strings.Builder
	b.WriteString("id;note;age\n")
	line, want := 2, map[string]int{}
	for i := range 60_000 {
		note, lines := fmt.Sprintf("n%d", i), 1
		if i%7 == 0 {
			note, lines = fmt.Sprintf("\"a%d;\nb\"", i), 2
		}
		fmt.Fprintf(&b, "%d;%s;%d\n", i, note, i%90)
		want[fmt.Sprintf("%d 0 %d", line, i)]++
		want[fmt.Sprintf("%d 1 %s", line, strings.Trim(note, `"`))]++
		want[fmt.Sprintf("%d 2 %d", line, i%90)]++
		line += lines
	}
	o := &whole{cells: map[string]int{}}
	o.formats = Formats()
	if err := Read(t.Context(), o.formats, opened("p.csv", []byte(b.String())), o); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, o.cells); diff != "" {
		t.Error(diff[:min(len(diff), 2000)])
	}
}

func TestTheCellsOfAColumn(t *testing.T) {
	g := &csvGrid{delimiter: ';', fields: 2, text: []byte("a;1\nb;\"2\n3\"\nc\nd;4;5\n"), line: 7, fresh: true}
	g.to = len(g.text)
	var got []string
	g.Walk([]bool{false, true}, func(c item.Cell) bool {
		got = append(got, fmt.Sprintf("%d %s", c.Line, g.text[c.Start:c.End]))
		return true
	})
	if diff := cmp.Diff([]string{"7 1", "8 2\n3", "11 4"}, got); diff != "" {
		t.Error(diff)
	}
	if c, ok := g.Cell(bytes.IndexByte(g.text, '5')); !ok || c.Column != 1 {
		t.Errorf("a cell too many: %v %v", c, ok)
	}
}

func TestARowLongerThanAChunk(t *testing.T) {
	cells := make([]string, 400_000)
	for i := range cells {
		cells[i] = fmt.Sprint(i % 1000)
	}
	text := "nom;age\n" + strings.Join(cells, ";") + "\nfin;3\n"
	o := &whole{cells: map[string]int{}}
	if err := Read(t.Context(), Formats(), opened("p.csv", []byte(text)), o); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 0 fin", "3 1 3"} {
		if o.cells[want] != 1 {
			t.Errorf("cell %q seen %d times", want, o.cells[want])
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("nom;age\nA;1\n\"b\nc\";2\n")
	f.Add("a,b\n\"")
	f.Fuzz(func(t *testing.T, s string) {
		o := read(t, "p.csv", []byte(s))
		if len(o.unread) > 0 && isText([]byte(s)) {
			t.Error(o.unread)
		}
	})
}

func BenchmarkCSV(b *testing.B) {
	bench(b, "p.csv", bytes.Repeat([]byte("1234;Vasseur;Anouk;1985-04-05;12 rue des Lilas;38000;Grenoble\n"), 500_000))
}

// What is read eight bytes at a time is what is read cell by cell.
func TestReadPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 10_000 {
		text := make([]byte, rng.IntN(200))
		for i := range text {
			text[i] = ";;\n\n \rab\t"[rng.IntN(9)]
		}
		from := rng.IntN(len(text) + 1)
		to := from + rng.IntN(len(text)+1-from)
		plain := csvGrid{delimiter: ';', text: text, from: from, to: to, line: 3}
		quoted := plain
		if from < to {
			plain.readPlain()
			quoted.readQuoted()
		}
		if !slices.Equal(plain.rows, quoted.rows) || !slices.Equal(plain.all, quoted.all) {
			t.Fatalf("%q from %d to %d: %v %v, want %v %v", text, from, to, plain.rows, plain.all, quoted.rows, quoted.all)
		}
	}
}
