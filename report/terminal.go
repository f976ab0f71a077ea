package report

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// Terminal writes the report that a person reads first: gaps by place, the
// heaviest first, then what was read and what was not.
func Terminal(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	p := &page{w: w, color: o.Color}
	gaps, folded := fold(append([]reconcile.Gap(nil), r.Gaps...))
	for _, level := range []reconcile.Level{reconcile.Error, reconcile.Warning, reconcile.Note} {
		for i := range gaps {
			if g := &gaps[i]; g.Level == level && g.Accepted == nil && g.State != reconcile.Gone {
				p.gap(t, g)
			}
		}
	}
	if folded > 0 {
		p.line("%s", fmt.Sprintf(t.say("(%d écarts regroupés par dossier ; tous sont dans le JSON)", "(%d gaps folded by folder; all are in the JSON)"), folded))
	}
	p.coverage(t, r)
	p.sum(t, r)
	return p.err
}

// A page writes lines and keeps the first error.
type page struct {
	w     io.Writer
	color bool
	err   error
}

func (p *page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// paint colours s, on a terminal only.
func (p *page) paint(level reconcile.Level, s string) string {
	if !p.color {
		return s
	}
	code := map[reconcile.Level]string{reconcile.Error: "31;1", reconcile.Warning: "33", reconcile.Note: "36"}[level]
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *page) gap(t *texts, g *reconcile.Gap) {
	p.line("%s  %s%s", p.paint(g.Level, t.levelName(g.Level)), t.mark(g), t.message(g))
	if g.Folded > 1 {
		p.line("         %s", fmt.Sprintf(t.say("%d objets, dont %s", "%d objects, among them %s"), g.Folded, Clean(strings.Join(g.Detail.Others, ", "))))
	}
	p.line("         → %s  [%s]", t.next(g), g.RuleID())
}

// mark tells a gap that the baseline does not have.
func (t *texts) mark(g *reconcile.Gap) string {
	if g.State != reconcile.New {
		return ""
	}
	return t.say("NOUVEAU  ", "NEW  ")
}

func (t *texts) levelName(l reconcile.Level) string {
	names := map[reconcile.Level][2]string{
		reconcile.Error: {"ERREUR ", "ERROR  "}, reconcile.Warning: {"ATTENT.", "WARNING"}, reconcile.Note: {"NOTE   ", "NOTE   "},
	}[l]
	return t.say(names[0], names[1])
}

// coverage says what was read, target by target, and what was not.
func (p *page) coverage(t *texts, r *reconcile.Result) {
	p.line("")
	for _, name := range targets(r) {
		c := r.Coverage[name]
		p.line("%s", t.coverageLine(name, c))
		for i, u := range c.Unread {
			if i == 10 {
				p.line("  … %s", fmt.Sprintf(t.say("et %d autres (voir le JSON)", "and %d more (see the JSON)"), len(c.Unread)-i))
				break
			}
			place := Clean(u.At.Path)
			if u.At.Line > 0 {
				place += fmt.Sprintf(":%d", u.At.Line)
			}
			p.line("  %s %s — %s", t.say("non lu :", "not read:"), place, t.reason(u.Reason))
		}
		if c.Stopped != "" {
			p.line("  %s %s", t.say("arrêté :", "stopped:"), t.reason(c.Stopped))
		}
	}
}

func (t *texts) coverageLine(name string, c *item.Coverage) string {
	s := fmt.Sprintf(t.say("%s : %s, %s (%s)", "%s: %s, %s (%s)"), name, t.many(c.Items, "objet", "object"), t.past(c.Read, "lu", "read"), t.size(c.Bytes))
	if c.Unchanged > 0 {
		s += ", " + t.past(c.Unchanged, "inchangé", "unchanged")
	}
	for _, reason := range c.Reasons() {
		s += fmt.Sprintf(t.say(", %s : %d", ", %s: %d"), t.reason(reason), c.Skipped[reason])
	}
	if len(c.Unread) > 0 {
		s += ", " + t.past(len(c.Unread), "non lu", "not read")
	}
	return s
}

// size writes bytes for people: o, ko, Mo and a comma in French.
func (t *texts) size(n int64) string {
	s := Size(n)
	if t.lang == "en" {
		return s
	}
	return strings.Replace(strings.TrimSuffix(s, "B")+"o", ".", ",", 1)
}

// Size writes bytes for people.
func Size(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d B", n)
}

// sum is the last word: how many gaps, how many accepted, whether all was read.
func (p *page) sum(t *texts, r *reconcile.Result) {
	n := Count(r)
	p.line("")
	if r.Register == "" {
		p.inventory(t, r)
	}
	line := t.tally(n)
	if n.Accepted > 0 {
		line += t.say(" ; ", "; ") + t.past(n.Accepted, "accepté", "accepted")
	}
	if n.New+n.Unchanged+n.Gone > 0 {
		line += t.say(" ; ", "; ") + strings.Join([]string{t.past(n.New, "nouveau", "new"), t.past(n.Unchanged, "inchangé", "unchanged"), t.past(n.Gone, "disparu", "gone")}, ", ")
	}
	p.line("%s.", line)
	for _, a := range r.Expired {
		p.line(t.say("Acceptation échue le %s : %s %s", "Acceptance expired on %s: %s %s"), a.Until, a.Gap, Clean(a.Location))
	}
	for _, a := range r.Unused {
		p.line(t.say("Acceptation sans objet : %s %s", "Acceptance that fits no gap: %s %s"), a.Gap, Clean(a.Location))
	}
	if !r.Complete {
		p.line("%s", t.say("INCOMPLET : tout n'a pas été lu ; l'absence d'écart ailleurs n'est pas établie.", "INCOMPLETE: not everything was read; that there is no gap elsewhere is not established."))
	}
}

// tally is how many open gaps there are, by level.
func (t *texts) tally(n Counts) string {
	if t.inventory {
		return t.many(n.Open(), "constat", "observation")
	}
	return fmt.Sprintf(t.say("%s : %s, %d à examiner, %s", "%s: %s, %s, %s"), t.tallied(n)...)
}

func (t *texts) tallied(n Counts) []any {
	warnings := any(n.Levels[reconcile.Warning])
	if t.lang == "en" {
		warnings = t.many(n.Levels[reconcile.Warning], "", "warning")
	}
	return []any{t.many(n.Open(), "écart", "gap"), t.many(n.Levels[reconcile.Error], "erreur", "error"), warnings, t.many(n.Levels[reconcile.Note], "note", "note")}
}

// inventory says what was found when there is no register to compare with.
func (p *page) inventory(t *texts, r *reconcile.Result) {
	if len(r.Categories) == 0 {
		return
	}
	p.line("%s", t.say("Sans registre, ceci est un inventaire. Pour en commencer un : ecart scan … -o gaps.json, puis ecart register suggest gaps.json --write", "Without a register this is an inventory. To start one: ecart scan … -o gaps.json, then ecart register suggest gaps.json --write"))
	var ids []string
	for id := range r.Categories {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		p.line("  %-20s %6d  %s", id, r.Categories[id], t.label(id))
	}
}
