package names

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

func TestUserRules(t *testing.T) {
	for _, test := range []struct{ why, yaml, want string }{
		{"a name of their own", "names:\n- {id: mine.ppr, category: person_name, words: [code ppr], hit: [code_ppr], miss: [code_prix]}\n", ""},
		{"a category of their own", "categories:\n- {id: badge, regime: ordinary}\nnames:\n- {id: mine.badge, category: badge, words: [code ppr], hit: [code_ppr], miss: [code_prix]}\n", ""},
		{"an unknown category", "names:\n- {id: a, category: email, words: [x1]}\n- {id: b, category: nom, words: [x2]}\n", `mine.yml:3:3: unknown category "nom"`},
		{"no id", "names:\n- {category: email, words: [x1]}\n", "mine.yml:2:3: a name rule has no id"},
		{"an id that is taken", "names:\n- {id: name.email, category: email, words: [x1]}\n", `the id "name.email" is taken`},
		{"no words", "names:\n- {id: a, category: email}\n", "a has no words"},
		{"a misspelt key", "names:\n- {id: a, category: email, words: [x1], exept: [x]}\n", `unknown field "exept"`},
		{"a kind that does not exist", "names:\n- {id: a, category: email, words: [x1], type: {not: [chaine]}}\n", `unknown kind "chaine"`},
	} {
		t.Run(test.why, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "mine.yml")
			if err := os.WriteFile(file, []byte(test.yaml), 0o644); err != nil {
				t.Fatal(err)
			}
			r, err := rules.Load(file)
			if err != nil {
				t.Fatal(err)
			}
			j, err := New(r)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Fatalf("got %v, want %s", err, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if v := j.Judge(ParseExample("t.code_ppr")); len(v) == 0 || v[0].Confidence < detectors.Sure {
				t.Errorf("code_ppr is not found: %v", v)
			}
			if failures, err := Test(r); err != nil || len(failures) > 0 {
				t.Errorf("%v %v", failures, err)
			}
		})
	}
}

// The judge is shared by all workers.
func TestJudgeIsSafeForConcurrentUse(t *testing.T) {
	j := newJudge(t)
	set := readLabelled(t, filepath.Join("testdata", "labelled", "columns-en.txt"))
	done := make(chan int)
	for range 4 {
		go func() {
			n := 0
			for _, l := range set {
				n += len(j.Judge(l.col))
			}
			done <- n
		}()
	}
	first := <-done
	for range 3 {
		if n := <-done; n != first {
			t.Errorf("%d verdicts, then %d", first, n)
		}
	}
}

func FuzzJudge(f *testing.F) {
	for _, s := range []string{"client.nom varchar(80)", "numSécu", "a(b, c).d -- e", "[x] int", "éÉ_œ__9", ").", "[", "a..b"} {
		f.Add(s)
	}
	j := newJudge(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, v := range j.Judge(ParseExample(s)) {
			if v.Confidence < 0 || v.Confidence > 1 {
				t.Errorf("confidence %v", v.Confidence)
			}
		}
	})
}
