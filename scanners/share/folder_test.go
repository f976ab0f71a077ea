package share

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

func put(t *testing.T, root, path, text string) string {
	t.Helper()
	full := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return full
}

// list walks a folder and writes one line an item: path, and why it is not read.
func list(t *testing.T, root string, o Options) []string {
	t.Helper()
	var out []string
	for it, err := range Folder(root, "s", o).Items(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		line := it.At.Path
		for _, why := range []string{it.Skip, it.Unread} {
			if why != "" {
				line += ": " + why
			}
		}
		out = append(out, line)
	}
	return out
}

func TestItemsComeInOrderOfPaths(t *testing.T) {
	root := t.TempDir()
	for _, p := range []string{"a/b", "a.b", "a0", "A", "é", "sub/deep/x"} {
		put(t, root, p, "x")
	}
	want := []string{"A", "a.b", "a/b", "a0", "sub/deep/x", "é"}
	if diff := cmp.Diff(want, list(t, root, Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	root, outside := t.TempDir(), t.TempDir()
	put(t, outside, "secret", "x")
	put(t, root, "d/f", "x")
	for name, to := range map[string]string{"d/up": "..", "d/self": "self", "out": outside, "d/g": "f"} {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Link(filepath.Join(root, "d/f"), filepath.Join(root, "z")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"d/f", "d/g: symbolic link, not followed", "d/self: symbolic link, not followed", "d/up: symbolic link, not followed",
		"out: symbolic link, not followed", "z: hard link to a file already met",
	}
	if diff := cmp.Diff(want, list(t, root, Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"plain", "paie 2023.xlsx", "paie 2023.xlsx"},
		{"accents, decomposed", "e\u0301te\u0301", "été"},
		{"latin-1 bytes", "\xe9t\xe9", "%E9t%E9"},
		{"newline", "a\nb", "a%0Ab"},
		{"C1 control", "a\u0085b", "a%C2%85b"},
	} {
		if got := Name(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

func TestIgnoreFile(t *testing.T) {
	root := t.TempDir()
	put(t, root, ".ecartignore", "# no\n*.log\n!keep.log\n/build/\n")
	for _, p := range []string{"a.log", "keep.log", "build/x", "sub/build/y", "sub/b.log"} {
		put(t, root, p, "x")
	}
	put(t, root, "sub/.ecartignore", "!b.log\n")
	want := []string{
		".ecartignore", "a.log: excluded by .ecartignore", "build: excluded by .ecartignore", "keep.log",
		"sub/.ecartignore", "sub/b.log", "sub/build/y",
	}
	if diff := cmp.Diff(want, list(t, root, Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestExcludedByTheCaller(t *testing.T) {
	root := t.TempDir()
	register := put(t, root, "registre.yaml", "x")
	put(t, root, "a", "x")
	o := Options{Exclude: func(p string) string {
		if p == register {
			return "declaration"
		}
		return ""
	}}
	if diff := cmp.Diff([]string{"a", "registre.yaml: declaration"}, list(t, root, o)); diff != "" {
		t.Error(diff)
	}
}

func TestNoPermissionIsSaid(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	root := t.TempDir()
	put(t, root, "closed/f", "x")
	put(t, root, "g", "x")
	if err := os.Chmod(filepath.Join(root, "closed"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "closed"), 0o755) })
	if diff := cmp.Diff([]string{"closed: permission denied", "g"}, list(t, root, Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestMissingRootEndsTheWalk(t *testing.T) {
	for it, err := range Folder(filepath.Join(t.TempDir(), "nowhere"), "s", Options{}).Items(context.Background()) {
		if err == nil || it.At != (item.Location{}) {
			t.Errorf("got %v, %v", it.At, err)
		}
	}
}

func TestSingleFile(t *testing.T) {
	f := put(t, t.TempDir(), "a.csv", "x")
	if diff := cmp.Diff([]string{"a.csv"}, list(t, f, Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestAChangeWhileReadingIsNoticed(t *testing.T) {
	root := t.TempDir()
	path := put(t, root, "f", strings.Repeat("x", watched))
	for it, err := range Folder(root, "s", Options{}).Items(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		f, err := it.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, f, 10); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, 5); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); !errors.Is(err, ErrChanged) {
			t.Errorf("close: %v", err)
		}
	}
}

func TestIdentityAndDate(t *testing.T) {
	root := t.TempDir()
	path := put(t, root, "f", "x")
	then := time.Date(2019, 3, 4, 5, 6, 7, 0, time.UTC)
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
	one := func() (last item.Item) {
		for it, err := range Folder(root, "s", Options{FileTimes: true}).Items(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			last = it
		}
		return last
	}
	before := one()
	if !before.Date.Equal(then) {
		t.Errorf("date %v", before.Date)
	}
	put(t, root, "f", "longer")
	if one().Identity == before.Identity {
		t.Error("a changed file keeps its identity")
	}
}

func BenchmarkFolder(b *testing.B) {
	root := b.TempDir()
	for i := range 10_000 {
		dir := filepath.Join(root, fmt.Sprint(i%100))
		_ = os.MkdirAll(dir, 0o755)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), []byte("x"), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		n := 0
		for _, err := range Folder(root, "s", Options{}).Items(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 10_000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/file")
}

func TestAnEmptyFolderIsNotClean(t *testing.T) {
	n := 0
	for it, err := range Folder(t.TempDir(), "s", Options{}).Items(context.Background()) {
		if n++; !errors.Is(err, ErrEmpty) || it.At.Path != "" {
			t.Errorf("got %v, %v", it.At, err)
		}
	}
	if n != 1 {
		t.Errorf("%d items", n)
	}
}

// A file that grows or is written anew while it is read looks broken; the reason
// is another one.
func TestABrokenFileThatChangedIsSaidToHaveChanged(t *testing.T) {
	root := t.TempDir()
	path := put(t, root, "a.zip", "PK\x03\x04 is no archive")
	for it := range Folder(root, "s", Options{}).Items(context.Background()) {
		put(t, root, "a.zip", "PK\x03\x04 is no archive, and longer")
		f := &document.File{At: it.At, Size: it.Size, Open: it.Open}
		var o unread
		if err := document.Read(context.Background(), document.Formats(), f, &o); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{string(document.Changed)}, o.reasons); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}

// unread keeps the reasons why something was not read.
type unread struct{ reasons []string }

func (*unread) Segment(*item.Segment) error             { return nil }
func (*unread) Part(*document.File) error               { return nil }
func (*unread) Skipped(string)                          {}
func (*unread) Dated(string)                            {}
func (u *unread) Unread(_ item.Location, reason string) { u.reasons = append(u.reasons, reason) }

// A file is found again by its ref whatever way the root is written.
func TestFindFromHere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "essai.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, root := range []string{".", dir, "./"} {
		tree := Folder(root, "t", Options{})
		for it, err := range tree.Items(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			rc, err := tree.Find(it.Ref).Open()
			if err != nil {
				t.Errorf("%s: %q: %v", root, it.Ref, err)
				continue
			}
			if err := rc.Close(); err != nil {
				t.Error(err)
			}
		}
		if got, err := tree.Files(t.Context()); err != nil || !slices.Equal(got, []string{"essai.txt"}) {
			t.Errorf("%s: files %v, %v", root, got, err)
		}
	}
}
