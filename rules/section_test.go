package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A forgotten go generate would ship yesterday's vocabulary.
func TestCompiledIsCurrent(t *testing.T) {
	for _, section := range Sections() {
		want, err := Compile(section)
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := compiled.ReadFile("compiled/" + section + ".txt")
		if err != nil || string(got) != want {
			t.Errorf("section %s is not current: run go generate ./rules", section)
		}
	}
}

func TestCategoriesReadAlikeBothWays(t *testing.T) {
	r, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := Sources[[]Category](r, "categories")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || len(files[0].Body) != len(r.Categories) {
		t.Fatalf("%d files, %d categories compiled", len(files), len(r.Categories))
	}
	for i, c := range files[0].Body {
		if c != r.Categories[i] {
			t.Errorf("category %s: %+v compiled as %+v", c.ID, c, r.Categories[i])
		}
	}
}

func TestUserRules(t *testing.T) {
	for _, test := range []struct{ why, path, text, want string }{
		{"one file, its sections named", "mine.yml", "categories:\n- id: badge\n  regime: ordinary\n", ""},
		{"a folder per section", "categories/mine.yml", "- id: badge\n", ""},
		{"a key that does not exist", "mine.yml", "categories:\n- id: badge\n  colour: red\n", "mine.yml:3:3: unknown field \"colour\""},
		{"a section that does not exist", "mine.yml", "colours: []\n", "mine.yml:1:1: unknown section \"colours\": use one of"},
		{"a folder that is no section", "colours/mine.yml", "[]\n", "unknown section \"colours\""},
		{"not YAML", "mine.yml", "categories: [\n", "mine.yml:1:"},
		{"nothing in it", "mine.yml", "\n", "want one YAML document"},
	} {
		t.Run(test.why, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, filepath.FromSlash(test.path))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(test.text), 0o644); err != nil {
				t.Fatal(err)
			}
			r, err := Load(dir)
			switch {
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %s", err, test.want)
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want == "" && r.Categories[len(r.Categories)-1].ID != "badge":
				t.Error("the category of the user is not there")
			}
		})
	}
}
