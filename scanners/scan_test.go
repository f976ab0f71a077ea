package scanners_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// files is a source of texts by path, in this order; one that begins with `!` is
// unread, and an empty path ends the walk with an error.
type files [][2]string

func (f files) Items(context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		for _, e := range f {
			it := item.Item{At: item.Location{Path: e[0]}, Size: int64(len(e[1])), Identity: fmt.Sprint(len(e[1]))}
			it.Open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(e[1])), nil }
			switch {
			case e[0] == "":
				yield(item.Item{}, errors.New(e[1]))
				return
			case e[1] == "!":
				it.Unread, it.Open = "permission denied", nil
			}
			if !yield(it, nil) {
				return
			}
		}
	}
}

var engine = sync.OnceValues(func() (*detectors.Engine, error) {
	r, err := rules.Load()
	if err != nil {
		return nil, err
	}
	return all.Engine(r)
})

// scan runs a scan and returns a line for each result, and the coverage.
func scan(t *testing.T, o scanners.Options, targets ...scanners.Target) ([]string, item.Coverage) {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	o.Engine = e
	if o.Formats == nil {
		o.Formats = document.Formats()
	}
	var lines []string
	var sum item.Coverage
	for r := range scanners.Scan(t.Context(), targets, o) {
		var found []string
		for _, f := range r.Findings {
			found = append(found, fmt.Sprintf("%s×%d", f.Category, f.Count))
		}
		lines = append(lines, strings.TrimSpace(r.Target+":"+r.Path+" "+strings.Join(found, " ")))
		sum.Add(r.Coverage)
	}
	return lines, sum
}

// many are files of all sizes, so that workers end in another order than they
// begin.
func many() (f files) {
	for i := range 300 {
		f = append(f, [2]string{fmt.Sprintf("f%03d.txt", i), strings.Repeat("rien ici\n", i*i%977) + fmt.Sprintf("écrire à anouk%d@boite-perso.example\n", i)})
	}
	return f
}

func TestResultsComeInOrderOfTheWalk(t *testing.T) {
	targets := []scanners.Target{{Name: "a", Source: many()}, {Name: "b", Source: many()}}
	one, all := scan(t, scanners.Options{Workers: 1}, targets...)
	if len(one) != 600 || one[0] != "a:f000.txt email×1" || all.Read != 600 {
		t.Fatalf("%d results, first %q, %d read", len(one), one[0], all.Read)
	}
	sixteen, _ := scan(t, scanners.Options{Workers: 16}, targets...)
	if diff := cmp.Diff(one, sixteen); diff != "" {
		t.Errorf("%.1000s", diff)
	}
}

func TestAFailingReaderIsOneFile(t *testing.T) {
	bad := document.Format{Name: "bad", Match: func(name string, _ []byte) bool { return name == "bad" }, Read: func(context.Context, *document.File, document.Out) error {
		panic("anouk@boite-perso.example")
	}}
	lines, sum := scan(t, scanners.Options{Formats: append([]document.Format{bad}, document.Formats()...)},
		scanners.Target{Name: "t", Source: files{{"bad", "x"}, {"good.txt", "anouk@boite-perso.example\n"}, {"shut", "!"}}})
	if diff := cmp.Diff([]string{"t:bad", "t:good.txt email×1", "t:shut"}, lines); diff != "" {
		t.Error(diff)
	}
	if len(sum.Unread) != 2 || strings.Contains(sum.Unread[0].Reason, "anouk") || sum.Unread[1].Reason != "permission denied" || sum.Items != 3 || sum.Read != 1 {
		t.Errorf("coverage %+v", sum)
	}
}

func TestAWalkThatEndsEarlyIsSaid(t *testing.T) {
	_, sum := scan(t, scanners.Options{}, scanners.Target{Name: "t", Source: files{{"a.txt", "x\n"}, {"", "the folder is gone"}, {"b.txt", "x\n"}}})
	if sum.Stopped != "the folder is gone" || sum.Read != 1 || sum.Complete() {
		t.Errorf("coverage %+v", sum)
	}
	_, sum = scan(t, scanners.Options{Budget: time.Nanosecond}, scanners.Target{Name: "t", Source: many()})
	if !strings.Contains(sum.Stopped, "--budget") || sum.Read > 290 {
		t.Errorf("coverage %+v", sum)
	}
}

// TestTheBudgetIsTheReason holds for a source that gives back the bare error of
// its context.
func TestTheBudgetIsTheReason(t *testing.T) {
	_, sum := scan(t, scanners.Options{Budget: time.Nanosecond}, scanners.Target{Name: "t", Source: waits{}})
	if !strings.Contains(sum.Stopped, "--budget") {
		t.Errorf("stopped: %q", sum.Stopped)
	}
}

// waits is a source that is slower than any budget.
type waits struct{}

func (waits) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		<-ctx.Done()
		yield(item.Item{}, ctx.Err())
	}
}

// memory remembers results as JSON, as a file would.
type memory struct {
	mu   sync.Mutex
	kept map[string][]byte
}

type remembered struct {
	F []detectors.Finding
	C item.Coverage
}

func (m *memory) Get(target, path, identity string) ([]detectors.Finding, item.Coverage, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.kept[target+"\x00"+path+"\x00"+identity]
	var r remembered
	ok = ok && json.Unmarshal(b, &r) == nil
	return r.F, r.C, ok
}

func (m *memory) Put(target, path, identity string, f []detectors.Finding, c item.Coverage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[target+"\x00"+path+"\x00"+identity], _ = json.Marshal(remembered{f, c})
}

func TestWhatDidNotChangeIsNotReadAgain(t *testing.T) {
	source := files{{"a.txt", "anouk@boite-perso.example\n"}, {"b.pdf", "%PDF-1.4 broken"}, {"c.txt", "rien\n"}}
	m := &memory{kept: map[string][]byte{}}
	first, sum := scan(t, scanners.Options{Memory: m}, scanners.Target{Name: "t", Source: source})
	if sum.Read != 2 || len(m.kept) != 2 {
		t.Fatalf("read %d, kept %d", sum.Read, len(m.kept))
	}
	source[2][1] = "rien non plus\n"
	second, sum := scan(t, scanners.Options{Memory: m}, scanners.Target{Name: "t", Source: source})
	if sum.Unchanged != 1 || sum.Read != 1 || len(sum.Unread) != 1 {
		t.Errorf("coverage %+v", sum) // what was not read is tried again
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}
