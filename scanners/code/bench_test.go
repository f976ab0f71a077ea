package code

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(nil); err != nil {
			b.Fatal(err)
		}
	}
}

// goTree reads the Go files of the Go source tree.
func goTree(tb testing.TB) (files map[string][]byte, total int) {
	tb.Helper()
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		tb.Fatal(err)
	}
	root := filepath.Join(strings.TrimSpace(string(goroot)), "src")
	files = map[string][]byte{}
	err = filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(p, ".go") {
			return err
		}
		text, err := os.ReadFile(p)
		files[strings.ToLower(filepath.ToSlash(strings.TrimPrefix(p, root)))] = text
		total += len(text)
		return err
	})
	if err != nil || total == 0 {
		tb.Skip("no source tree of Go here")
	}
	return files, total
}
