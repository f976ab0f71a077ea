package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestFuzzList wants every fuzz target of the project in the workflow of the
// night, and nothing else: a target nobody runs finds nothing.
func TestFuzzList(t *testing.T) {
	var workflow struct {
		Jobs map[string]struct {
			Strategy struct {
				Matrix struct {
					Include []struct{ Package, Target string }
				}
			}
		}
	}
	text, err := os.ReadFile("../../.github/workflows/fuzz.yml")
	if err == nil {
		err = yaml.Unmarshal(text, &workflow)
	}
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, l := range workflow.Jobs["fuzz"].Strategy.Matrix.Include {
		listed = append(listed, l.Package+" "+l.Target)
	}
	slices.Sort(listed)
	if there := fuzzTargets(t); !slices.Equal(listed, there) {
		t.Errorf("listed\n%s\nthere are\n%s", strings.Join(listed, "\n"), strings.Join(there, "\n"))
	}
}

var fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzzTargets finds them in the source.
func fuzzTargets(t *testing.T) (list []string) {
	err := filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range fuzzTarget.FindAllSubmatch(text, -1) {
			folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../../")
			list = append(list, "./"+folder+" "+string(m[1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}
