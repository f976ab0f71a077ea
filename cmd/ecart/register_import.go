package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/cnil"
	"github.com/ecart-rgpd/ecart/register/columns"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// importFlags are the flags of `ecart register import`.
type importFlags struct {
	output, format, mapping, lang string
	force                         bool
}

func registerImportCommand() *cobra.Command {
	f := &importFlags{}
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Turn a register in another form into ours",
		Long: `Import reads a register as it is kept elsewhere and writes it in format 1:

  - the CNIL's simplified record, ODS or XLSX
  - a Madis export, CSV
  - a Dastra export of treatments, CSV or XLSX
  - a register of your own in CSV, XLSX or ODS, when its heads say what they hold
    (Traitement, Finalité, Base légale, Données, Durée…): a treatment a row, or a
    card of labels a sheet
  - any other table in CSV, XLSX or ODS, with --map: a YAML file that says which column
    holds what (` + "`columns: {name: Traitement, purposes: Finalités, …}`" + `)

What the form has no field for is a TODO that says so; what could not be read is
said on standard error. A file that exists is kept unless --force is given: it may
be the register of the organisation.`,
		Example: `  ecart register import registre-cnil.ods -o registre.yaml
  ecart register import madis.csv --format json
  ecart register import tableau.xlsx --map colonnes.yaml`,
		Args: oneFile("the workbook or table to read"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().VarP((*onlyName)(&f.output), "output", "o", "write the register to this file (default: standard output)")
	cmd.Flags().StringVar(&f.format, "format", "yaml", "yaml or json")
	cmd.Flags().StringVar(&f.mapping, "map", "", "YAML file that names the columns of a table")
	cmd.Flags().StringVar(&f.lang, "lang", "", "language of the TODO comments: fr or en (default fr)")
	cmd.Flags().BoolVar(&f.force, "force", false, forceHelp)
	return cmd
}

func (f *importFlags) run(path string, stdout, stderr io.Writer) error {
	if f.format != "yaml" && f.format != "json" {
		return fmt.Errorf("--format %s: want yaml or json", f.format)
	}
	lang, err := language(f.lang, "fr")
	if err != nil {
		return err
	}
	if err := keep(f.output, f.force); err != nil {
		return err
	}
	reg, err := readRegister(path, f.mapping, stderr)
	if err != nil {
		return err
	}
	reg.Lang = lang
	var out bytes.Buffer
	if err := writeDraft(&out, reg, f.format); err != nil {
		return err
	}
	return deliver(f.output, out.Bytes(), stdout)
}

// deliver writes to a file, or to standard output when there is no name.
func deliver(path string, text []byte, stdout io.Writer) error {
	if path == "" {
		_, err := stdout.Write(text)
		return err
	}
	if err := writable(path); err != nil {
		return err
	}
	if err := replace(path, text); err != nil {
		return fmt.Errorf("output %s: %w", path, cause(err))
	}
	return nil
}

// importRegister reads a form that is not ours, and prints what it left out.
func importRegister(path, mapping string, stderr io.Writer) (*register.Register, error) {
	src, err := readForm(path)
	if err != nil {
		return nil, err
	}
	book, err := sheet.Read(path, src)
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", path, err)
	}
	reg, notes, err := fromBook(path, mapping, book)
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", path, err)
	}
	for _, n := range notes {
		if _, err := fmt.Fprintf(stderr, "ecart: register %s: %s\n", path, n); err != nil {
			return nil, err
		}
	}
	return reg, nil
}

// readForm reads a file within the limit of forms.
func readForm(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", path, cause(err))
	}
	defer func() { _ = f.Close() }()
	src, err := io.ReadAll(io.LimitReader(f, sheet.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", path, cause(err))
	}
	return src, nil
}

// fromBook asks each form whether the workbook is its own; a column map settles
// it.
func fromBook(path, mapping string, book *sheet.Book) (*register.Register, []string, error) {
	name := filepath.Base(path)
	if mapping != "" {
		src, err := readDeclaration("column map", mapping)
		if err != nil {
			return nil, nil, err
		}
		m, err := columns.ParseMap(src)
		if err != nil {
			return nil, nil, fmt.Errorf("column map %s: %w", mapping, err)
		}
		return columns.Mapped(name, book, m)
	}
	for _, read := range []func(string, *sheet.Book) (*register.Register, []string, error){cnil.Read, columns.Madis, columns.Dastra, columns.Guessed} {
		reg, notes, err := read(name, book)
		if errors.Is(err, cnil.ErrNotCNIL) || errors.Is(err, columns.ErrUnknown) {
			continue
		}
		return reg, notes, err
	}
	return nil, nil, errors.New("no sheet has the labels of the CNIL's model, nor the heads of Madis or Dastra, and none has heads or labels that name a treatment, its data and its basis: name its columns with --map (see `ecart register import --help`)")
}
