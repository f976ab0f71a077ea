package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/report"
	"github.com/ecart-rgpd/ecart/rules"
)

func explainCommand() *cobra.Command {
	f := &explainFlags{}
	cmd := &cobra.Command{
		Use:   "explain RULE|CATEGORY|FILE:LINE",
		Short: "Say why something is a gap, with the law and what to do",
		Long: `Explain a kind of gap, a category of data, what is found on one line of a file, or how a
name of a column or field is judged.

Exit status: 0 explained, 2 nothing of that name, 3 the file of FILE:LINE could not be read.`,
		Example: `  ecart explain undeclared-category/nir
  ecart explain health
  ecart explain sql/schema.sql:12
  ecart explain --name client.num_secu`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd, args)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&f.name, "name", "", "a column or field to judge: container.name, optionally with its type: \"client.num_secu char(15)\"")
	fs.StringVar(&f.lang, "lang", "", "language of the answer: fr or en")
	fs.StringArrayVar(&f.rules, "rules", nil, "file or folder of rules of your own (repeatable)")
	fs.StringVar(&f.config, "config", "", "configuration, for the register a line is compared with")
	fs.StringVar(&f.register, "register", "", "the register a line is compared with")
	return cmd
}

type explainFlags struct {
	name, lang, config, register string
	rules                        []string
}

func (f *explainFlags) run(cmd *cobra.Command, args []string) error {
	lang, err := language(f.lang)
	if err != nil {
		return err
	}
	r, err := rules.Load(f.rules...)
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	switch {
	case f.name != "":
		return explainName(w, r, f.name, lang)
	case len(args) == 0:
		return fmt.Errorf("nothing to explain: give a rule, a category or FILE:LINE, or --name")
	}
	kind, subject, _ := strings.Cut(args[0], "/")
	gaps, err := r.Gaps()
	if err != nil {
		return err
	}
	if g, ok := gaps[kind]; ok {
		return explainGap(w, r, g, subject, lang)
	}
	if c := r.Category(args[0]); c.ID != "" {
		return explainCategory(w, r, c, lang)
	}
	weights, err := r.Weights()
	if err != nil {
		return err
	}
	for _, e := range weights {
		if e.ID == args[0] {
			p := printer{w: w, lang: lang}
			p.line("%s — %s (%+d/100)", e.ID, e.Title.In(lang), e.Add)
			p.line("%s", e.Why.In(lang))
			return p.err
		}
	}
	if file, line, ok := fileLine(args[0]); ok {
		return f.explainLine(cmd.Context(), w, file, line, lang)
	}
	return fmt.Errorf("explain %s: neither a rule, a category nor FILE:LINE: `ecart rules list` shows the first two", args[0])
}

// explainGap prints what a kind of gap means.
func explainGap(w io.Writer, r *rules.Rules, g rules.Gap, subject, lang string) error {
	p := printer{w: w, lang: lang}
	label, law, err := subjectWords(r, subject, lang)
	if err != nil {
		return err
	}
	title, help, cited := g.Title.In(lang), g.Help.In(lang), g.Law
	switch kept := g.Kept.Title != (rules.Text{}) && (subject == "purge" || subject == "cookie"); {
	case kept:
		title, help = g.Kept.Title.In(lang), g.Kept.Help.In(lang)
	case subject == "":
		label = "…"
	case law != nil && law.Gap == g.Kind && law.ID == subject:
		title, cited = law.Title.In(lang), law.Law
	case label == "" && (g.Recipient != (rules.Text{}) || !strings.Contains(title, "{category}")):
		label = subject // a third party by the name it was seen under
	case label == "":
		return fmt.Errorf("explain %s/%s: nothing is called %s: `ecart rules list` shows all", g.Kind, subject, subject)
	}
	title = strings.NewReplacer("{category}", label, "{recipient}", label, "{field}", label, "{subject}", label).Replace(title)
	p.line("%s — %s", strings.TrimSuffix(g.Kind+"/"+subject, "/"), upperFirst(title))
	p.line("")
	p.line("%s", help)
	if c := r.Category(subject); c.ID != "" {
		p.said("Niveau", "Level", p.level(reconcile.Weight(r, c.ID)))
	}
	p.law(cited)
	return p.err
}

// subjectWords is what a subject of a gap is called: a category, a rule of law, a
// third party or a field of a declaration. Empty for what is none of them.
func subjectWords(r *rules.Rules, subject, lang string) (label string, law *rules.LawRule, err error) {
	if c := r.Category(subject); c.ID != "" {
		return c.Label.In(lang), nil, nil
	}
	laws, err := rules.LawRules()
	if err != nil {
		return "", nil, err
	}
	for i := range laws {
		if laws[i].ID == subject {
			return laws[i].Title.In(lang), &laws[i], nil
		}
	}
	parties, err := rules.List[rules.Recipient](r, "recipients")
	if err != nil {
		return "", nil, err
	}
	for i := range parties {
		if parties[i].ID == subject {
			return parties[i].Name, nil, nil
		}
	}
	if l := rules.DeclaredWord("field", subject).Label.In(lang); l != subject {
		return l, nil, nil
	}
	return "", nil, nil
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// explainCategory prints what a category is and how it weighs.
func explainCategory(w io.Writer, r *rules.Rules, c rules.Category, lang string) error {
	p := printer{w: w, lang: lang}
	p.line("%s — %s", c.ID, c.Label.In(lang))
	p.said("Régime", "Regime", string(c.Regime))
	p.said("Niveau si non déclarée", "Level when undeclared", p.level(reconcile.Weight(r, c.ID)))
	if c.Group != "" {
		p.said("Groupe (le déclarer la couvre vaguement)", "Group (declaring it covers this one, vaguely)", c.Group)
	}
	var members []string
	for _, m := range r.Categories {
		if m.Group == c.ID {
			members = append(members, m.ID)
		}
	}
	if len(members) > 0 {
		slices.Sort(members)
		p.said("Membres", "Members", strings.Join(members, ", "))
	}
	for _, pair := range [][3]string{{"Classeur CNIL", "CNIL workbook", c.CNIL}, {"DPV", "DPV", c.DPV}, {"Fideslang", "Fideslang", c.Fides}} {
		if pair[2] != "" {
			p.said(pair[0], pair[1], pair[2])
		}
	}
	return p.err
}

// A printer writes lines in one language and keeps the first error.
type printer struct {
	w    io.Writer
	lang string
	err  error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		for i, a := range args {
			if s, ok := a.(string); ok {
				args[i] = report.Clean(s)
			}
		}
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) say(fr, en string) string {
	if p.lang == "en" {
		return en
	}
	return fr
}

// said is a label and what it says, with the colon of the language.
func (p *printer) said(fr, en, what string) {
	p.line("%s%s", p.say(fr+" : ", en+": "), what)
}

// level names a level.
func (p *printer) level(l reconcile.Level) string {
	switch l {
	case reconcile.Error:
		return p.say("erreur", "error")
	case reconcile.Warning:
		return p.say("à examiner", "warning")
	}
	return "note"
}

// evidence names the kind of sign a finding is known by.
func (p *printer) evidence(e detectors.Evidence) string {
	switch e {
	case detectors.ByName:
		return p.say("nom", "name")
	case detectors.ByValue:
		return p.say("valeur", "value")
	case detectors.ByWord:
		return p.say("mot", "word")
	case detectors.ByMetadata:
		return p.say("métadonnée", "metadata")
	case detectors.ByFlow:
		return p.say("code", "code")
	}
	return string(e)
}

func (p *printer) law(all []rules.Law) {
	for _, l := range all {
		p.line("%s %s (%s) %s", p.say("Texte :", "Law:"), l.Cited(p.lang), l.AsOf, l.Source)
	}
}
