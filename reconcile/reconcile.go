package reconcile

import (
	"slices"
	"sort"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

// A judge turns one finding into gaps. It sees the finding and what the register
// says of its place, nothing else.
type judge func(*run, *detectors.Finding, claim) []Gap

// judges are asked of every finding, in this order.
var judges = []judge{
	personalDataInHistory,
	undeclared,
	nirFound,
	retentionExceeded,
	keptTooLong,
	practiceSeen,
	thirdSeen,
	personalDataInLogs,
	plaintextCredential,
	forbiddenData,
}

// A closing judges the whole once all findings are in: what was declared and
// never seen, and the documents themselves.
type closing func(*run) []Gap

var closings = []closing{
	namesTooOld,
	declaredNotObserved,
	declarations,
	undeclaredRecipient,
	undeclaredTransfer,
	recipientNotObserved,
	practicesAbsent,
	purgesTooLate,
	policyDeclared,
}

// A run is one reconciliation on its way.
type run struct {
	Input
	targets map[string]Target
	claims  *claims
	gaps    map[string]*Gap // by identity
	// observed counts objects per system and category.
	observed  map[[2]string]int
	found     map[string]int // objects per category
	parties   parties        // third parties seen
	sightings *sightings
	practices practices
	stored    stored
	headings  headings
	weights   []rules.Weight
	fits      map[pathKey]bool // what their paths were asked
	begin     *starts
	present   present
}

// Reconcile compares the register with the findings.
func Reconcile(in Input) Result {
	r := &run{Input: in, targets: map[string]Target{}, gaps: map[string]*Gap{}, observed: map[[2]string]int{}, found: map[string]int{}, sightings: newSightings(), present: present{}}
	for _, t := range in.Targets {
		r.targets[t.Name] = t
	}
	r.claims = newClaims(in)
	for f := range in.Findings {
		if f.Past == nil && f.Evidence == detectors.ByValue && r.targets[f.At.Target].Code {
			r.present.add(&f) // however doubtful: it is not gone
		}
		if f.Confidence < detectors.Sure || f.Specimen {
			continue
		}
		c := r.claims.of(&f)
		r.observe(&f, c)
		for _, j := range judges {
			r.add(j(r, &f, c)...)
		}
	}
	for _, c := range closings {
		r.add(c(r)...)
	}
	return r.result()
}

// observe notes what was seen where, for what is declared and never seen.
func (r *run) observe(f *detectors.Finding, c claim) {
	if f.Category == "" || f.Past != nil {
		return
	}
	r.found[f.Category]++
	r.sightings.add(f, c, r.targets[f.At.Target].Tables)
	for _, s := range c.systems {
		r.observed[[2]string{s.ID, f.Category}]++
	}
}

// add merges gaps of one identity: the first place stands, the rest counts.
func (r *run) add(gaps ...Gap) {
	for _, g := range gaps {
		id := g.RuleID() + "\x00" + g.Object
		old, ok := r.gaps[id]
		if !ok {
			r.gaps[id] = &g
			continue
		}
		old.merge(g)
	}
}

// merge adds another sighting of the same gap.
func (g *Gap) merge(o Gap) {
	switch a, b := strength(g.Evidence), strength(o.Evidence); {
	case a == b:
		g.Count += o.Count
	case b > a: // values say more than the name of their column
		g.Evidence, g.Count, g.At.Line = o.Evidence, o.Count, o.At.Line
	}
	g.Confidence = max(g.Confidence, o.Confidence)
	if rank(o.Level) < rank(g.Level) {
		g.Level = o.Level
	}
	if o.Oldest != "" && (g.Oldest == "" || o.Oldest < g.Oldest) {
		g.Oldest = o.Oldest
	}
	if len(g.Flow) == 0 {
		g.Flow = o.Flow
	}
}

// strength orders evidence: what was seen says more than what it is called.
func strength(e detectors.Evidence) int {
	return slices.Index([]detectors.Evidence{detectors.BySight, detectors.ByWord, detectors.ByName, detectors.ByFlow, detectors.ByMetadata, detectors.ByValue}, e)
}

// result sorts the gaps and settles what depends on all of them.
func (r *run) result() Result {
	res := Result{Date: r.Date, Complete: true, Coverage: r.Coverage, Targets: r.Targets, Rules: r.Rules, Categories: r.found, Declared: r.Register, Seen: r.sightings.sorted()}
	if r.Register != nil {
		res.Register = r.Register.File
	}
	for _, c := range r.Coverage {
		res.Complete = res.Complete && c.Complete()
	}
	res.Gaps = make([]Gap, 0, len(r.gaps)) // 50,000 of them are 40 MB: no room to spare
	for id, g := range r.gaps {
		g.Anchor = r.anchor(g)
		res.Gaps = append(res.Gaps, *g)
		delete(r.gaps, id)
	}
	link(res.Gaps)
	for i := range res.Gaps {
		r.weigh(&res.Gaps[i])
	}
	sort.Slice(res.Gaps, func(i, j int) bool { return less(&res.Gaps[i], &res.Gaps[j]) })
	res.Unused, res.Expired = accept(res.Gaps, r.Accept, r.Date, r.targets)
	res.Gaps = slices.DeleteFunc(res.Gaps, r.before)
	return res
}

// before tells a gap of the declarations that stood before the change that is
// looked at.
func (r *run) before(g Gap) bool {
	if r.Added == nil || g.At.Target != OnRegister && g.At.Target != OnPolicy {
		return false
	}
	if _, scanned := r.targets[g.At.Target]; scanned { // a target of that name
		return false
	}
	return !r.Added(g.At.Target, g.Anchor.Line)
}

// less orders gaps by weight, kind, place and subject: the same input gives the
// same order on any machine.
func less(a, b *Gap) bool {
	for _, c := range []int{
		rank(a.Level) - rank(b.Level),
		b.Weight - a.Weight,
		compare(string(a.Kind), string(b.Kind)),
		compare(a.At.Target, b.At.Target),
		compare(a.Object, b.Object),
	} {
		if c != 0 {
			return c < 0
		}
	}
	return a.Subject() < b.Subject()
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// rank orders levels, the heaviest first.
func rank(l Level) int {
	switch l {
	case Error:
		return 0
	case Warning:
		return 1
	}
	return 2
}

// object is the canonical name of what a finding is about: the declaration or
// the sink in code, the column of a table, else the file.
func object(f *detectors.Finding, tables bool) string {
	name := f.At.Target + ":" + f.At.Path
	switch {
	case f.Sink != "":
		return name + "#" + f.Scope + ">" + string(f.Sink)
	case tables && f.At.Column != "":
		return name + "." + f.At.Column
	case f.Declared:
		return name + "#" + f.At.Table + "." + first(f.Identifier, f.At.Column)
	}
	return name
}

// from starts a gap from a finding.
func (r *run) from(kind Kind, f *detectors.Finding) Gap {
	tables := r.targets[f.At.Target].Tables
	at := f.At
	if tables && at.Column != "" {
		at.Path += "." + at.Column
	}
	return Gap{
		Kind: kind, Category: f.Category, At: at, Object: object(f, tables), Level: r.level(f),
		Count: f.Count, Oldest: oldest(f), Confidence: f.Confidence, Evidence: f.Evidence, Flow: f.Flow, Sink: f.Sink, Everyone: f.Everyone,
		Detail: Detail{InName: f.Detector == detectors.ByFileName},
	}
}

// oldest is the oldest credible date of the data of a finding.
func oldest(f *detectors.Finding) string {
	if f.Oldest != "" {
		return f.Oldest
	}
	return f.Date
}
