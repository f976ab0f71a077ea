package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecart-rgpd/ecart/item"
)

func TestJSON(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		columns          []string
		cells            string
	}{
		{
			"nested", "rh/crm.json", `{"client": {"nom": "Zoé", "adresse": {"rue": "1 \"B\"", "cp": 38000}}, "n": [1, 2]}`,
			[]string{"crm.", "crm.client", "client.nom", "client.adresse", "client.adresse.rue", "client.adresse.cp", "crm.n"},
			`1 nom=Zoé|1 rue=1 \"B\"|1 cp=38000|1 n=1|1 n=2`,
		},
		{
			"array of records", "people.json", "[\n{\"nom\":\"A\",\"age\":1},\n{\"nom\":\"B\",\"age\":null}\n]",
			[]string{"people.", "people.nom", "people.age"},
			"2 nom=A|2 age=1|3 nom=B|3 age=null",
		},
		{
			"lines, one of them broken", "people.jsonl", "{\"nom\":\"A\"}\n{\"a\":{\"nom\":\"B\n{\"nom\":\"C\"}\n",
			[]string{"people.", "people.nom", "people.a", "a.nom"},
			"1 nom=A|2 nom=B|3 nom=C",
		},
		{
			"data as keys", "x.json", `{"par_nir": {"185057599994204": {"nom": "A"}, "185057599994205": {"nom": "B"}}}`,
			[]string{"x.", "x.par_nir", "par_nir.*", "par_nir.*.nom"},
			"1 par_nir=185057599994204|1 nom=A|1 par_nir=185057599994205|1 nom=B",
		},
		{
			"the same key elsewhere", "x.json", `{"client":{"nom":"A"},"produit":{"nom":"B"}}`,
			[]string{"x.", "x.client", "client.nom", "x.produit", "produit.nom"},
			"1 nom=A|1 nom=B",
		},
		{"comments", "x.jsonc", "// l'un\n{/* \"a\": */\"b\": 1}", []string{"x.", "x.b"}, "2 b=1"},
		{"told by content", "export", `{"nom": "A"}`, []string{"export.", "export.nom"}, "1 nom=A"},
	} {
		o := read(t, c.path, []byte(c.text))
		if diff := cmp.Diff(c.columns, o.columns); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		var cells []string
		for _, l := range o.lines {
			// Keys are names of the place above them: only the values matter here.
			if !strings.Contains(l, " =") && !isKeyOf(c.text, l) {
				cells = append(cells, l)
			}
		}
		if got := strings.Join(cells, "|"); got != c.cells {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.cells)
		}
	}
}

// isKeyOf tells whether the cell described stands before a colon and holds a name.
func isKeyOf(text, line string) bool {
	_, value, _ := strings.Cut(line, "=")
	return isKeyName(value) && strings.Contains(text, `"`+value+`":`)
}

// path notes the full column of every cell.
type paths struct {
	taken
	cells map[string]int
}

func (o *paths) Segment(s *item.Segment) error {
	for at := s.From; at < s.To; {
		c, ok := s.Grid.Cell(at)
		if !ok || c.End <= at {
			at++
			continue
		}
		col := s.Columns[c.Column]
		if at == c.Start {
			o.cells[fmt.Sprintf("%d %s.%s %s", c.Line, col.Container, col.Name, s.Text[c.Start:c.End])]++
		}
		at = c.End
	}
	return nil
}

func TestJSONOverManyChunks(t *testing.T) {
	for _, indent := range []bool{false, true} {
		type adr struct{ Rue, Note string }
		type rec struct {
			ID  int
			Nom string
			Adr adr
		}
		var list []rec
		for i := range 30_000 {
			list = append(list, rec{i, fmt.Sprintf("n%d \"x\"", i), adr{fmt.Sprint("r", i), strings.Repeat("z", i%100)}})
		}
		b, err := json.Marshal(list)
		if indent {
			b, err = json.MarshalIndent(list, "", " ")
		}
		if err != nil {
			t.Fatal(err)
		}
		o := &paths{cells: map[string]int{}}
		if err := Read(t.Context(), Formats(), opened("l.json", b), o); err != nil {
			t.Fatal(err)
		}
		for i := range 30_000 {
			line := 1
			if indent {
				line = 5 + i*8
			}
			if want := fmt.Sprintf("%d Adr.Rue r%d", line+btoi(indent)*1, i); o.cells[want] != 1 {
				t.Fatalf("indent %v: cell %q seen %d times", indent, want, o.cells[want])
			}
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestAStringLongerThanAChunk(t *testing.T) {
	text := `{"pdf": "` + strings.Repeat(`a\"`, 500_000) + `", "nom": "A"}`
	o := &paths{cells: map[string]int{}}
	if err := Read(t.Context(), Formats(), opened("l.json", []byte(text)), o); err != nil {
		t.Fatal(err)
	}
	if o.cells["1 l.nom A"] != 1 {
		t.Error("the value behind the long string is not found")
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"a":[{"b":"c\"d"},1,null]}`), 3)
	f.Add([]byte("{\"a\":1}\n{\"b\":\"\n"), 60_000)
	f.Add([]byte("{"), 59_927)
	f.Fuzz(func(t *testing.T, b []byte, n int) {
		if n > 0 && len(b) > 0 {
			b = bytes.Repeat(b, min(n, 1+2*room/len(b)))
		}
		if isText(b[:min(len(b), sniffed)]) {
			read(t, "x.json", b)
		}
	})
}

func BenchmarkJSON(b *testing.B) {
	for name, line := range map[string]string{
		"records": `{"id":1234,"nom":"Vasseur","prenom":"Anouk","adresse":{"rue":"12 rue des Lilas","cp":"38000"},"note":"rien à signaler"},` + "\n",
		"numbers": `[5.72,45.18],[5.73,45.19],[5.74,45.20],[5.72,45.18],[5.73,45.19],[5.74,45.20]` + ",\n",
	} {
		b.Run(name, func(b *testing.B) { bench(b, "p.json", []byte("["+strings.Repeat(line, 300_000)+"0]")) })
	}
}
