package document

import "testing"

// FuzzAlike holds the quick question to the whole answer: what sniff takes for
// a table must never be refused by alike.
func FuzzAlike(f *testing.F) {
	for _, s := range []string{
		"nom;nir\nAnouk;1\nZoé;2\n", "nom\tage\nA\t1\nB\t2\nC\t3\n", "id,note,x\n1,\"a, \"\"b\"\"\nc\",2\n3,d,4\n4,e,5\n", "a|b\n\n1|2\n \n3|4\n5|6\n",
		"total_0 = compute(row[1], \"ab\")\ntotal_1 = compute(row[2], \"cd\")\n", "a;5\" b\nc;d\ne;f\ng;h\n", ";\n;\n", "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d := sniff(text, false)
		table := d.fields > 1 && d.lines >= 3 && d.regular == d.lines && (d.delimiter != ',' || d.fields > 2) && d.headed
		if table && !alike(text) {
			t.Errorf("%q is a table of %d columns and was refused", text, d.fields)
		}
	})
}
