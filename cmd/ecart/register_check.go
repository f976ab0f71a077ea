package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/report"
	"github.com/ecart-rgpd/ecart/rules"
)

// checkFlags are the flags of `ecart register check`.
type checkFlags struct {
	outputs            []string
	failOn, lang, date string
	quiet              bool
}

func registerCheckCommand() *cobra.Command {
	f := &checkFlags{}
	cmd := &cobra.Command{
		Use:   "check FILE",
		Short: "Check a register by the rules of law that a machine can apply",
		Long: `Check reads a register (our YAML or JSON, or any form that import reads) and
applies the rules of rules/law: the fields of Art. 30, the conditions of Art. 9 and
10, the NIR decree, retention reference values, transfers. It gives no verdict: it
says what to complete and what to check, each with its law and its line.

Exit status:
  0  nothing at or above --fail-on
  1  gaps
  2  could not run: the register does not read`,
		Example: `  ecart register check registre.yaml
  ecart register check registre.yaml -o registre.sarif --fail-on warning
  ecart register check registre-cnil.ods`,
		Args: oneFile("the register to check"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	fs := cmd.Flags()
	fs.StringArrayVarP(&f.outputs, "output", "o", nil, "write a report to FILE (repeatable), its format told by the extension")
	fs.StringVar(&f.failOn, "fail-on", "", "exit 1 from this level on: error, warning, note or never (default error)")
	fs.StringVar(&f.lang, "lang", "", "language of the report: fr or en (default: the locale)")
	fs.StringVar(&f.date, "date", "", "the day of the check, YYYY-MM-DD (default: today, UTC)")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "print no report")
	return cmd
}

func (f *checkFlags) run(path string, stdout, stderr io.Writer) error {
	lang, err := language(f.lang)
	if err != nil {
		return err
	}
	date, err := today(f.date)
	if err != nil {
		return err
	}
	level, err := failOn(f.failOn)
	if err != nil {
		return err
	}
	for _, name := range f.outputs {
		if sameFile(name, path) {
			return fmt.Errorf("output %s: that is the register: give another name", name)
		}
	}
	outputs, err := openOutputs(f.outputs, stdout)
	if err != nil {
		return err
	}
	reg, err := readRegister(path, "", stderr)
	if err != nil {
		return err
	}
	result, err := checkRegister(reg, path, date)
	if err != nil {
		return err
	}
	options := report.Options{Lang: lang, Version: buildVersion()}
	if err := outputs.write(&result, options); err != nil {
		return err
	}
	if !f.quiet && !outputs.stdout {
		options.Color = colors(stdout)
		if err := report.Terminal(stdout, &result, options); err != nil {
			return err
		}
	}
	return exit(&result, level)
}

// checkRegister applies the rules of law and anchors the gaps in the register.
func checkRegister(reg *register.Register, path, date string) (reconcile.Result, error) {
	r, err := rules.Load()
	if err != nil {
		return reconcile.Result{}, err
	}
	reg.File = path
	return reconcile.CheckRegister(reconcile.Input{
		Rules: r, Register: reg, Date: date,
		Anchors: reconcile.Anchors{Register: within(repositoryOf(path), path)},
	})
}
