package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/policy"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// draftFlags are the flags of `ecart register draft`.
type draftFlags struct {
	output, format, lang string
	force                bool
}

func registerDraftCommand() *cobra.Command {
	f := &draftFlags{}
	cmd := &cobra.Command{
		Use:   "draft POLICY",
		Short: "Draft a register from a French privacy policy",
		Long: `Draft reads a privacy policy (text, HTML, Markdown, DOCX, ODT, PDF with text) and
writes the register it implies. Every entry names its line and the words it rests
on; what the text does not say is a TODO, never a value (in JSON: the key todo). A file
that exists is kept unless --force is given: it may be the register of the organisation.`,
		Example: `  ecart register draft politique.txt -o registre.yaml
  ecart register draft confidentialite.html --format json`,
		Args: oneFile("the policy to read"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().VarP((*onlyName)(&f.output), "output", "o", "write the draft to this file (default: standard output)")
	cmd.Flags().StringVar(&f.format, "format", "yaml", "yaml or json")
	cmd.Flags().StringVar(&f.lang, "lang", "", "language of the TODO comments: fr or en (default fr, that of the policy)")
	cmd.Flags().BoolVar(&f.force, "force", false, forceHelp)
	return cmd
}

func (f *draftFlags) run(ctx context.Context, path string, stdout, stderr io.Writer) error {
	if f.format != "yaml" && f.format != "json" {
		return fmt.Errorf("--format %q is neither yaml nor json", f.format)
	}
	lang, err := language(f.lang, "fr")
	if err != nil {
		return err
	}
	if err := keep(f.output, f.force); err != nil {
		return err
	}
	p, err := draftPolicy(ctx, path)
	if err != nil {
		return err
	}
	for _, left := range p.Left {
		_, _ = fmt.Fprintf(stderr, "ecart: policy %s: %s\n", path, left)
	}
	p.Draft.Lang = lang
	var out bytes.Buffer
	if err := writeDraft(&out, p.Draft, f.format); err != nil {
		return err
	}
	return deliver(f.output, out.Bytes(), stdout)
}

// forceHelp is what --force does in draft, import and export.
const forceHelp = "write over the file of --output when it exists"

// keep refuses to write over a file that someone may have completed.
func keep(output string, force bool) error {
	if output == "" {
		return nil
	}
	if err := notToWrite("output", output); err != nil {
		return err
	}
	info, err := os.Stat(output)
	if force || err != nil || !info.Mode().IsRegular() {
		return nil //nolint:nilerr // absent, or of the shell: writing says what is wrong, if anything
	}
	return fmt.Errorf("output %s: exists: give another name, or --force to write over it", output)
}

func writeDraft(w io.Writer, r *register.Register, format string) error {
	if format == "json" {
		return r.WriteJSON(w)
	}
	return r.WriteYAML(w)
}

// draftPolicy reads the policy at path.
func draftPolicy(ctx context.Context, path string) (*register.Policy, error) {
	if err := noPipe("policy", path); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("policy %s: %w", path, cause(err))
	}
	if info.IsDir() {
		return nil, fmt.Errorf("policy %s: a folder: name the file of the policy", path)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml", ".json", ".ods", ".xlsx", ".csv":
		return nil, fmt.Errorf("policy %s: a register or a table, not a text: see `ecart register check` and `ecart register import`", path)
	}
	if info.Size() > 4*policy.MaxBytes {
		return nil, fmt.Errorf("policy %s: %w", path, policy.ErrTooLarge)
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("policy %s: %w", path, cause(err))
	}
	return policy.ReadFile(ctx, path, src, document.Formats())
}
