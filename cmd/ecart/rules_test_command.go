package main

import (
	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/report"
	"github.com/ecart-rgpd/ecart/rules"
)

// rulesTestCommand runs the examples every rule carries.
func rulesTestCommand() *cobra.Command {
	var dirs []string
	var lang string
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Run the examples of all rules, built in and your own",
		Long: `Run the examples of all rules, built in and your own.

A rule that lost one of its examples is printed with its file. Exit status: 0 all
hold, 1 some do not, 2 the rules could not be read.`,
		Example: "  ecart rules test --rules mes-regles.yml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lang, err := language(lang)
			if err != nil {
				return err
			}
			r, err := rules.Load(dirs...)
			if err != nil {
				return err
			}
			failures, err := all.Test(r)
			if err != nil {
				return err
			}
			p := printer{w: cmd.OutOrStdout(), lang: lang}
			for _, f := range failures {
				if f.Want, err = report.Reason(lang, f.Want); err != nil {
					return err
				}
				p.line("%s", f)
			}
			switch {
			case p.err != nil:
				return p.err
			case len(failures) > 0:
				return status(exitGaps)
			}
			p.line("%s", p.say("tous les exemples tiennent", "all examples hold"))
			return p.err
		},
	}
	cmd.Flags().StringArrayVar(&dirs, "rules", nil, "file or folder of rules of your own (repeatable)")
	cmd.Flags().StringVar(&lang, "lang", "", "language of the answer: fr or en")
	return cmd
}
