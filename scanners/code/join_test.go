package code

import (
	"fmt"
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
	for _, f := range j.Flows(t.Context(), "t") {
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
