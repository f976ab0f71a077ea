package document

import (
	"flag"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestRealFiles reads files that LibreOffice, 7-Zip, ExifTool and others wrote,
// and compares with golden text: what a reader of the file would see.
func TestRealFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/real/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, path+".golden", described(read(t, filepath.Base(path), content)))
		})
	}
}

// described writes what was read, as a person can check it.
func described(o *taken) string {
	sort.Strings(o.unread)
	return strings.Join([]string{
		o.text.String(), "-- columns --\n" + strings.Join(o.columns, "\n"), "-- cells --\n" + strings.Join(o.lines, "\n"),
		"-- unread --\n" + strings.Join(o.unread, "\n"), "-- skipped --\n" + strings.Join(o.skipped, "\n"), "",
	}, "\n")
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update and look at the change):\n%s", path, got)
	}
}

func FuzzFormats(f *testing.F) {
	files, err := filepath.Glob("testdata/real/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		if b, err := os.ReadFile(path); err == nil && len(b) < 64<<10 && !strings.HasSuffix(path, ".golden") {
			f.Add(filepath.Base(path), b)
		}
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		o := read(t, name, b)
		for _, u := range o.unread {
			if strings.Contains(u, "reader failed") {
				t.Error(u) // a panic of our own is a fault, even if it is caught
			}
		}
	})
}
