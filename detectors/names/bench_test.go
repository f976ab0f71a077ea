package names

import (
	"path/filepath"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// Start-up pays for this on every run: the target is a few milliseconds.
func BenchmarkNew(b *testing.B) {
	r, err := rules.Load()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := learn(r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	j := newJudge(b)
	set := readLabelled(b, filepath.Join("testdata", "labelled", "columns-fr.txt"))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		j.Judge(set[i%len(set)].col)
		i++
	}
}
