package repo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

// lines returns path → first-last of each stretch that a source says is added.
func lines(t *testing.T, d *Diff, err error) map[string]string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for it, err := range d.Items(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		got[it.At.Path] = spell(it.Added)
	}
	return got
}

func spell(added []item.Lines) string {
	var s []string
	for _, l := range added {
		s = append(s, fmt.Sprintf("%d-%d", l.First, l.Last))
	}
	return strings.Join(s, " ")
}

func TestDiff(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	run(t, dir, "init", "-q", "-b", "main")
	ten := make([]string, 10)
	for i := range ten {
		ten[i] = fmt.Sprint("ligne ", i+1)
	}
	body := strings.Join(ten, "\n") + "\n"
	odd := []string{"accents é.txt", "deux\nlignes \"et\" guillemets.txt", "avec des blancs .txt"}
	for _, name := range append([]string{"a.txt", "ancien.txt", "efface.txt"}, odd...) {
		writeFile(t, filepath.Join(dir, name), body)
	}
	writeFile(t, filepath.Join(dir, "image.bin"), "\x00\x01")
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-qm", "x")
	run(t, dir, "checkout", "-qb", "travail")
	for _, name := range odd {
		writeFile(t, filepath.Join(dir, name), body+"++ b/piege\nfin\n")
	}
	ten[1] = "changée\najoutée"
	writeFile(t, filepath.Join(dir, "a.txt"), strings.Join(append(ten[:4:4], ten[5:]...), "\n")+"\nfin\n")
	writeFile(t, filepath.Join(dir, "image.bin"), "\x00\x02")
	run(t, dir, "mv", "ancien.txt", "nouveau.txt")
	if err := os.Remove(filepath.Join(dir, "efface.txt")); err != nil {
		t.Fatal(err)
	}
	all := "1-1073741824"
	want := map[string]string{"a.txt": "2-3 11-11", "image.bin": all}
	for _, name := range odd {
		want[name] = "11-12"
	}
	run(t, dir, "add", "-A")
	d, err := OpenStaged(ctx, dir)
	same(t, "staged", lines(t, d, err), want)
	run(t, dir, "commit", "-qm", "y")
	writeFile(t, filepath.Join(dir, "sous", "inconnu.txt"), "x")
	want["sous/inconnu.txt"] = all
	d, err = OpenDiff(ctx, dir, "main")
	same(t, "diff", lines(t, d, err), want)
	d, err = OpenSince(ctx, dir, "HEAD")
	same(t, "since", lines(t, d, err), map[string]string{"sous/inconnu.txt": all})
	if _, err := OpenDiff(ctx, dir, "nulle-part"); err == nil {
		t.Error("a revision that is not there was taken")
	}
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for path, lines := range want {
		if got[path] != lines {
			t.Errorf("%s: %q adds %q, want %q", what, path, got[path], lines)
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			t.Errorf("%s: %q adds nothing, got %q", what, path, got[path])
		}
	}
}
