package code

import (
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// Every rule finds what it says, with its duration, and leaves the rest.
func TestPurges(t *testing.T) {
	v := builtin(t)
	files, err := rules.Sources[words](nil, "code")
	if err != nil {
		t.Fatal(err)
	}
	var all []purgeRule
	for _, f := range files {
		all = append(all, f.Body.Purges...)
	}
	if len(all) != len(v.purges) || len(all) == 0 {
		t.Errorf("%d rules written, %d compiled", len(all), len(v.purges))
	}
	for _, p := range all {
		if p.Why == "" || len(p.Hit) == 0 || len(p.Miss) == 0 {
			t.Errorf("%s: says not why, or has no example", p.ID)
		}
		say := func(example string) (kept []string) {
			name, text, _ := strings.Cut(example, ": ")
			s := &source{path: strings.ToLower(name), name: name, src: []byte(strings.ReplaceAll(text, "⏎", "\n")), words: v}
			s.purges()
			for _, f := range s.flows {
				if f.Sink != item.SinkPurge || f.Source.Name == "" {
					t.Errorf("%s: %+v", p.ID, f)
				}
				if f.Path[0].Note == p.ID {
					kept = append(kept, f.Kept)
				}
			}
			return kept
		}
		for _, h := range p.Hit {
			text, want, _ := strings.Cut(h, " ⇒ ")
			if got := say(text); len(got) == 0 || got[0] != want {
				t.Errorf("%s: %s: got %q, want %q", p.ID, text, got, want)
			}
		}
		for _, m := range p.Miss {
			if got := say(m); len(got) > 0 {
				t.Errorf("%s: found in %s", p.ID, m)
			}
		}
	}
}

// A duration is told whole or not at all.
func TestPurgeSpans(t *testing.T) {
	for _, c := range []struct{ y, m, d, want string }{
		{"-1", "-6", "0", "P1Y6M"},
		{"-1", "0", "0", "P1Y"},
		{"0", "-13", "-5", "P13M5D"},
		{"-2", "6", "0", "P18M"},
		{"1", "0", "0", ""},
		{"0", "-1", "3", ""},
		{"0", "0", "0", ""},
	} {
		if got := dateParts(c.y, c.m, c.d); got != c.want {
			t.Errorf("AddDate(%s, %s, %s): %q, want %q", c.y, c.m, c.d, got, c.want)
		}
	}
	for _, c := range []struct{ n, unit, want string }{
		{"1.5", "years", "P18M"},
		{"1.5", "months", ""}, // no number of days
		{"1.5", "days", "PT36H"},
		{"0.5", "h", "PT1800S"},
		{"60*60*24*30", "second", "P30D"},
		{"90", "m", "PT5400S"},
		{"2", "w", "P14D"},
		{"3", "lunes", ""},
	} {
		if got := isoSpan(c.n, c.unit, ""); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.n, c.unit, got, c.want)
		}
	}
}

// What is asked of a file does not hang on which was met before it.
func TestPurgesWhateverCameBefore(t *testing.T) {
	const ask = "nom_de_fichier.py"
	r := purgeRule{ID: "par-nom", Files: []string{"purge_*.py"}, Marks: []string{"x"}, Pattern: "x"}
	for _, names := range [][]string{{"purge_a.py", ask}, {ask, "purge_a.py"}} {
		v := &vocabulary{purges: []*purge{newPurge(r)}}
		for _, n := range names {
			if got := len(v.purgesOf(n)); (got == 1) != (n != ask) {
				t.Errorf("%v: %s is asked %d rules", names, n, got)
			}
		}
	}
}

// Each consent tool is known by its words, and not by words like them.
func TestConsentTools(t *testing.T) {
	v := builtin(t)
	files, err := rules.Sources[words](nil, "code")
	if err != nil {
		t.Fatal(err)
	}
	say := func(text string) (ids []string) {
		s := &source{path: "a.html", name: "a.html", src: []byte(text), words: v}
		s.consents()
		for _, f := range s.flows {
			ids = append(ids, f.Source.Name)
		}
		return ids
	}
	seen := 0
	for _, f := range files {
		for _, c := range f.Body.Consent {
			seen++
			for _, h := range append(c.Words, c.Hit...) {
				if !slices.Contains(say(h), c.ID) {
					t.Errorf("%s misses %s", c.ID, h)
				}
			}
			for _, m := range c.Miss {
				if len(say(m)) > 0 || len(c.Hit) == 0 {
					t.Errorf("%s takes %s", c.ID, m)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d tools", seen)
	}
	for _, c := range v.consent { // what the search for all at once looks for is these words
		for _, w := range c.Words {
			if !slices.Contains(v.marks.finder.origin, w) {
				t.Errorf("%s: %s is too short to be looked for", c.ID, w)
			}
		}
	}
}
