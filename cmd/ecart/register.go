package main

import "github.com/spf13/cobra"

// registerCommand groups what reads, writes and checks registers.
func registerCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "register",
		Short: "Draft, import, export and check the declared register",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		registerCheckCommand(),
		registerDraftCommand(),
		registerExportCommand(),
		registerImportCommand(),
		registerSuggestCommand(),
	)
	return cmd
}
