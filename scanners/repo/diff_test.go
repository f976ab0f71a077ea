package repo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// Links are not followed out of the tree, nor is what is no file opened.
func TestOpenFileOfAChange(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	run(t, dir, "init", "-q")
	out := t.TempDir()
	writeFile(t, filepath.Join(out, "ailleurs.py"), "x")
	writeFile(t, filepath.Join(dir, "a.py"), "ici")
	writeFile(t, filepath.Join(dir, "sous", "b.py"), "là")
	for name, to := range map[string]string{"entree.py": "/dev/stdin", "lien.py": "a.py", "dehors": out, "dedans": "sous"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("links need rights there")
		}
	}
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-qm", "x")
	d, err := OpenSince(ctx, dir, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	staged, err := OpenStaged(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"a.py": true, "sous/b.py": true, "dedans/b.py": true, "entree.py": false, "lien.py": false, "dehors/ailleurs.py": false, "../x.py": false, "absent.py": false} {
		f, err := d.OpenFile(name)
		if (err == nil) != want || err != nil && name != "../x.py" && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: opened %t: %v", name, err == nil, err)
		}
		if err == nil {
			_ = f.Close() // read only
		}
	}
	letGo := staged.Hold(ctx)
	defer letGo()
	for name, want := range map[string]string{"a.py": "ici", "sous/b.py": "là", "absent.py": "", "sous": ""} {
		f, err := staged.OpenFile(name)
		if (err == nil) != (want != "") || err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("staged %s: %v", name, err)
			continue
		}
		if err != nil {
			continue
		}
		if text, err := io.ReadAll(f); err != nil || string(text) != want {
			t.Errorf("staged %s: %q %v", name, text, err)
		}
	}
	if staged.batch.cmd == nil {
		t.Error("a process for each staged file")
	}
}

// A link that a change brings is skipped: nothing is read through it.
func TestLinkOfAChange(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "init", "-q")
	run(t, dir, "commit", "-q", "--allow-empty", "-m", "x")
	if err := os.Symlink("/dev/stdin", filepath.Join(dir, "x.py")); err != nil {
		t.Skip("links need rights there")
	}
	d, err := OpenSince(t.Context(), dir, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	for it, err := range d.Items(t.Context()) {
		if err != nil || it.Skip == "" {
			t.Errorf("%s: %q %v", it.At.Path, it.Skip, err)
		}
	}
}
