package report

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

const (
	informationURI = "https://github.com/ecart-rgpd/ecart"
	sarifSchema    = "https://json.schemastore.org/sarif-2.1.0.json"
)

// SARIF writes the gaps for GitHub code scanning: one run, at most 1,000
// results, a rule for each gap and subject because GitHub takes severity and
// help from the rule.
func SARIF(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	gaps, folded := fold(slices.Clone(r.Gaps))
	driver := sarif.NewDriver("ecart").WithInformationURI(informationURI).WithVersion(o.Version)
	semantic := o.Version
	driver.SemanticVersion = &semantic
	run := sarif.NewRun(sarif.Tool{Driver: driver})
	run.Results = []*sarif.Result{}
	id := first(o.Category, "ecart/"+strings.Join(targets(r), "+")) + "/"
	run.AutomationDetails = &sarif.RunAutomationDetails{ID: &id}
	if trend := trendOf(r); trend != nil {
		run.AttachPropertyBag(&sarif.PropertyBag{Properties: sarif.Properties{"trend": trend}})
	}
	rules := map[string]int{}
	for i := range gaps {
		g := &gaps[i]
		n, known := rules[g.RuleID()]
		if !known {
			n = len(rules)
			rules[g.RuleID()] = n
			driver.AddRule(t.rule(r, g))
		}
		run.AddResult(t.result(g).WithRuleIndex(n))
	}
	t.notify(run.AddInvocation(r.Complete), r, folded)
	return encode(w, run)
}

// rule describes one kind of gap about one subject.
func (t *texts) rule(r *reconcile.Result, g *reconcile.Gap) *sarif.ReportingDescriptor {
	law := t.law(g)
	tags := []string{"privacy", "rgpd", "security", string(g.Kind)}
	var articles []string
	for _, l := range law {
		articles = append(articles, fmt.Sprintf("- [%s](%s) (%s)", l.Article, l.Source, l.AsOf))
	}
	help := t.help(g) + "\n\n" + t.say("Que faire", "What to do") + "\n\n" + t.next(g)
	markdown := t.help(g) + "\n\n### " + t.say("Que faire", "What to do") + "\n\n" + t.next(g)
	if len(articles) > 0 {
		markdown += "\n\n### " + t.say("Textes", "Law") + "\n\n" + strings.Join(articles, "\n")
	}
	level := ruleLevel(r, g)
	d := sarif.NewRule(g.RuleID()).WithName(ruleName(g)).WithDescription(t.title(g)).
		WithFullDescription(sarif.NewMultiformatMessageString(t.help(g))).
		WithHelp(sarif.NewMultiformatMessageString(help).WithMarkdown(markdown)).
		WithHelpURI(informationURI + "/blob/main/docs/gaps.md#" + string(g.Kind))
	d.DefaultConfiguration = sarif.NewReportingConfiguration().WithLevel(string(level))
	d.Properties = sarif.Properties{
		"tags": tags, "precision": precision(g), "security-severity": severity(g, level),
	}
	return d
}

// ruleLevel is the level of a rule: that of its kind and subject, not of one
// result, so that the rule reads the same in every report.
func ruleLevel(r *reconcile.Result, g *reconcile.Gap) reconcile.Level {
	switch g.Kind {
	case reconcile.DeclaredNotObserved, reconcile.RegisterIncomplete, reconcile.DeclarationToCheck, reconcile.PolicyRegisterMismatch:
		return g.Level
	}
	if g.Category == "" {
		return g.Level
	}
	return reconcile.Weight(r.Rules, g.Category)
}

// severity is GitHub's security-severity: over 9 critical, 7 high, 4 medium.
func severity(g *reconcile.Gap, l reconcile.Level) string {
	switch {
	case l == reconcile.Error && g.Category == "nir":
		return "9.1"
	case l == reconcile.Error:
		return "8.2"
	case l == reconcile.Warning:
		return "5.5"
	}
	return "2.0"
}

func precision(g *reconcile.Gap) string {
	switch {
	case g.Confidence >= 0.9:
		return "very-high"
	case g.Confidence >= 0.7:
		return "high"
	}
	return "medium"
}

// ruleName is the id as one word: UndeclaredCategoryNir.
func ruleName(g *reconcile.Gap) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(g.RuleID(), func(r rune) bool { return r == '-' || r == '/' || r == '_' || r == ' ' }) {
		b.WriteString(upperFirst(part))
	}
	return b.String()
}

// result is one gap. Its fingerprint is made of the rule and the canonical
// object: never of a line, a commit or a value.
func (t *texts) result(g *reconcile.Gap) *sarif.Result {
	message := t.annotation(g)
	if g.Folded > 1 {
		message += fmt.Sprintf(t.say(" (%d objets de ce dossier, dont %s)", " (%d objects of this folder, among them %s)"), g.Folded, Clean(strings.Join(g.Detail.Others, ", ")))
	}
	res := sarif.NewRuleResult(g.RuleID()).WithLevel(string(g.Level)).
		WithMessage(sarif.NewTextMessage(message + " " + t.next(g))).
		WithLocations([]*sarif.Location{location(g.Anchor.File, g.Anchor.Line)})
	res.Locations[0].LogicalLocations = []*sarif.LogicalLocation{sarif.NewLogicalLocation().WithFullyQualifiedName(Clean(g.At.String()))}
	res.PartialFingerprints = map[string]any{"primaryLocationLineHash": g.Fingerprint()}
	res.Properties = sarif.Properties{"ecart": identityOf(g)}
	if g.Weight > 0 {
		rank := float32(g.Weight)
		res.WithRank(rank)
	}
	if len(g.Flow) > 1 && inRepository(g) {
		res.CodeFlows = []*sarif.CodeFlow{codeFlow(g)}
	}
	if g.State != "" {
		state := map[reconcile.State]string{reconcile.New: "new", reconcile.Unchanged: "unchanged", reconcile.Gone: "absent"}[g.State]
		res.BaselineState = &state
	}
	if a := g.Accepted; a != nil {
		res.Suppressions = []*sarif.Suppression{sarif.NewSuppression("external").WithStatus("accepted").WithJustifcation(Clean(a.Reason))}
	}
	return res
}

// identity is what a later run must know of a result to compare with it: GitHub
// keeps no property, --baseline reads them back.
type identity struct {
	Category  string `json:"category,omitempty"`
	Recipient string `json:"recipient,omitempty"`
	Field     string `json:"field,omitempty"`
	Target    string `json:"target"`
	Location  string `json:"location"`
	Object    string `json:"object"`
	Treatment string `json:"treatment,omitempty"`
	System    string `json:"system,omitempty"`
	Folded    int    `json:"folded,omitempty"`
}

func identityOf(g *reconcile.Gap) identity {
	return identity{g.Category, g.Recipient, g.Field, g.At.Target, g.At.Path, g.Object, g.Treatment, g.System, g.Folded}
}

// location is a one-line region: GitHub shows an alert in a pull request only
// when all its lines are in the diff.
func location(file string, line int) *sarif.Location {
	return sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(sarif.NewSimpleArtifactLocation(uri(file))).
		WithRegion(sarif.NewSimpleRegion(line, line)))
}

// uri escapes a path of the repository.
func uri(file string) string {
	parts := strings.Split(file, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

func codeFlow(g *reconcile.Gap) *sarif.CodeFlow {
	flow := sarif.NewThreadFlow()
	for _, s := range g.Flow {
		l := location(stepFile(g, s), s.Line)
		l.Message = sarif.NewTextMessage(first(s.Note, "line "+strconv.Itoa(s.Line)))
		flow.Locations = append(flow.Locations, sarif.NewThreadFlowLocation().WithLocation(l))
	}
	return sarif.NewCodeFlow().WithThreadFlows([]*sarif.ThreadFlow{flow})
}

// inRepository tells whether a gap is shown at its own place: the steps of code
// that is elsewhere are lines of no file of the repository.
func inRepository(g *reconcile.Gap) bool {
	return g.Anchor.File == g.At.Path || strings.HasSuffix(g.Anchor.File, "/"+g.At.Path)
}

// stepFile is the file of a step, from the root of the repository: that of the
// gap, or another of the same target.
func stepFile(g *reconcile.Gap, s item.Step) string {
	if s.File == "" {
		return g.Anchor.File
	}
	if root, ok := strings.CutSuffix(g.Anchor.File, g.At.Path); ok { // the target may be a folder of the repository
		return root + s.File
	}
	return s.File
}

// notify says what was not read, and how much was folded.
func (t *texts) notify(inv *sarif.Invocation, r *reconcile.Result, folded int) {
	for _, name := range targets(r) {
		c := r.Coverage[name]
		if c.Stopped != "" {
			inv.ToolExecutionNotifications = append(inv.ToolExecutionNotifications, notification("error", Clean(name)+": "+t.reason(c.Stopped)))
		}
		for i, u := range c.Unread {
			if i == maxPerFolder {
				rest := fmt.Sprintf(t.say("%s : %d autres objets non lus", "%s: %d more objects not read"), name, len(c.Unread)-i)
				inv.ToolExecutionNotifications = append(inv.ToolExecutionNotifications, notification("warning", rest))
				break
			}
			text := fmt.Sprintf(t.say("Non lu : %s — %s", "Not read: %s — %s"), Clean(u.At.String()), t.reason(u.Reason))
			inv.ToolExecutionNotifications = append(inv.ToolExecutionNotifications, notification("warning", text))
		}
	}
	if folded > 0 {
		text := fmt.Sprintf(t.say("%d écarts regroupés par dossier", "%d gaps folded by folder"), folded)
		inv.ToolExecutionNotifications = append(inv.ToolExecutionNotifications, notification("note", text))
	}
}

func notification(level, text string) *sarif.Notification {
	n := sarif.NewNotification().WithLevel(level)
	n.Message = sarif.NewTextMessage(text)
	return n
}

// encode writes the log without the nulls that the library leaves in optional
// places, which validators refuse.
func encode(w io.Writer, run *sarif.Run) error {
	src, err := json.Marshal(map[string]any{"$schema": sarifSchema, "version": "2.1.0", "runs": []*sarif.Run{run}})
	if err != nil {
		return err
	}
	var tree any
	if err := json.Unmarshal(src, &tree); err != nil {
		return err
	}
	return writeJSON(w, prune(tree))
}

func prune(node any) any {
	switch n := node.(type) {
	case map[string]any:
		for k, v := range n {
			if v == nil {
				delete(n, k)
				continue
			}
			n[k] = prune(v)
		}
	case []any:
		for i, v := range n {
			n[i] = prune(v)
		}
	}
	return node
}
