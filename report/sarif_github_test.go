package report

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// The parts of SARIF that GitHub's rules are about.
type (
	ghText     struct{ Text, Markdown string }
	ghLocation struct {
		PhysicalLocation *struct {
			ArtifactLocation *struct {
				URI   string
				Index *int
			}
			Region *struct{ StartLine, EndLine int }
		}
	}
	ghRule struct {
		ID                                      string
		ShortDescription, FullDescription, Help *ghText
		Properties                              struct {
			Tags     []string
			Severity string `json:"security-severity"`
		}
	}
	ghResult struct {
		RuleID              string
		Level               string
		Message             *struct{ Text, ID string }
		Locations           []ghLocation
		PartialFingerprints map[string]string
		CodeFlows           []struct {
			ThreadFlows []struct {
				Locations []struct {
					Location *ghLocation
					Index    *int
				}
			}
		}
	}
	ghLog struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			Tool *struct {
				Driver *struct {
					Name  string
					Rules []ghRule
				}
			}
			Results []ghResult
		}
	}
)

// TestSARIFForGitHub applies GitHub's rules of the SARIF validator (GH1001 to
// GH2012) and the limits of code scanning to our own output.
func TestSARIFForGitHub(t *testing.T) {
	for _, n := range []int{0, 300, 12_000} {
		var b bytes.Buffer
		if err := SARIF(&b, sample(t, n, 3000, hostile), Options{Lang: "fr", Version: "1.2.3"}); err != nil {
			t.Fatal(err)
		}
		var log ghLog
		if err := json.Unmarshal(b.Bytes(), &log); err != nil {
			t.Fatal(err)
		}
		// GH1011, GH1013, GH1014, GH1018
		if log.Schema != sarifSchema || log.Version != "2.1.0" || len(log.Runs) != 1 || log.Runs[0].Results == nil || log.Runs[0].Tool == nil || log.Runs[0].Tool.Driver == nil || log.Runs[0].Tool.Driver.Name == "" {
			t.Fatalf("%d gaps: schema, version, run or tool is missing", n)
		}
		if got := len(log.Runs[0].Results); got > maxResults { // GH1004
			t.Errorf("%d gaps: %d results", n, got)
		}
		rules := map[string]bool{}
		for _, r := range log.Runs[0].Tool.Driver.Rules {
			if rules[r.ID] {
				t.Errorf("rule %s twice", r.ID)
			}
			rules[r.ID] = true
			checkRule(t, &r)
		}
		seen := map[string]bool{}
		for _, r := range log.Runs[0].Results {
			checkResult(t, &r, rules)
			if f := r.RuleID + r.PartialFingerprints["primaryLocationLineHash"]; seen[f] {
				t.Errorf("fingerprint of %s twice", r.RuleID)
			} else {
				seen[f] = true
			}
		}
	}
}

// checkRule is GH2012 and the limits of a rule.
func checkRule(t *testing.T, r *ghRule) {
	t.Helper()
	for name, text := range map[string]*ghText{"shortDescription": r.ShortDescription, "fullDescription": r.FullDescription, "help": r.Help} {
		if text == nil || text.Text == "" {
			t.Errorf("rule %s has no %s", r.ID, name)
		} else if name != "help" && utf8.RuneCountInString(text.Text) > 1024 {
			t.Errorf("rule %s: %s is too long", r.ID, name)
		}
	}
	if len(r.Properties.Tags) > 10 || r.Properties.Severity == "" {
		t.Errorf("rule %s: tags %v, severity %q", r.ID, r.Properties.Tags, r.Properties.Severity)
	}
}

// checkResult is GH1001 to GH1007 and GH1015 to GH1017.
func checkResult(t *testing.T, r *ghResult, rules map[string]bool) {
	t.Helper()
	if !rules[r.RuleID] || r.Message == nil || r.Message.Text == "" || r.Message.ID != "" || r.Level == "" || len(r.Locations) == 0 || r.PartialFingerprints["primaryLocationLineHash"] == "" {
		t.Errorf("result of %s: rule, message, level, location or fingerprint is missing", r.RuleID)
	}
	for i := range r.Locations {
		checkLocation(t, r.RuleID, &r.Locations[i])
	}
	for _, f := range r.CodeFlows {
		for _, th := range f.ThreadFlows {
			for _, l := range th.Locations {
				if l.Location == nil || l.Index != nil {
					t.Errorf("%s: a step of a flow is not inline", r.RuleID)
					continue
				}
				checkLocation(t, r.RuleID, l.Location)
			}
		}
	}
}

func checkLocation(t *testing.T, rule string, l *ghLocation) {
	t.Helper()
	p := l.PhysicalLocation
	if p == nil || p.ArtifactLocation == nil || p.ArtifactLocation.URI == "" || p.Region == nil || p.Region.StartLine < 1 || p.Region.EndLine != p.Region.StartLine {
		t.Errorf("%s: a location without file or line", rule)
		return
	}
	u, err := url.Parse(p.ArtifactLocation.URI)
	if err != nil || u.IsAbs() || strings.HasPrefix(u.Path, "/") || strings.Contains(u.Path, "\\") {
		t.Errorf("%s: %s is no relative path", rule, p.ArtifactLocation.URI)
	}
}

// TestSARIFReadBack takes a SARIF report, folded, as the baseline of the same
// result: all is known, nothing is gone; without its last gaps, those are gone.
func TestSARIFReadBack(t *testing.T) {
	r := sample(t, 300, 60, nil)
	var b bytes.Buffer
	if err := SARIF(&b, r, Options{Lang: "fr"}); err != nil {
		t.Fatal(err)
	}
	known, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, drop := range []int{0, 7} {
		now := append([]reconcile.Gap(nil), r.Gaps[:len(r.Gaps)-drop]...)
		got := map[reconcile.State]int{}
		for _, g := range reconcile.Compare(now, known, reconcile.Renamed(now, known)) {
			got[g.State]++
		}
		if got[reconcile.New] != 0 || got[reconcile.Gone] != drop {
			t.Errorf("%d gaps fewer: %v", drop, got)
		}
	}
}

// Lines of code that is elsewhere are steps in no file of the repository.
func TestFlowElsewhere(t *testing.T) {
	for file, want := range map[string]int{"src/app.py": 1, "depot/src/app.py": 1, "registre.yaml": 0} {
		g := reconcile.Gap{
			Kind: reconcile.UndeclaredRecipient, Recipient: "mailchimp", At: item.Location{Target: "code", Path: "src/app.py"}, Object: "code:src/app.py",
			Anchor: reconcile.Anchor{File: file, Line: 1}, Flow: []item.Step{{Line: 40, Note: "telephone"}, {File: "src/b.py", Line: 50}},
		}
		texts, err := newTexts(sample(t, 0, 0, nil), Options{Lang: "fr"})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(texts.result(&g).CodeFlows); got != want {
			t.Errorf("shown at %s: %d flows, want %d", file, got, want)
		}
	}
}

// A message that names no place says the true one where another is shown.
func TestAnnotation(t *testing.T) {
	texts, err := newTexts(sample(t, 0, 0, nil), Options{Lang: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	g := reconcile.Gap{Kind: reconcile.MissingLegalBasis, Category: "health", At: item.Location{Target: "rh", Path: "src/app.csv"}, Anchor: reconcile.Anchor{File: "registre.yaml", Line: 4}}
	if got := texts.annotation(&g); strings.Count(got, "rh:src/app.csv") != 1 {
		t.Errorf("the place is missing: %s", got)
	}
	g.Anchor.File = "src/app.csv"
	if got := texts.annotation(&g); got != texts.message(&g) {
		t.Errorf("shown at its place: %s", got)
	}
}
