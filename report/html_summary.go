package report

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// cardLines is how many lines a card of the summary shows.
const cardLines = 6

// A card answers one question of the first screen.
type card struct {
	Family family
	Title  string
	Lead   string // the answer in one sentence
	Gaps   int
	Lines  []cardLine
	More   int // lines left out
}

// A cardLine is one rule: what it is about, how often and where first.
type cardLine struct {
	Rule  string
	Level reconcile.Level
	Text  string
	Gaps  int
	Place string
}

type unreadCard struct {
	Lead    string
	Objects int
	Lines   []string
	More    int
}

// cards gathers the open gaps by family and rule, the heaviest first.
func (t *texts) cards(r *reconcile.Result) []card {
	all := make([]card, 0, len(families))
	for _, f := range families {
		if t.alone && f != toCheck && !slices.ContainsFunc(r.Gaps, func(g reconcile.Gap) bool { return familyOf(g.Kind) == f }) {
			continue // nothing was read that could answer
		}
		c := card{Family: f, Title: t.familyName(f)}
		at := map[string]int{}
		for i := range r.Gaps {
			g := &r.Gaps[i]
			if familyOf(g.Kind) != f || g.Accepted != nil || g.Under != "" || g.State == reconcile.Gone {
				continue
			}
			c.Gaps++
			n, ok := at[g.RuleID()]
			if !ok {
				n = len(c.Lines)
				at[g.RuleID()] = n
				c.Lines = append(c.Lines, cardLine{Rule: g.RuleID(), Level: g.Level, Text: Clean(t.title(g)), Place: Clean(t.place(g))})
			}
			c.Lines[n].Gaps++
		}
		sort.SliceStable(c.Lines, func(i, j int) bool {
			a, b := &c.Lines[i], &c.Lines[j]
			if a.Level != b.Level {
				return rank(a.Level) < rank(b.Level)
			}
			return a.Gaps > b.Gaps
		})
		c.Lead = t.lead(f, len(c.Lines), c.Gaps)
		c.More = max(0, len(c.Lines)-cardLines)
		c.Lines = c.Lines[:len(c.Lines)-c.More]
		all = append(all, c)
	}
	return all
}

// counted counts gaps, or what an inventory has instead.
func (t *texts) counted(n int) string {
	if t.inventory {
		return t.many(n, "constat", "observation")
	}
	return t.many(n, "écart", "gap")
}

// observed is the word beside the count of the summary.
func (t *texts) observed(n int) string {
	switch {
	case t.inventory && n > 1:
		return t.say("constats", "observations")
	case t.inventory:
		return t.say("constat", "observation")
	case n > 1:
		return t.say("écarts ouverts", "open gaps")
	}
	return t.say("écart ouvert", "open gap")
}

// lead answers the question of a family in one sentence.
func (t *texts) lead(f family, subjects, gaps int) string {
	if gaps == 0 {
		switch {
		case f == toDeclare && t.inventory:
			return t.say("Aucune donnée personnelle n'a été reconnue dans ce qui a été lu.", "No personal data was recognised in what was read.")
		case f == toDeclare:
			return t.say("Rien de ce qui a été lu ne manque au registre.", "Nothing that was read is missing from the register.")
		case f == toRemove:
			return t.say("Rien à retirer n'a été vu dans ce qui a été lu.", "Nothing to remove was seen in what was read.")
		}
		if t.inventory {
			return t.say("Aucun registre n'a été donné : il n'y a rien à compléter.", "No register was given: there is nothing to complete.")
		}
		return t.say("Les déclarations n'appellent pas de remarque.", "The declarations call for no remark.")
	}
	where := fmt.Sprintf(t.say("%s, en %s.", "%s, in %s."), t.counted(gaps), t.many(subjects, "sujet", "subject"))
	switch {
	case f == toDeclare && t.inventory:
		return t.say("Présent dans ce qui a été lu : ", "Present in what was read: ") + where
	case f == toDeclare:
		return t.say("Présent, mais absent du registre : ", "There, but not in the register: ") + where
	case f == toRemove:
		return t.say("Ne devrait pas être là, ou pas ainsi : ", "Should not be there, or not like this: ") + where
	}
	return t.say("Dans le registre ou la politique : ", "In the register or the policy: ") + where
}

// unread answers what could not be read.
func (t *texts) unread(r *reconcile.Result) unreadCard {
	var u unreadCard
	for _, name := range targets(r) {
		c := r.Coverage[name]
		u.Objects += len(c.Unread)
		if c.Stopped != "" {
			u.Lines = append(u.Lines, Clean(name+t.say(" : arrêté, ", ": stopped, "))+t.reason(c.Stopped))
		}
		for _, x := range c.Unread {
			u.Lines = append(u.Lines, Clean(t.unreadPlace(x))+" — "+t.reason(x.Reason))
		}
	}
	u.Lead = t.say("Tout ce qui a été désigné a été lu.", "All that was named was read.")
	if len(u.Lines) > 0 {
		u.Lead = fmt.Sprintf(t.say("%s : rien n'y est établi, ni présence ni absence.", "%s: nothing is known of them, neither presence nor absence."), t.many(max(u.Objects, 1), "objet non lu", "object")+t.say("", " not read"))
	}
	u.More = max(0, len(u.Lines)-cardLines)
	u.Lines = u.Lines[:len(u.Lines)-u.More]
	return u
}

func (t *texts) unreadPlace(u item.Unread) string {
	if u.At.Line > 0 {
		return fmt.Sprintf("%s:%d", u.At, u.At.Line)
	}
	return u.At.String()
}

// pageCoverage is what was read of one target.
type pageCoverage struct {
	Target, Line string
	Complete     bool
	Unread       []string
	More         int
}

// maxUnreadShown bounds the list of one target; the JSON holds all.
const maxUnreadShown = 500

func (t *texts) coverages(r *reconcile.Result) []pageCoverage {
	all := make([]pageCoverage, 0, len(r.Coverage))
	for _, name := range targets(r) {
		c := r.Coverage[name]
		_, line, _ := strings.Cut(t.coverageLine(name, c), ": ")
		p := pageCoverage{Target: Clean(name), Line: Clean(strings.TrimSpace(line)), Complete: c.Complete()}
		if c.Stopped != "" {
			p.Unread = append(p.Unread, t.say("arrêté : ", "stopped: ")+t.reason(c.Stopped))
		}
		for i, u := range c.Unread {
			if i == maxUnreadShown {
				p.More = len(c.Unread) - i
				break
			}
			p.Unread = append(p.Unread, Clean(t.unreadPlace(u))+" — "+t.reason(u.Reason))
		}
		all = append(all, p)
	}
	return all
}

// A mapTable is one step of the data map in words, for those who do not see the
// picture: from, to, gap.
type mapTable struct {
	Title string
	Rows  []mapRow
	More  int
}

type mapRow struct {
	From, To string
	Objects  int
	Gap      bool
}

// maxMapRows bounds one table; the JSON and the workbook hold all.
const maxMapRows = 2000

func (d *dataMap) tables(t *texts) []mapTable {
	titles, at := t.mapTitles(), d.index()
	all := make([]mapTable, 0, mapColumns-1)
	for c := 0; c < mapColumns-1; c++ {
		table := mapTable{Title: titles[c] + " → " + strings.ToLower(titles[c+1])}
		for _, l := range d.Links {
			from, to := at[c][l.From], at[c+1][l.To]
			if l.Column != c || from == nil || to == nil {
				continue
			}
			if len(table.Rows) == maxMapRows {
				table.More++
				continue
			}
			table.Rows = append(table.Rows, mapRow{from.Label, to.Label, l.Objects, l.Gap})
		}
		all = append(all, table)
	}
	return all
}
