package policy

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/goccy/go-yaml"
)

// A gold is the register a careful reader makes of a policy of testdata.
type gold struct {
	Organisation, DPO map[string]any
	Bases             []string
	Categories        []string
	Loose             []string // categories two readers could see differently
	Retention         []string
	Recipients        []string
	Tolerated         []string
	Transfers         string
	TransfersAccept   []string `yaml:"transfers_accept"`
	Rows              bool
	Treatments        []struct {
		Name, At                     string
		Aliases                      []string
		Bases, Categories, Retention []string
		Optional                     bool
	}
}

// A tally counts what was found, what was to be found, and what is both.
type tally struct{ right, found, want int }

func (t *tally) sets(found, want, loose []string) {
	for _, f := range found {
		switch {
		case slices.Contains(want, f):
			t.right++
			t.found++
		case !slices.Contains(loose, f):
			t.found++
		}
	}
	t.want += len(want)
}

func (t tally) f1() float64 {
	if t.found+t.want == 0 {
		return 1
	}
	return 2 * float64(t.right) / float64(t.found+t.want)
}

// The floor of each field over all policies of testdata: a change that reads one
// text better and others worse fails here.
var floors = map[string]float64{"bases": 0.97, "categories": 0.95, "retention": 0.98, "recipients": 0.91, "treatments": 0.93, "lines": 0.94, "transfers": 0.99}

func TestPolicies(t *testing.T) {
	files, err := filepath.Glob("testdata/policies/*.gold.yaml")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d gold files, %v", len(files), err)
	}
	sums := map[string]*tally{}
	for k := range floors {
		sums[k] = &tally{}
	}
	for _, g := range files {
		name := strings.TrimSuffix(g, ".gold.yaml")
		t.Run(filepath.Base(name), func(t *testing.T) { score(t, name, sums) })
	}
	for k, least := range floors {
		if f := sums[k].f1(); f < least {
			t.Errorf("%s: F1 %.3f, at least %.2f", k, f, least)
		} else {
			t.Logf("%s: F1 %.3f", k, f)
		}
	}
}

func score(t *testing.T, name string, sums map[string]*tally) {
	src, err := os.ReadFile(name + ".gold.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var want gold
	if err := yaml.Unmarshal(src, &want); err != nil {
		t.Fatal(err)
	}
	_, text := policyOf(t, name)
	r := draftOf(t, name).Draft
	bases, categories, spans := r.Document.LegalBases, idsOf(r.Document.Data), durationsOf(r.Document.Retention)
	names := named(r.Document.Recipients)
	for _, x := range r.Treatments {
		bases, categories = union(bases, x.LegalBases), union(categories, idsOf(x.Data))
		spans, names = union(spans, durationsOf(x.Retention)), union(names, named(x.Recipients))
	}
	for _, x := range []struct {
		field              string
		found, want, loose []string
	}{
		{"bases", bases, want.Bases, nil},
		{"categories", categories, want.Categories, want.Loose},
		{"retention", spans, want.Retention, nil},
		{"recipients", folded(names), folded(want.Recipients), folded(want.Tolerated)},
	} {
		sums[x.field].sets(x.found, x.want, x.loose)
		logDifference(t, x.field, x.found, x.want, x.loose)
	}
	said := transferOf(r)
	if said == want.Transfers || slices.Contains(want.TransfersAccept, said) {
		sums["transfers"].right++
	} else {
		t.Errorf("transfers: %s, want %s", said, want.Transfers)
	}
	sums["transfers"].found++
	sums["transfers"].want++
	scoreTreatments(t, r, &want, string(text), sums)
}

// logDifference says what a reading missed and what it made up.
func logDifference(t *testing.T, field string, found, want, loose []string) {
	for _, w := range want {
		if !slices.Contains(found, w) {
			t.Logf("%s: missed %s", field, w)
		}
	}
	for _, f := range found {
		if !slices.Contains(want, f) && !slices.Contains(loose, f) {
			t.Logf("%s: false %s", field, f)
		}
	}
}

// scoreTreatments counts the treatments that have nearly the name of the gold,
// and those that also stand on its line.
func scoreTreatments(t *testing.T, r *register.Register, want *gold, text string, sums map[string]*tally) {
	taken := map[int]bool{}
	for _, w := range want.Treatments {
		hit := -1
		for i, x := range r.Treatments {
			if taken[i] {
				continue
			}
			for _, n := range append(w.Aliases, w.Name) {
				if hit < 0 && similar(nameTokens(n), nameTokens(x.Name)) >= 0.5 {
					hit = i
				}
			}
		}
		if w.Optional && hit < 0 {
			continue
		}
		sums["treatments"].want++
		sums["lines"].want++
		if hit < 0 {
			t.Logf("missed: %s", w.Name)
			continue
		}
		taken[hit] = true
		sums["treatments"].right++
		sums["lines"].found++
		at := w.At
		if at == "" {
			at = w.Name
		}
		if slices.ContainsFunc(linesWith(text, at), func(n int) bool { return max(n-r.Treatments[hit].Line, r.Treatments[hit].Line-n) <= 2 }) {
			sums["lines"].right++
		}
	}
	for i, x := range r.Treatments {
		sums["treatments"].found++
		if !taken[i] {
			t.Logf("false: %s", x.Name)
		}
	}
}

// drafts are the readings of testdata: three tests ask for each, which takes a minute
// under the race detector.
var drafts = map[string]*register.Policy{}

func draftOf(t *testing.T, name string) *register.Policy {
	t.Helper()
	if drafts[name] == nil {
		file, text := policyOf(t, name)
		p, err := Read(file, text)
		if err != nil {
			t.Fatal(err)
		}
		drafts[name] = p
	}
	return drafts[name]
}

func policyOf(t *testing.T, name string) (string, []byte) {
	t.Helper()
	for _, ext := range []string{".txt", ".html", ".md"} {
		if text, err := os.ReadFile(name + ext); err == nil {
			return name + ext, text
		}
	}
	t.Fatalf("%s: no text", name)
	return "", nil
}

func linesWith(text, at string) (nos []int) {
	for i, l := range strings.Split(text, "\n") {
		if strings.Contains(fold(l), fold(at)) {
			nos = append(nos, i+1)
		}
	}
	return nos
}

func idsOf(data []register.Datum) (ids []string) {
	for _, d := range data {
		ids = append(ids, d.Category)
	}
	return ids
}

func durationsOf(list []register.Retention) (out []string) {
	for _, r := range list {
		if r.Duration != "" {
			out = append(out, r.Duration)
		}
	}
	return out
}

func named(list []register.Recipient) (out []string) {
	for _, r := range list {
		if r.Kind == "" {
			out = append(out, r.Name)
		}
	}
	return out
}

func union(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

func folded(list []string) (out []string) {
	for _, s := range list {
		out = append(out, fold(s))
	}
	return out
}

func transferOf(r *register.Register) string {
	said := "unstated"
	if r.Document.Transfers.None {
		said = "none"
	}
	if len(r.Document.Transfers.List) > 0 {
		said = "yes"
	}
	for _, x := range r.Treatments {
		if len(x.Transfers.List) > 0 {
			said = "yes"
		}
	}
	return said
}

// Every draft is a register that loads.
func TestDraftLoads(t *testing.T) {
	files, _ := filepath.Glob("testdata/policies/*.gold.yaml")
	for i, g := range files {
		file, text := policyOf(t, strings.TrimSuffix(g, ".gold.yaml"))
		p := draftOf(t, strings.TrimSuffix(g, ".gold.yaml"))
		var yaml, again strings.Builder
		if err := p.Draft.WriteYAML(&yaml); err != nil {
			t.Fatal(err)
		}
		if _, err := register.Parse(file, []byte(yaml.String())); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if i%4 > 0 { // a second reading costs as much as the first
			continue
		}
		q, _ := Read(file, text)
		if err := q.Draft.WriteYAML(&again); err != nil || again.String() != yaml.String() {
			t.Errorf("%s: two readings differ", file)
		}
	}
}

// No line of a source is outside its text.
func TestSourcesAreInTheText(t *testing.T) {
	files, _ := filepath.Glob("testdata/policies/*.gold.yaml")
	for _, g := range files {
		file, text := policyOf(t, strings.TrimSuffix(g, ".gold.yaml"))
		p := draftOf(t, strings.TrimSuffix(g, ".gold.yaml"))
		last := strings.Count(string(text), "\n") + 1
		for _, x := range p.Draft.Treatments {
			if x.Source == nil || x.Source.Line < 1 || x.Source.Line > last || x.Confidence <= 0 {
				t.Errorf("%s: %s: source %+v, confidence %v", file, x.ID, x.Source, x.Confidence)
			}
			for _, d := range x.Data {
				if d.Source == nil || d.Source.Line < 1 || d.Source.Line > last {
					t.Errorf("%s: %s/%s: source %+v", file, x.ID, d.Category, d.Source)
				}
			}
		}
	}
}

func TestBadInput(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       error
	}{
		{"empty.txt", "", ErrNoText},
		{"scan.txt", "\n \n\f\n", ErrNoText},
		{"english.txt", "Privacy policy. We collect your name and your e-mail address with the forms of this site.", ErrLanguage},
		{"huge.html", "<p>" + strings.Repeat("a", MaxBytes), ErrTooLarge},
		{"long.txt", strings.Repeat("mot ", maxText/4+1), ErrTooLarge},
	} {
		if _, err := Read(tt.name, []byte(tt.text)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if p, err := Read("court.txt", []byte("Politique de confidentialité\n\nNous respectons la vie privée de nos clients.\n")); err != nil || len(p.Draft.Treatments) > 0 {
		t.Errorf("a text that declares nothing: %v, %v", p, err)
	}
}

// What only stands in a definition, a right, a negation or a quotation of the law
// is not declared.
func TestNotDeclared(t *testing.T) {
	for _, text := range []string{
		"Définitions\n\nOn entend par données sensibles celles qui révèlent la santé ou la religion.",
		"Nos traitements\n\nNous ne collectons jamais votre numéro de sécurité sociale.",
		"Données collectées\n\nNous ne recueillons ni votre religion ni vos opinions politiques.",
		"Vos droits\n\nPour exercer vos droits, joignez une copie de votre pièce d'identité.",
		"Données collectées\n\nAucune donnée de santé n'est enregistrée.",
	} {
		p, err := Read("p.txt", []byte(text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if d := p.Draft.Document.Data; len(d) > 0 {
			t.Errorf("%q declares %s", text, d[0].Category)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/policies/*")
	for i, name := range files {
		if src, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, ".yaml") && i%4 < 2 {
			f.Add(src[:min(len(src), 2000)], uint8(len(f.Name())))
		}
	}
	f.Add([]byte("Finalité |\nBase légale |\n|\n1 |\nPaie |\n– contrat |\n"), uint8(0))
	f.Fuzz(func(t *testing.T, src []byte, kind uint8) {
		name := []string{"p.txt", "p.html", "p.md"}[kind%3]
		p, err := Read(name, src)
		if errors.Is(err, errFault) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		var out strings.Builder
		if err := p.Draft.WriteYAML(&out); err != nil {
			t.Fatal(err)
		}
		if _, err := register.Parse(name, []byte(out.String())); err != nil {
			t.Fatal(err)
		}
	})
}
