package names

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// labelled is one column of testdata/labelled with what a careful reader says
// it holds.
type labelled struct {
	col    item.Column
	accept []string // any of these is right; empty: nothing personal
	open   bool     // two careful readers could differ: saying nothing is right too
}

// readLabelled reads a file of testdata/labelled: a container at the margin, its
// slots indented, `name type(length) -- comment = category|category`. "-" is
// nothing personal, a leading "?" makes silence right too.
func readLabelled(t testing.TB, path string) []labelled {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all, table []labelled
	container := ""
	flush := func() {
		var neighbours []string
		for _, l := range table {
			neighbours = append(neighbours, l.col.Name)
		}
		for _, l := range table {
			l.col.Neighbours = neighbours
			all = append(all, l)
		}
		table = nil
	}
	for n, line := range strings.Split(string(text), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] != ' ':
			flush()
			container = line[strings.LastIndex(line, " ")+1:]
		default:
			i := strings.LastIndex(line, " = ")
			if i < 0 {
				t.Fatalf("%s:%d: no label", path, n+1)
			}
			l := labelled{col: ParseExample(strings.TrimSpace(line[:i]))}
			l.col.Container = container
			label := line[i+3:]
			l.open = strings.Contains(label, "?")
			for _, c := range strings.Split(strings.ReplaceAll(label, "?", ""), "|") {
				switch c {
				case "-":
					l.open = l.open || strings.Contains(label, "|")
				case "":
				default:
					l.accept = append(l.accept, c)
				}
			}
			table = append(table, l)
		}
	}
	flush()
	return all
}

// score counts for one category, or for all.
type score struct{ hit, miss, wrong int }

func (s score) f1() (p, r, f float64) {
	p, r = ratio(s.hit, s.hit+s.wrong), ratio(s.hit, s.hit+s.miss)
	if p+r == 0 {
		return p, r, 0
	}
	return p, r, 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// measure judges a labelled file. clean counts names that hold nothing and on
// which we said nothing.
func measure(j *Judge, set []labelled, log func(string)) (all score, per map[string]*score, clean, negatives int) {
	per = map[string]*score{}
	at := func(c string) *score {
		if per[c] == nil {
			per[c] = &score{}
		}
		return per[c]
	}
	for _, l := range set {
		var said []string
		for _, v := range j.Judge(l.col) {
			if v.Confidence >= detectors.Sure {
				said = append(said, v.Category)
			}
		}
		right := false
		for _, c := range said {
			if slices.Contains(l.accept, c) {
				right = true
				at(c).hit++
				continue
			}
			if len(l.accept) == 0 && l.open {
				continue
			}
			all.wrong++
			at(c).wrong++
			log(fmt.Sprintf("wrong  %s.%s %s(%d) is %v, not %s", l.col.Container, l.col.Name, l.col.Type, l.col.Length, l.accept, c))
		}
		if right {
			all.hit++
		} else if len(l.accept) > 0 && !l.open {
			all.miss++
			at(l.accept[0]).miss++
			log(fmt.Sprintf("missed %s.%s %s(%d) is %v", l.col.Container, l.col.Name, l.col.Type, l.col.Length, l.accept))
		}
		if len(l.accept) == 0 && !l.open {
			negatives++
			if len(said) == 0 {
				clean++
			}
		}
	}
	return all, per, clean, negatives
}

// The floors are what was reached; lower them only with a reason.
func TestAccuracy(t *testing.T) {
	j := newJudge(t)
	for _, test := range []struct {
		files     []string
		f1, clean float64
	}{
		{[]string{"columns-fr.txt", "columns-en.txt"}, 0.97, 0.98},
		{[]string{"code.txt"}, 0.97, 0.98},
		{[]string{"lookalikes.txt"}, 0, 0.97},
		{[]string{"second.txt"}, 0.95, 0.97},
		{[]string{"third.txt"}, 0.93, 0.97},
		{[]string{"fourth.txt"}, 0.95, 0.97},
		{[]string{"code-second.txt"}, 0.97, 0.97},
		{[]string{"fifth.txt"}, 0.95, 0.97},
		{[]string{"code-third.txt"}, 0.97, 0.97},
		{[]string{"sixth.txt"}, 0.92, 0.97},
		{[]string{"seventh.txt"}, 0.94, 0.97},
		{[]string{"eighth.txt"}, 0.90, 0.97},
		{[]string{"ninth.txt"}, 0.94, 0.97},
		{[]string{"tenth.txt"}, 0.90, 0.95},
	} {
		var set []labelled
		for _, f := range test.files {
			set = append(set, readLabelled(t, filepath.Join("testdata", "labelled", f))...)
		}
		f, clean := tell(t, j, strings.Join(test.files, ", "), set)
		if f < test.f1 {
			t.Errorf("%v: F1 %.3f is under the floor %.2f", test.files, f, test.f1)
		}
		if clean < test.clean {
			t.Errorf("%v: %.3f of the look-alikes stay clean, floor %.2f", test.files, clean, test.clean)
		}
	}
}

// tell prints how a set is judged, and returns F1 and the share of look-alikes
// that stay clean.
func tell(t *testing.T, j *Judge, name string, set []labelled) (f1, silent float64) {
	t.Helper()
	all, per, clean, negatives := measure(j, set, func(s string) { t.Log(s) })
	p, r, f := all.f1()
	t.Logf("%s: %d names, precision %.3f recall %.3f F1 %.3f, look-alikes clean %d/%d", name, len(set), p, r, f, clean, negatives)
	for _, c := range slices.Sorted(maps.Keys(per)) {
		p, r, f := per[c].f1()
		t.Logf("  %-22s %3d  precision %.2f recall %.2f F1 %.2f", c, per[c].hit+per[c].miss, p, r, f)
	}
	return f, ratio(clean, negatives)
}

// TestAccuracyOutside measures a labelled file kept outside the repository, for
// schemas that are not ours to publish: ECART_LABELLED=file go test -run Outside -v.
func TestAccuracyOutside(t *testing.T) {
	path := os.Getenv("ECART_LABELLED")
	if path == "" {
		t.Skip("ECART_LABELLED names no file")
	}
	tell(t, newJudge(t), filepath.Base(path), readLabelled(t, path))
}
