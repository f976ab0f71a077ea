package main

import (
	"io"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/names"
	"github.com/ecart-rgpd/ecart/rules"
)

// explainName prints what was considered when a name was judged: its words, the
// evidence for each category with its weight, what won, what would change it.
func explainName(w io.Writer, r *rules.Rules, name, lang string) error {
	judge, err := names.New(r)
	if err != nil {
		return err
	}
	p := printer{w: w, lang: lang}
	e := judge.Explain(names.ParseExample(name), lang)
	p.line("%s", name)
	for _, word := range e.Words {
		p.line("  %s", word)
	}
	for i, v := range e.Verdicts {
		p.line("\n%s (%s, %s)%s", r.Category(v.Category).Label.In(lang), v.Category, v.Rule, p.outcome(i, v))
		for _, reason := range v.Reasons {
			p.line("  %+.2f  %s", reason.Weight, reason.What)
		}
		p.line("  %5.2f  %s", v.Confidence, p.say("confiance", "confidence"))
	}
	if len(e.Verdicts) == 0 {
		p.line("\n%s", p.say("Aucun mot de ce nom ne parle d'une personne.", "No word of this name speaks of a person."))
	}
	if len(e.Changes) > 0 {
		p.line("\n%s", p.say("Ce qui changerait le verdict :", "What would change the verdict:"))
	}
	for _, change := range e.Changes {
		p.line("  %s", change)
	}
	return p.err
}

func (p *printer) outcome(i int, v detectors.Verdict) string {
	switch {
	case v.Confidence < detectors.Sure:
		return p.say(" : écarté", ": set aside")
	case i == 0:
		return p.say(" : retenu", ": kept")
	}
	return p.say(" : retenu aussi", ": kept too")
}

// reasons prints the evidence for the category a column was judged to hold.
func (p *printer) reasons(r *rules.Rules, name string) {
	judge, err := names.New(r)
	if err != nil {
		p.err = err
		return
	}
	e := judge.Explain(names.ParseExample(name), p.lang)
	for i, v := range e.Verdicts {
		if i > 0 {
			break
		}
		for _, reason := range v.Reasons {
			p.line("  %+.2f  %s", reason.Weight, reason.What)
		}
	}
}
