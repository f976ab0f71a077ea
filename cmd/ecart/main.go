// Command ecart reports the gap between the personal data an organisation
// declares and the data that is there.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	_ "github.com/ecart-rgpd/ecart/cmd/ecart/start"
)

// The exit statuses. They are printed in the help and are part of the contract
// with CI: incomplete wins over gaps, because "no gap" is not known then.
const (
	exitClean      = 0
	exitGaps       = 1
	exitFailed     = 2
	exitIncomplete = 3
)

// A status ends the command with an exit status and no message: all was said.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func main() { os.Exit(run()) }

// run runs the command line and returns its exit status.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := root().ExecuteContext(ctx)
	var s status
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &s):
		return int(s)
	}
	// One error, one line each: an error of several registers says several things.
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(os.Stderr, "ecart: %s\n", strings.TrimRight(line, "\n"))
	}
	return exitFailed
}

// root lists the subcommands.
func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:           "ecart",
		Short:         "Compare the register of processing with the personal data that is really there",
		Long:          rootHelp,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("unknown command %q: run `ecart help` for the list", args[0])
			}
			return cmd.Help()
		},
	}
	cmd.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if word := unknownCommand(c); word != "" {
			return fmt.Errorf("unknown command %q: run `ecart help` for the list", word)
		}
		return fmt.Errorf("%w: run `%s --help` for the flags", plain(err), c.CommandPath())
	})
	cmd.AddCommand(scanCommand(), workerCommand(), statusCommand(), registerCommand(), explainCommand(), rulesCommand(), versionCommand())
	cmd.Version = buildVersion()
	cmd.SetVersionTemplate("ecart {{.Version}}\n")
	refuseTypos(cmd)
	return cmd
}

// unknownCommand is the word that was meant for a command, when a flag is refused
// only because no command was found to take it.
func unknownCommand(c *cobra.Command) string {
	if c.HasParent() || len(os.Args) < 2 || strings.HasPrefix(os.Args[1], "-") {
		return ""
	}
	return os.Args[1]
}

// plain says of a value of a flag what is wanted, where the library quotes the
// parser of numbers and durations.
func plain(err error) error {
	var bad *pflag.InvalidValueError
	if !errors.As(err, &bad) {
		return err
	}
	want := map[string]string{"int": "a whole number", "int64": "a whole number", "duration": "a time such as 30m or 2h", "bool": "true or false", "float64": "a number"}[bad.GetFlag().Value.Type()]
	if want == "" {
		return err
	}
	return fmt.Errorf("--%s %s: want %s", bad.GetFlag().Name, bad.GetValue(), want)
}

// refuseTypos makes the two commands that cobra brings fail on a word they do
// not know: their own answer is the help, and an exit status of success.
func refuseTypos(cmd *cobra.Command) {
	cmd.InitDefaultHelpCmd()
	cmd.InitDefaultCompletionCmd()
	for _, c := range cmd.Commands() {
		switch c.Name() {
		case "help":
			c.Run, c.RunE = nil, helpOn
		case "completion":
			c.Args = cobra.NoArgs
			c.RunE = func(c *cobra.Command, _ []string) error {
				return errors.New("completion: name your shell: bash, zsh, fish or powershell")
			}
		}
	}
}

// helpOn prints the help of the command that args name.
func helpOn(c *cobra.Command, args []string) error {
	on, rest, err := c.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return fmt.Errorf("help: unknown command %q: run `ecart help` for the list", strings.Join(args, " "))
	}
	return on.Help()
}

const rootHelp = `ecart reads repositories, SQL schemas, databases and file shares for personal
data, and reports every difference with the declared register of processing
(GDPR Art. 30): what is there and not declared, what is declared and not there.

Exit status:
  0  nothing at or above --fail-on
  1  gaps
  2  could not run: wrong flag, broken register, missing target
  3  incomplete: something could not be read (wins over 1)`
