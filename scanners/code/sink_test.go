package code

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// extensions of the languages as examples name them.
var extensions = map[string]string{"php": ".php", "python": ".py", "javascript": ".ts", "java": ".java", "kotlin": ".kt", "c#": ".cs", "go": ".go", "ruby": ".rb"}

// The examples of each sink hold.
func TestSinkExamples(t *testing.T) {
	files, err := rules.Sources[words](nil, "code")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, s := range f.Body.Sinks {
			if s.Why == "" || len(s.Hit) == 0 || len(s.Miss) == 0 {
				t.Errorf("%s: %s lacks why, hit or miss", f.Name, s.ID)
			}
			for _, h := range s.Hit {
				if !reaches(t, h, s) {
					t.Errorf("%s: %s misses %s", f.Name, s.ID, h)
				}
			}
			for _, m := range s.Miss {
				if reaches(t, m, s) {
					t.Errorf("%s: %s takes %s", f.Name, s.ID, m)
				}
			}
		}
		for _, p := range f.Body.Permissions {
			for _, h := range p.Hit {
				if seg := readText(t, "AndroidManifest.xml", h); len(seg.Columns) != 1 || seg.Columns[0].Name != p.Name {
					t.Errorf("%s: %s misses %s", f.Name, p.ID, h)
				}
			}
			for _, m := range p.Miss {
				if seg := readText(t, "AndroidManifest.xml", m); len(seg.Columns) != 0 {
					t.Errorf("%s: %s takes %s", f.Name, p.ID, m)
				}
			}
		}
	}
}

func reaches(t *testing.T, example string, s sinkRule) bool {
	t.Helper()
	lang, code, _ := strings.Cut(example, ": ")
	switch lang {
	case "php":
		code = "<?php " + code
	case "go":
		code = "package a\n" + code
	case "ruby":
		code = strings.Replace(code, ") ", ")\n  ", 1)
		code = strings.Replace(code, " end", "\nend\n", 1)
	case "python":
		code = strings.Replace(code, "): ", "):\n    ", 1) + "\n"
	}
	// a word of persons, so that the file is read at all
	seg := readText(t, "src/exemple"+extensions[lang], code)
	for _, f := range seg.Flows {
		if f.Sink == s.Sink {
			return true
		}
	}
	return false
}
