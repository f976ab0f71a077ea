package all

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/detectortest"
	"github.com/ecart-rgpd/ecart/detectors/fr"
	"github.com/ecart-rgpd/ecart/detectors/intl"
	"github.com/ecart-rgpd/ecart/detectors/places"
	"github.com/ecart-rgpd/ecart/rules"
)

// A detector that is declared and not listed never runs, and nobody notices.
func TestEveryDetectorIsListed(t *testing.T) {
	for folder, all := range map[string][]*detectors.Detector{"../fr": fr.All, "../intl": intl.All, "../places": places.All} {
		declared := declaredIn(t, folder)
		if len(declared) != len(all) {
			t.Errorf("%s: %d detectors declared, %d listed; declared: %s", folder, len(declared), len(all), strings.Join(declared, " "))
		}
	}
}

// declaredIn returns the variables of a folder that are a &detectors.Detector.
func declaredIn(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no Go files (%v)", folder, err)
	}
	var names []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 && isDetector(spec.Values[0]) {
				names = append(names, spec.Names[0].Name)
			}
			return true
		})
	}
	return names
}

func isDetector(e ast.Expr) bool {
	address, ok := e.(*ast.UnaryExpr)
	if !ok {
		return false
	}
	lit, ok := address.X.(*ast.CompositeLit)
	if !ok {
		return false
	}
	sel, ok := lit.Type.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Detector"
}

func TestDetectorsFitTheVocabulary(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	seen, used := map[string]bool{}, map[string]bool{}
	for _, d := range Values() {
		if seen[d.ID] {
			t.Errorf("%s: two detectors of that id", d.ID)
		}
		seen[d.ID], used[d.Context], used[d.Words], used[d.Against] = true, true, true, true
		if !slices.ContainsFunc(r.Categories, func(c rules.Category) bool { return c.ID == d.Category }) {
			t.Errorf("%s: no category %q in rules/categories.yml", d.ID, d.Category)
		}
	}
	for _, l := range r.Context {
		if !used[l.ID] {
			t.Errorf("rules/context: no detector uses the list %q", l.ID)
		}
	}
	if _, err := Engine(r); err != nil {
		t.Error(err)
	}
}

// What a detector sees, and its errors, are told to users.
func TestDetectorsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/accuracy.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range Values() {
		if !strings.Contains(string(page), "`"+d.ID+"`") {
			t.Errorf("docs/accuracy.md does not speak of %s", d.ID)
		}
	}
}

func TestPromisesOnNoise(t *testing.T) {
	for _, d := range Values() {
		t.Run(d.ID, func(t *testing.T) { detectortest.Promises(t, d) })
	}
}

func FuzzVerify(f *testing.F) {
	for _, s := range []string{
		"NIR 2 53 07 2A 999 004 05", "FR76 3000 6000 0112 3456 7890 189", "12 bis, rue de l’Essai 75011 Paris", "né le 12 mai 1985 à Lyon",
		"anne.essai@courrier.example", "+33 (0)6 39 98 12 34", "$GPRMC,1,A,4851.4,N,00221.1,E*6A", "P<UTOESSAI<<ANNE<<<<", "fe80::1", "48°51'24\"N 2°21'07\"E",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1000 {
			return
		}
		for _, d := range Values() {
			if problem := detectortest.Broken(d, text); problem != "" {
				t.Errorf("%s: %s", d.ID, problem)
			}
		}
	})
}
