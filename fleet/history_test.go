//go:build linux

package fleet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/repo"
	"github.com/ecart-rgpd/ecart/scanners/share"
)

// The past of one repository is read by several workers, and placed and reported
// as by one process.
func TestHistoryInPieces(t *testing.T) {
	dir := t.TempDir()
	if !history(t, dir) {
		t.Skip("git does not make a repository here")
	}
	w, err := newTestWork(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	past, err := repo.OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	past.PieceSize = 10 << 10
	past.Watch(w.options.Engine, document.Formats())
	w.targets = []scanners.Target{{Name: "past", Source: scanners.Chain{past}}}
	want := render(scanners.Scan(t.Context(), w.targets, w.options))
	q := inside(t)
	lead := begin(t, q, "past").Coordinate(t.Context(), w.targets, w.options)
	startInside(t, q, w)
	if got := render(lead.Results(t.Context())); !bytes.Equal(got, want) {
		t.Error(differing(got, want))
	}
	if s := lead.Snapshot(); s.Batches < 4 || len(want) < 10_000 {
		t.Errorf("%d batches, %d bytes of report: the test tests nothing", s.Batches, len(want))
	}
}

// Workers tell of each finding of the past what one process knows: whether all its
// values are in the present, and none of it is in what they send.
func TestPastIsComparedByWorkers(t *testing.T) {
	dir := t.TempDir()
	if !history(t, dir) {
		t.Skip("git does not make a repository here")
	}
	w, err := newTestWork(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	past, err := repo.OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	past.PieceSize = 10 << 10
	past.Watch(w.options.Engine, document.Formats())
	skipGit := func(path string) string {
		if filepath.Base(path) == ".git" {
			return "files of git"
		}
		return ""
	}
	w.targets = []scanners.Target{{Name: "past", Source: scanners.Chain{share.Folder(dir, "past", share.Options{Exclude: skipGit}), past}}}
	one := w.options
	one.Marks = map[string]bool{"past": true}
	var now detectors.Values
	var want []bool
	held := 0
	for r := range scanners.Scan(t.Context(), w.targets, one) {
		for i := range r.Findings {
			f := &r.Findings[i]
			if f.Past == nil {
				now.Add(f)
				continue
			}
			if want = append(want, now.Hold(f)); now.Hold(f) {
				held++
			}
		}
	}
	q := inside(t)
	lead := begin(t, q, "past").Coordinate(t.Context(), w.targets, w.options)
	startInside(t, q, w)
	var got []bool
	for r := range lead.Results(t.Context()) {
		for i := range r.Findings {
			f := &r.Findings[i]
			if f.Past != nil {
				got = append(got, f.Still)
				var none detectors.Values
				if none.Add(f); none.Hold(f) {
					t.Fatal("marks went through the queue")
				}
			}
		}
	}
	if !slices.Equal(got, want) || held == 0 || held == len(want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if s := lead.Snapshot(); s.Batches < 4 {
		t.Errorf("%d batches: the test tests nothing", s.Batches)
	}
}

// history makes a repository whose files change from commit to commit; false where
// there is no git.
func history(t *testing.T, dir string) bool {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	ok := true
	git := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=Odette", "-c", "user.email=odette@boite-perso.example"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Logf("git %s: %v\n%s", args[0], err, out)
			ok = false
		}
	}
	git("init", "-q")
	for round := range 10 {
		for f := range 30 {
			text := ""
			for n := range 60 {
				text += fmt.Sprintf("%d;odette.%d@boite-perso.example;%d\n", n*7919%(round+13), n+100*round+7*f, f)
			}
			write(t, dir, fmt.Sprintf("d%d/f%02d.csv", f%3, f), text)
		}
		git("add", ".")
		git("commit", "-q", "-m", "un état de plus")
		if round == 4 || round == 8 {
			git("repack", "-q", "-d")
		}
	}
	return ok
}
