// Package detectortest is the suite every detector runs: the promises of
// detectors.Detector, tested once for all of them.
package detectortest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

var update = flag.Bool("update", false, "rewrite the want section of testdata")

// Run scans the files of testdata/<name>.txtar with d alone and compares what it
// finds with the section want, one line each:
//
//	file:line: id confidence
//
// The extension tells the kind of text: csv and tsv are tables with a header,
// json, yml and xml data, go and php code, log logs; all else is prose.
func Run(t *testing.T, d *detectors.Detector, name string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txtar")
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	engine := Engine(t, d)
	got, want, at := "", "", -1
	for i, f := range archive.Files {
		if f.Name == "want" {
			want, at = string(f.Data), i
			continue
		}
		got += scan(t, engine, f.Name, f.Data, len(f.Data))
		testCuts(t, engine, d, f.Name, f.Data)
	}
	Promises(t, d, texts(archive.Files)...)
	if *update {
		writeWant(t, path, archive, at, got)
		return
	}
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s: what is found differs (-want +got); run with -update and read what changed\n%s", path, diff)
	}
}

// texts returns what the files hold, want excepted.
func texts(files []txtar.File) [][]byte {
	var all [][]byte
	for _, f := range files {
		if f.Name != "want" {
			all = append(all, f.Data)
		}
	}
	return all
}

func writeWant(t *testing.T, path string, a *txtar.Archive, at int, got string) {
	t.Helper()
	if at < 0 {
		a.Files = append(a.Files, txtar.File{Name: "want"})
		at = len(a.Files) - 1
	}
	a.Files[at].Data = []byte(got)
	if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Engine is an engine of the detectors given and the built-in context words.
func Engine(t testing.TB, values ...*detectors.Detector) *detectors.Engine {
	t.Helper()
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	e, err := detectors.New(r, detectors.Parts{Values: values})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// scan returns what engine finds in a file read in pieces that end at cut.
func scan(t *testing.T, engine *detectors.Engine, name string, text []byte, cut int) string {
	t.Helper()
	s := engine.Scanner()
	s.Begin(item.Location{}, detectors.Options{Each: true})
	for _, seg := range pieces(name, text, cut) {
		if err := s.Add(seg); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	for _, f := range s.End() {
		specimen := ""
		if f.Specimen {
			specimen = " specimen"
		}
		_, _ = fmt.Fprintf(&b, "%s:%d: %s %.2f%s\n", name, f.At.Line, f.Detector, f.Confidence, specimen)
	}
	return b.String()
}

// testCuts tests that what is found does not depend on where a long text is cut.
func testCuts(t *testing.T, engine *detectors.Engine, d *detectors.Detector, name string, text []byte) {
	t.Helper()
	if kindOf(name) == item.Table {
		return // tables are cut between rows
	}
	whole := scan(t, engine, name, text, len(text))
	step := max(1, len(text)/97)
	for cut := 1; cut < len(text); cut += step {
		if got := scan(t, engine, name, text, cut); got != whole {
			t.Errorf("%s: %s: cut at byte %d, found\n%snot\n%s", d.ID, name, cut, got, whole)
			return
		}
	}
}
