package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/cnil"
	"github.com/ecart-rgpd/ecart/register/pages"
)

// exportFlags are the flags of `ecart register export`.
type exportFlags struct {
	output, lang string
	force        bool
}

func registerExportCommand() *cobra.Command {
	f := &exportFlags{}
	cmd := &cobra.Command{
		Use:   "export REGISTER",
		Short: "Write a register in another form",
		Long: `Export writes a register (ours, or any form that import reads) in the form that
the extension of the output tells:

  .ods .xlsx     the CNIL's simplified record
  .yaml .json    format 1
  .md            a page to read, whole
  .html          a page to publish, without security measures, systems and notes
  .jsonld        W3C Data Privacy Vocabulary

What a form has no place for is said on standard error. A file that exists is kept
unless --force is given: a workbook may have been completed by hand.`,
		Example: `  ecart register export registre.yaml -o registre-cnil.ods
  ecart register export registre.yaml -o registre.html`,
		Args: oneFile("the register to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(args[0], cmd.ErrOrStderr())
		},
	}
	cmd.Flags().VarP((*onlyName)(&f.output), "output", "o", "file to write; its extension tells the form (required)")
	cmd.Flags().StringVar(&f.lang, "lang", "", "language of pages: fr or en (default: the locale)")
	cmd.Flags().BoolVar(&f.force, "force", false, forceHelp)
	return cmd
}

func (f *exportFlags) run(path string, stderr io.Writer) error {
	if f.output == "" {
		return fmt.Errorf("no output: name it with -o, for instance -o registre.ods")
	}
	lang, err := language(f.lang)
	if err != nil {
		return err
	}
	if err := keep(f.output, f.force); err != nil {
		return err
	}
	if err := writable(f.output); err != nil {
		return err
	}
	reg, err := readRegister(path, "", stderr)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	lost, err := writeForm(&out, reg, strings.ToLower(filepath.Ext(f.output)), lang)
	if err != nil {
		return fmt.Errorf("output %s: %w", f.output, err)
	}
	if len(lost) > 0 {
		if _, err := fmt.Fprintf(stderr, "ecart: output %s: this form has no place for %s: left out\n", f.output, strings.Join(lost, ", ")); err != nil {
			return err
		}
	}
	return deliver(f.output, out.Bytes(), nil)
}

// writeForm writes a register in the form of an extension; lost names the keys
// that the form has no place for.
func writeForm(w io.Writer, reg *register.Register, ext, lang string) (lost []string, err error) {
	switch ext {
	case ".yaml", ".yml":
		return nil, reg.WriteYAML(w)
	case ".json":
		return nil, reg.WriteJSON(w)
	case ".ods", ".xlsx":
		book, lost, err := cnil.Write(reg)
		if err != nil {
			return nil, err
		}
		if ext == ".ods" {
			return lost, book.WriteODS(w)
		}
		return lost, book.WriteXLSX(w)
	}
	switch ext {
	case ".md":
		return nil, pages.Markdown(w, reg, lang)
	case ".html", ".htm":
		return nil, pages.HTML(w, reg, lang)
	case ".jsonld":
		return nil, pages.JSONLD(w, reg)
	}
	return nil, fmt.Errorf("unknown form: end the name with .ods .xlsx .yaml .json .md .html or .jsonld")
}
