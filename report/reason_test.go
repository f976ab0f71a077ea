package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestReasonInFrench(t *testing.T) {
	r, err := newReasons()
	if err != nil {
		t.Fatal(err)
	}
	for en, want := range map[string]string{
		"unknown format":                     "format inconnu",
		"excluded by .ecartignore":           "exclu par .ecartignore",
		"rows not read: no right to read it": "lignes non lues : pas de droit de la lire",
		"no right to read 2 of its 7 columns: judged by their names alone": "pas de droit de lire 2 de ses 7 colonnes : jugées d'après leurs noms seuls",
		"rule maison: the pattern reached its limit of time here":          "règle maison : le motif a atteint sa limite de temps ici",
		"the reader failed on it (runtime.boundsError)":                    "le lecteur a échoué (runtime.boundsError)",
		"git cat-file failed; an object it rests on is not here":           "git cat-file a échoué ; un objet dont il dépend n'est pas là",
		"a reason of someone else":                                         "a reason of someone else",
	} {
		if got := r.french(en); got != want {
			t.Errorf("%q in French is %q, want %q", en, got, want)
		}
	}
}

// TestReasonsAreTranslated reads the scanners for the reasons they give and
// fails on one that French reports would show in English.
func TestReasonsAreTranslated(t *testing.T) {
	r, err := newReasons()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = filepath.WalkDir("../scanners", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, reason := range givenReasons(n) {
				seen++
				if r.french(reason) == reason && !sameInFrench[reason] {
					t.Errorf("%s: %q has no French: add it to rules/reasons.yml and run go generate ./rules", path, reason)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 30 {
		t.Errorf("only %d reasons found: does this test still know how they are given?", seen)
	}
}

var sameInFrench = map[string]bool{}

// givenReasons are the literals of a call that gives a reason.
func givenReasons(n ast.Node) (all []string) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	switch name {
	case "Reason", "skip", "Skipped", "Unread", "unread":
	default:
		return nil
	}
	for _, a := range call.Args {
		if lit, ok := a.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyz") {
				all = append(all, s)
			}
		}
	}
	return all
}
