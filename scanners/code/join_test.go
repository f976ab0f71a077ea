package code

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/repo"
	"github.com/ecart-rgpd/ecart/scanners/share"
	"github.com/ecart-rgpd/ecart/scanners/state"
)

// across writes testdata/across.txt to a folder and returns what is to be told.
func across(t *testing.T) (dir string, want map[string]bool) {
	t.Helper()
	text, err := os.ReadFile("testdata/across.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir, want = t.TempDir(), map[string]bool{}
	for _, part := range strings.Split(string(text), "\n=== ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		for n, line := range strings.Split(body, "\n") {
			for _, m := range mark.FindAllStringSubmatch(line, -1) {
				want[fmt.Sprintf("%s:%d %s", name, n+1, m[1])] = true
			}
		}
		put(t, dir, name, mark.ReplaceAllString(body, "")+"\n")
	}
	return dir, want
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func engine(t *testing.T) *detectors.Engine {
	t.Helper()
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	e, err := all.Engine(r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// joined scans a source and returns the flows between files, as the marks say
// them, in the order they are told.
func joined(t *testing.T, e *detectors.Engine, s scanners.Source, workers int, memory scanners.Memory) (told []string) {
	t.Helper()
	o := scanners.Options{Engine: e, Formats: slices.Concat(Formats, document.FormatsOCR(nil)), Workers: workers, Memory: memory}
	j := NewJoin(map[string]Tree{"t": s.(Tree)}, e)
	for r := range scanners.Scan(t.Context(), []scanners.Target{{Name: "t", Source: s}}, o) {
		if slices.ContainsFunc(j.Take(r.Target, r.Path, r.Coverage.Read+r.Coverage.Unchanged > 0, r.Findings), isHalf) {
			t.Errorf("%s: half of a flow is left", r.Path)
		}
	}
	flows, unread := j.Flows(t.Context(), "t")
	if len(unread) > 0 {
		t.Errorf("not read: %v", unread)
	}
	for _, f := range flows {
		told = append(told, fmt.Sprintf("%s:%d %s %s %s", f.At.Path, f.At.Line, f.Sink, f.Identifier, f.Flow[0].File))
	}
	return told
}

func TestFlowsAcrossFiles(t *testing.T) {
	dir, want := across(t)
	e := engine(t)
	one := joined(t, e, share.Folder(dir, "t", share.Options{}), 1, nil)
	for _, s := range one {
		if !want[s] {
			t.Errorf("wrong: %s", s)
		}
		delete(want, s)
	}
	for s := range want {
		t.Errorf("missed: %s", s)
	}
	if many := joined(t, e, share.Folder(dir, "t", share.Options{}), 8, nil); !slices.Equal(one, many) {
		t.Errorf("eight workers tell otherwise than one:\n%v\n%v", one, many)
	}
}

// What an earlier run remembers of the caller is joined to what the other file
// does now.
func TestFlowsAcrossFilesWithState(t *testing.T) {
	dir, _ := across(t)
	e := engine(t)
	run := func() []string {
		m, err := state.Open(filepath.Join(t.TempDir(), "..", "state"), "1")
		if err != nil {
			t.Fatal(err)
		}
		told := joined(t, e, share.Folder(dir, "t", share.Options{}), 2, m)
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		return told
	}
	first := run()
	if again := run(); len(first) == 0 || !slices.Equal(first, again) {
		t.Errorf("told otherwise from memory:\n%v\n%v", first, again)
	}
	put(t, dir, "soins/journal.py", "def tracer(valeur):\n    return valeur\n")
	for _, s := range run() {
		if strings.HasPrefix(s, "soins/journal.py") {
			t.Errorf("the sink is gone and still told: %s", s)
		}
	}
	put(t, dir, "soins/journal.py", "def tracer(valeur):\n    print(valeur)\n")
	if last := run(); !slices.Contains(last, "soins/journal.py:2 console groupe_sanguin soins/views.py") {
		t.Errorf("a new sink is not told: %v", last)
	}
}

// A change is told whether it adds the call, or the sink to what others call.
func TestFlowsAcrossFilesOfAChange(t *testing.T) {
	e := engine(t)
	for name, c := range map[string]struct {
		path, text string
		want       []string
	}{
		"call": {"soins/views.py", "from .journal import tracer\n\ndef f(religion):\n    tracer(religion)\n", []string{"soins/journal.py:5 log religion soins/views.py"}},
		"sink": {
			"soins/journal.py", "import logging\nlogger = logging.getLogger(__name__)\n\ndef tracer(valeur, detail=None):\n    logger.info('autre %s', valeur)\n",
			[]string{"soins/journal.py:5 log groupe_sanguin soins/views.py", "soins/journal.py:5 log num_secu soins/dossier.py"},
		},
		"neither": {"soins/journal.py", "import logging\nlogger = logging.getLogger(__name__)\n\ndef tracer(valeur, detail=None):\n    logger.info(\"trace : %s\", valeur)\n\ndef autre():\n    pass\n", nil},
		"no code": {"soins/lisez.md", "# Soins\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := across(t)
			commit(t, dir)
			put(t, dir, c.path, c.text)
			d, err := repo.OpenDiff(t.Context(), dir, "HEAD")
			if err != nil {
				t.Fatal(err)
			}
			if got := joined(t, e, d, 2, nil); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// Where an import may lead is found from the nearest folder on, and not at all
// when two files fit.
func TestPlaces(t *testing.T) {
	p := newPlaces([]string{"a/x.py", "a/b/x.py", "a/b/c/y.py", "m/src/fr/A.java", "n/src/fr/B.java", "o/src/fr/B.java", "g/go.mod", "g/in/z.go", "g/in/z_test.go"},
		func(string) string { return "exemple.example/g" })
	for _, c := range []struct {
		from, caller string
		want         []string
	}{
		{"x.py", "a/b/c/y.py", []string{"a/b/x.py"}},
		{"/a/x.py", "a/b/c/y.py", []string{"a/x.py"}},
		{"y.py", "a/x.py", nil}, // below the folder only
		{"**/fr/A.java", "n/src/fr/B.java", []string{"m/src/fr/A.java"}},
		{"**/fr/B.java", "m/src/fr/A.java", nil}, // two of them
		{"go:exemple.example/g/in", "g/main.go", []string{"g/in/z.go"}},
		{"go:autre.example/g/in", "g/main.go", nil},
		{"/g/in/*.go", "g/main.go", []string{"g/in/z.go"}},
	} {
		if got := p.find([]string{"absent", c.from}, c.caller); !slices.Equal(got, c.want) {
			t.Errorf("%s from %s: %v, want %v", c.from, c.caller, got, c.want)
		}
	}
}

// A file that calls itself through an import ends.
func TestFlowsInACircle(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "un.py", "from deux import b\n\ndef a(religion):\n    b(religion)\n")
	put(t, dir, "deux.py", "from un import a\n\ndef b(x):\n    a(x)\n")
	if told := joined(t, engine(t), share.Folder(dir, "t", share.Options{}), 1, nil); len(told) > 0 {
		t.Error(told)
	}
}

func commit(t *testing.T, dir string) {
	t.Helper()
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=Essai", "-c", "user.email=essai@essai.example", "commit", "-qm", "Essai"}} {
		git(t, dir, args...)
	}
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v %s", args, err, out)
	}
}

// broken is a tree of which something cannot be read.
type broken struct {
	*share.Tree
	files, open error
}

func (b broken) Files(ctx context.Context) ([]string, error) {
	if b.files != nil {
		return nil, b.files
	}
	return b.Tree.Files(ctx)
}

func (b broken) OpenFile(path string) (io.ReadCloser, error) {
	if b.open != nil && path == "soins/journal.py" {
		return nil, b.open
	}
	return b.Tree.OpenFile(path)
}

// What could not be read for a flow is said: none may be missing without a word.
func TestFlowsThatCannotBeFollowed(t *testing.T) {
	dir, _ := across(t)
	e := engine(t)
	for name, c := range map[string]struct {
		tree broken
		want []string
	}{
		"list":    {broken{files: errors.New("git ls-files failed")}, []string{": flows from file to file were not followed here: git ls-files failed"}},
		"file":    {broken{open: &fs.PathError{Op: "open", Path: "/secret", Err: fs.ErrPermission}}, []string{"soins/journal.py: flows from file to file were not followed here: permission denied"}},
		"gone":    {broken{open: fs.ErrNotExist}, nil},
		"nothing": {broken{}, nil},
	} {
		c.tree.Tree = share.Folder(dir, "t", share.Options{})
		j := NewJoin(map[string]Tree{"t": c.tree}, e)
		for r := range scanners.Scan(t.Context(), []scanners.Target{{Name: "t", Source: c.tree.Tree}}, scanners.Options{Engine: e, Formats: Formats, Workers: 1}) {
			j.Take(r.Target, "", false, r.Findings)
		}
		var got []string
		_, unread := j.Flows(t.Context(), "t")
		for _, u := range unread {
			got = append(got, u.At.Path+": "+u.Reason)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: told %q, want %q", name, got, c.want)
		}
	}
}

// A value that many callers hand over is followed from file to file once.
func TestHalvesAreFollowedOnce(t *testing.T) {
	dir := t.TempDir()
	call := strings.Repeat("    b(religion)\n", 30)
	put(t, dir, "un.py", "from deux import b\n\ndef a(religion):\n"+call)
	put(t, dir, "deux.py", "from trois import c\n\ndef b(x):\n    c(x)\n")
	put(t, dir, "trois.py", "from quatre import d\n\ndef c(y):\n    d(y)\n")
	put(t, dir, "quatre.py", "def d(z):\n    print(z)\n")
	s := share.Folder(dir, "t", share.Options{})
	e := engine(t)
	j := NewJoin(map[string]Tree{"t": s}, e)
	for r := range scanners.Scan(t.Context(), []scanners.Target{{Name: "t", Source: s}}, scanners.Options{Engine: e, Formats: Formats, Workers: 1}) {
		j.Take(r.Target, r.Path, true, r.Findings)
	}
	found, _ := j.Flows(t.Context(), "t")
	if len(found) != 1 || len(found[0].Flow) < 4 {
		t.Errorf("found %+v", found)
	}
	if n := len(j.joiners["t"].handed); n != 2 {
		t.Errorf("%d halves held between rounds, want one a file", n)
	}
}
