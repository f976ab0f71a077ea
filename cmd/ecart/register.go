package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// registerCommand groups what reads, writes and checks registers.
func registerCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "register",
		Short: "Draft, import, export and check the declared register",
		Args:  noSuchCommand,
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

// noSuchCommand names the commands of a group when what was given is none.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("%s %s: no such command: give one of %s", cmd.Name(), args[0], strings.Join(names, " "))
}

// oneFile wants one argument, and says which when there is none.
func oneFile(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return fmt.Errorf("register %s: wants one file, %s; %d given", cmd.Name(), what, len(args))
	}
}

// isText tells whether a file is a text by its name, such as a policy.
func isText(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".txt", ".md", ".html", ".htm", ".docx", ".odt", ".pdf", ".doc", ".rtf":
		return true
	}
	return false
}
