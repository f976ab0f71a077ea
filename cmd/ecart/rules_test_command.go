package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/rules"
)

// rulesTestCommand runs the examples every rule carries.
func rulesTestCommand() *cobra.Command {
	var dirs []string
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Run the examples of all rules, built in and your own",
		Long: `Run the examples of all rules, built in and your own.

A rule that lost one of its examples is printed with its file. Exit status: 0 all
hold, 1 some do not, 2 the rules could not be read.`,
		Example: "  ecart rules test --rules mes-regles.yml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := rules.Load(dirs...)
			if err != nil {
				return err
			}
			failures, err := all.Test(r)
			if err != nil {
				return err
			}
			for _, f := range failures {
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), f); err != nil {
					return err
				}
			}
			if len(failures) > 0 {
				return status(exitGaps)
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), "all examples hold")
			return err
		},
	}
	cmd.Flags().StringArrayVar(&dirs, "rules", nil, "file or folder of rules of your own (repeatable)")
	return cmd
}
