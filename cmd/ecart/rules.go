package main

import (
	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/rules"
)

func rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Show the vocabulary, or run its examples",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(rulesListCommand(), rulesTestCommand())
	return cmd
}

func rulesListCommand() *cobra.Command {
	var dirs []string
	var lang string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List categories, detectors and kinds of gaps",
		Example: "  ecart rules list --rules mes-regles.yml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := language(lang)
			if err != nil {
				return err
			}
			r, err := rules.Load(dirs...)
			if err != nil {
				return err
			}
			return listRules(printer{w: cmd.OutOrStdout(), lang: chosen}, r)
		},
	}
	cmd.Flags().StringArrayVar(&dirs, "rules", nil, "file or folder of rules of your own (repeatable)")
	cmd.Flags().StringVar(&lang, "lang", "", "language of the answer: fr or en")
	return cmd
}

func listRules(p printer, r *rules.Rules) error {
	p.line("%s", p.say("Catégories", "Categories"))
	for _, c := range r.Categories {
		p.line("  %-22s %-16s %s", c.ID, c.Regime, c.Label.In(p.lang))
	}
	p.line("\n%s", p.say("Détecteurs de valeurs", "Detectors of values"))
	for _, d := range all.Values() {
		p.line("  %-22s %-16s %s", d.ID, d.Category, d.Title)
	}
	gaps, err := rules.List[rules.Gap](r, "gaps")
	if err != nil {
		return err
	}
	p.line("\n%s", p.say("Écarts", "Gaps"))
	for _, g := range gaps {
		p.line("  %-26s %s", g.Kind, g.Title.In(p.lang))
	}
	weights, err := r.Weights()
	if err != nil {
		return err
	}
	p.line("\n%s", p.say("Poids des lieux", "Weights of places"))
	for _, e := range weights {
		p.line("  %-26s %+4d  %s", e.ID, e.Add, e.Title.In(p.lang))
	}
	return p.err
}
