package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// Markdown writes the report for a job summary, a comment or a wiki.
func Markdown(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	p := &page{w: w}
	n := Count(r)
	p.line("# %s\n", t.heading())
	p.line("<!-- ecart: report -->\n") // so that a later scan knows it
	p.line(t.say("%s (%s) ; %s.\n", "%s (%s); %s.\n"), t.tally(n), r.Date, t.past(n.Accepted, "accepté", "accepted"))
	if !r.Complete {
		p.line("**%s**\n", t.say("Incomplet : tout n'a pas été lu.", "Incomplete: not everything was read."))
	}
	gaps, folded := fold(append([]reconcile.Gap(nil), r.Gaps...))
	for _, f := range families {
		p.family(t, f, gaps)
	}
	if folded > 0 {
		p.line(t.say("\n%d écarts regroupés par dossier.", "\n%d gaps folded by folder."), folded)
	}
	p.acceptances(t, r)
	p.line("\n## %s\n", t.say("Ce qui a été lu", "What was read"))
	for _, name := range targets(r) {
		c := r.Coverage[name]
		p.line("- %s", escape(t.coverageLine(name, c)))
		for _, u := range c.Unread {
			p.line("  - %s %s — %s", t.say("non lu :", "not read:"), code(u.At.Path), escape(t.reason(u.Reason)))
		}
	}
	return p.err
}

// acceptances lists the entries that ran out and those that fit nothing.
func (p *page) acceptances(t *texts, r *reconcile.Result) {
	if len(r.Expired)+len(r.Unused) == 0 {
		return
	}
	p.line("\n## %s\n", t.say("Acceptations à revoir", "Acceptances to review"))
	for _, a := range r.Expired {
		p.line("- %s %s %s", fmt.Sprintf(t.say("échue le %s :", "expired on %s:"), escape(a.Until)), code(a.Gap), code(a.Location))
	}
	for _, a := range r.Unused {
		p.line("- %s %s %s", t.say("sans objet :", "fits no gap:"), code(a.Gap), code(a.Location))
	}
}

// heading names the report: without a register there is no gap to speak of.
func (t *texts) heading() string {
	if t.inventory {
		return t.say("Inventaire des données personnelles", "Inventory of personal data")
	}
	return t.say("Écarts entre le registre et la réalité", "Gaps between the register and reality")
}

// family writes the gaps that ask the same of people, the heaviest first.
func (p *page) family(t *texts, f family, gaps []reconcile.Gap) {
	headed := false
	for i := range gaps {
		if familyOf(gaps[i].Kind) != f {
			continue
		}
		if !headed {
			p.line("\n## %s\n", t.familyName(f))
			headed = true
		}
		p.markdown(t, &gaps[i])
	}
}

// markdown writes one gap as a list entry.
func (p *page) markdown(t *texts, g *reconcile.Gap) {
	mark := map[reconcile.Level]string{reconcile.Error: "🔴", reconcile.Warning: "🟠", reconcile.Note: "🔵"}[g.Level]
	suffix := ""
	if g.Accepted != nil {
		suffix = " — " + t.say("accepté : ", "accepted: ") + escape(g.Accepted.Reason)
	}
	switch g.State {
	case reconcile.Gone:
		suffix += " — " + t.say("disparu", "gone")
	case reconcile.New:
		suffix += " — **" + t.say("nouveau", "new") + "**"
	}
	if g.Folded > 1 {
		suffix += fmt.Sprintf(t.say(" — %d objets de ce dossier", " — %d objects of this folder"), g.Folded)
	}
	p.line("- %s **%s** %s%s", mark, escape(t.title(g)), escape(t.message(g)), suffix)
	p.line("  - %s %s", t.say("Où :", "Where:"), code(t.place(g)))
	p.line("  - %s %s", t.say("À faire :", "Next:"), escape(t.next(g)))
	var articles []string
	for _, l := range t.law(g) {
		articles = append(articles, fmt.Sprintf("[%s](%s)", l.Article, l.Source))
	}
	if len(articles) > 0 {
		p.line("  - %s", strings.Join(articles, ", "))
	}
}

// escape keeps names from becoming Markdown or HTML.
func escape(s string) string {
	return markdownEscaper.Replace(Clean(s))
}

var markdownEscaper = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "&lt;", ">", "&gt;", "|", "\\|", "#", "\\#", "!", "\\!", "@", "&#64;")

// code writes a path as code, whatever backquotes it holds.
func code(s string) string {
	return "`" + strings.ReplaceAll(Clean(s), "`", "'") + "`"
}
