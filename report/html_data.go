package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/rules"
)

// pageData is the JSON in the page. Texts that many gaps share are told once, in
// Texts, and named by their number.
type pageData struct {
	Words  map[string]string `json:"words"`
	Texts  []string          `json:"texts"`
	Rules  []pageRule        `json:"rules"`
	Gaps   []pageGap         `json:"gaps"`
	Folded int               `json:"folded"`
	Told   string            `json:"told,omitempty"` // why fewer are listed than are open
}

// pageRule is what all gaps of one rule share.
type pageRule struct {
	ID     string      `json:"id"`
	Kind   string      `json:"kind"`
	Family family      `json:"family"`
	Title  string      `json:"title"`
	Help   int         `json:"help"`
	Law    []rules.Law `json:"law"`
}

type pageGap struct {
	Rule      int             `json:"r"`
	Level     reconcile.Level `json:"l"`
	Message   string          `json:"m"`
	Next      int             `json:"n"`
	Sentence  int             `json:"s,omitempty"`
	Seen      int             `json:"seen"`
	Place     string          `json:"at"`
	Target    string          `json:"t"`
	Map       string          `json:"map,omitempty"` // node of the data map
	Category  int             `json:"cat"`
	CatID     string          `json:"c,omitempty"`
	Party     string          `json:"p,omitempty"`
	Treatment int             `json:"tr"`
	TrID      string          `json:"ti,omitempty"`
	Line      int             `json:"reg,omitempty"`
	Count     int             `json:"k,omitempty"`
	Oldest    string          `json:"o,omitempty"`
	Sure      int             `json:"sure"`
	Cover     int             `json:"cover,omitempty"`
	Anchor    string          `json:"a,omitempty"`
	Flow      []string        `json:"flow,omitempty"`
	Others    []string        `json:"others,omitempty"`
	Folded    int             `json:"f,omitempty"`
	Accepted  string          `json:"ok,omitempty"`
	State     reconcile.State `json:"st,omitempty"`
}

// A pool tells each text once. 0 is the empty text.
type pool struct {
	at  map[string]int
	all []string
}

func (p *pool) of(s string) int {
	if n, ok := p.at[s]; ok {
		return n
	}
	p.at[s] = len(p.all)
	p.all = append(p.all, s)
	return p.at[s]
}

// pageData holds the gaps, folded by folder as in every page.
func (t *texts) pageData(r *reconcile.Result) *pageData {
	gaps, folded := foldTo(slices.Clone(r.Gaps), pageGaps)
	d := &pageData{Words: t.words(), Folded: folded, Gaps: make([]pageGap, 0, len(gaps)), Rules: []pageRule{}}
	p := &pool{at: map[string]int{"": 0}, all: []string{""}}
	tables := map[string]bool{}
	for _, target := range r.Targets {
		tables[target.Name] = target.Tables
	}
	at, open := map[string]int{}, 0
	for i := range gaps {
		g := &gaps[i]
		if g.Accepted == nil && g.State != reconcile.Gone {
			open++
		}
		n, ok := at[g.RuleID()]
		if !ok {
			n = len(d.Rules)
			at[g.RuleID()] = n
			d.Rules = append(d.Rules, t.pageRule(g, p))
		}
		row := t.row(r, g, p)
		row.Rule = n
		if g.At.Target != "register" && g.At.Target != "policy" {
			row.Map = Clean(g.At.Target + ":" + reconcile.Place(g.At, tables[g.At.Target]))
		}
		d.Gaps = append(d.Gaps, row)
	}
	d.Texts = p.all
	d.Told = t.told(Count(r).Open() - open)
	return d
}

// told says why fewer gaps are listed than are open.
func (t *texts) told(n int) string {
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return t.say(" (1 autre est dit avec l'un d'eux)", " (1 more is told with one of them)")
	}
	return fmt.Sprintf(t.say(" (%s autres sont dits avec l'un d'eux ou regroupés)", " (%s more are told with one of them or folded)"), t.number(n))
}

func (t *texts) pageRule(g *reconcile.Gap, p *pool) pageRule {
	law := t.law(g)
	if law == nil {
		law = []rules.Law{}
	}
	return pageRule{ID: g.RuleID(), Kind: string(g.Kind), Family: familyOf(g.Kind), Title: Clean(t.title(g)), Help: p.of(t.help(g)), Law: law}
}

func (t *texts) row(r *reconcile.Result, g *reconcile.Gap, p *pool) pageGap {
	row := pageGap{
		Level: g.Level, Message: Clean(t.message(g)), Next: p.of(Clean(t.next(g))), Sentence: p.of(Clean(t.sentence(g))), Seen: p.of(t.evidence(g)),
		Place: Clean(t.place(g)), Target: Clean(g.At.Target), Category: p.of(t.subjectName(g)), CatID: g.Category, Count: g.Count, Oldest: g.Oldest, Sure: int(g.Confidence*100 + 0.5),
		Cover: p.of(t.cover(g)), Folded: g.Folded, State: g.State, Treatment: p.of(Clean(t.treatment(r, g))), TrID: g.Treatment,
	}
	if g.Recipient != "" {
		row.Party = Clean(t.recipient(g))
	}
	if g.Anchor.File != "" {
		row.Anchor = Clean(fmt.Sprintf("%s:%d", g.Anchor.File, g.Anchor.Line))
	}
	row.Line = p.of(Clean(t.registerLine(r, g)))
	for _, s := range g.Flow {
		row.Flow = append(row.Flow, Clean(strings.TrimSpace(fmt.Sprintf(t.say("%sligne %d %s", "%sline %d %s"), inFile(s), s.Line, s.Note))))
	}
	if g.Folded > 1 {
		for _, o := range g.Detail.Others {
			row.Others = append(row.Others, Clean(o))
		}
	}
	if a := g.Accepted; a != nil {
		row.Accepted = Clean(strings.Join(slices.DeleteFunc([]string{a.Reason, a.By, a.Until, a.Ticket}, func(s string) bool { return s == "" }), ", "))
	}
	return row
}

// inFile names the file of a step that is not that of the gap.
func inFile(s item.Step) string {
	if s.File == "" {
		return ""
	}
	return s.File + ", "
}

// place is where the gap is, as people would look for it.
func (t *texts) place(g *reconcile.Gap) string {
	switch g.At.Target {
	case "register":
		return t.say("registre : ", "register: ") + g.At.Path
	case "policy":
		return t.say("politique publiée : ", "published policy: ") + g.At.Path
	}
	s := g.At.String()
	if g.Folded > 1 {
		return g.Object
	}
	if g.At.Line > 0 {
		s += fmt.Sprintf(":%d", g.At.Line)
	}
	return s
}

// subjectName is the subject for filters and groups.
func (t *texts) subjectName(g *reconcile.Gap) string {
	if g.Category == "" {
		return ""
	}
	return t.label(g.Category)
}

// treatment is the name of the gap's treatment, else its id.
func (t *texts) treatment(r *reconcile.Result, g *reconcile.Gap) string {
	if r.Declared != nil {
		for i := range r.Declared.Treatments {
			if d := &r.Declared.Treatments[i]; d.ID == g.Treatment {
				return first(d.Name, d.ID)
			}
		}
	}
	return g.Treatment
}

// registerLine is the line of the register that says, or should say, it.
func (t *texts) registerLine(r *reconcile.Result, g *reconcile.Gap) string {
	if r.Declared == nil {
		return ""
	}
	line, what := 0, ""
	if g.At.Target == "register" {
		line, what = g.At.Line, g.At.Path
	}
	if s := r.Declared.System(g.System); s != nil && line == 0 {
		line, what = s.Line, t.say("système ", "system ")+first(s.Name, s.ID)
	}
	for i := range r.Declared.Treatments {
		if d := &r.Declared.Treatments[i]; d.ID == g.Treatment && d.ID != "" {
			what = t.say("traitement ", "treatment ") + first(d.Name, d.ID)
			if line == 0 || g.At.Target != "register" {
				line = d.Line
			}
		}
	}
	if line == 0 {
		return ""
	}
	return fmt.Sprintf(t.say("%s, ligne %d (%s)", "%s, line %d (%s)"), shortPath(r.Register), line, what)
}

// evidence says how the data is known, in a sentence.
func (t *texts) evidence(g *reconcile.Gap) string {
	if g.Evidence == "" {
		return t.say("lu dans la déclaration", "read in the declaration")
	}
	return t.seen(g)
}

func (t *texts) cover(g *reconcile.Gap) string {
	switch g.Cover {
	case reconcile.Vague:
		return t.say("déclaré vaguement : seul un groupe plus large l'est", "declared vaguely: only a wider group is")
	case reconcile.Omitted:
		return t.say("non déclaré", "not declared")
	case reconcile.Contradicted:
		return t.say("contredit la déclaration", "contradicts the declaration")
	case reconcile.Clear:
		return t.say("déclaré clairement", "declared clearly")
	}
	return ""
}
