package repo_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ecart-rgpd/ecart/scanners/repo"
)

// TestWorkTreeExclude compares with what git itself says is ignored.
func TestWorkTreeExclude(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		".gitignore": "*.log\n/build/\n!keep.log\n", "src/.gitignore": "local.*\n", "src/local.cfg": "", "src/main.go": "", "a.log": "", "keep.log": "",
		"build/out.txt": "", "tracked.log": "", "sub/build/kept.txt": "", "été.log": "",
	} {
		write(t, filepath.Join(dir, name), text)
	}
	git(t, dir, "init", "-q")
	git(t, dir, "add", "-f", "tracked.log")
	w, err := repo.OpenWorkTree(filepath.Join(dir, "src"))
	if err != nil {
		t.Fatal(err)
	}
	for name, ignored := range map[string]bool{
		"a.log": true, "été.log": true, "keep.log": false, "build": true, "src/local.cfg": true, "src/main.go": false, "tracked.log": false, "sub/build/kept.txt": false,
	} {
		if got := w.Exclude(filepath.Join(dir, name)) != ""; got != ignored {
			t.Errorf("%s ignored: %v, want %v", name, got, ignored)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
