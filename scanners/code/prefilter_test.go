package code

import "testing"

// The source tree of Go holds next to nothing for a parser.
func TestFilterLetsLittleThrough(t *testing.T) {
	v := builtin(t)
	files, total := goTree(t)
	through := 0
	for path, src := range files {
		s := &source{path: path, src: src, words: v, seen: sightings{aside: test(path)}}
		if len(src) <= maxSource && !generated(src) && s.worth(golang) {
			through += len(src)
		}
	}
	if share := 100 * float64(through) / float64(total); share > 2 {
		t.Errorf("%.2f %% of %d bytes go to a parser, want 2 at most", share, total)
	} else {
		t.Logf("%.2f %% of %d bytes", share, total)
	}
}

func BenchmarkFilter(b *testing.B) {
	v := builtin(b)
	files, total := goTree(b)
	b.SetBytes(int64(total))
	for b.Loop() {
		for _, src := range files {
			v.worth(src, golang)
		}
	}
}

// The finder finds what a plain search finds.
func TestFinder(t *testing.T) {
	f := newFinder([]string{"email", "iban", " nir", "@Entity", "naissance"}, map[string]bool{"@Entity": true})
	for _, c := range []struct {
		text string
		want string
	}{
		{"var EMAIL = 1", "email"},
		{"ibaniban", "iban"},
		{"x nir", " nir"},
		{"@entity", ""},
		{"@Entity", "@Entity"},
		{"dateNaissance", "naissance"},
		{"nai", ""},
		{"", ""},
		{"emai", ""},
	} {
		got := ""
		f.find([]byte(c.text), func(w, start, end int) bool {
			got = f.origin[w]
			return true
		})
		if got != c.want {
			t.Errorf("%q: found %q, want %q", c.text, got, c.want)
		}
	}
}
