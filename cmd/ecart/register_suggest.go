package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/report"
	"github.com/ecart-rgpd/ecart/rules"
)

// suggestFlags are the flags of `ecart register suggest`.
type suggestFlags struct {
	register, config, lang string
	write                  bool
}

func registerSuggestCommand() *cobra.Command {
	f := &suggestFlags{}
	cmd := &cobra.Command{
		Use:   "suggest FINDINGS-or-SCAN",
		Short: "Propose the entries of the register that would close the gaps of a scan",
		Long: `Suggest reads the report of a scan (-o gaps.json) or its findings (--findings
FILE.jsonl) and proposes what to add to the register: a system for a place that none
claims, a category or recipient in the treatment that most resembles it, or the
skeleton of a new treatment. It never makes up a purpose or a legal basis: they are
left as TODO. With --write it edits registre.yaml in place and keeps comments and
order; a register that does not exist is started. A place whose name was masked is
left to people: no pattern is proposed for it.`,
		Example: `  ecart register suggest gaps.json --register registre.yaml
  ecart register suggest findings.jsonl --write`,
		Args: oneFile("the report or the findings of a scan"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&f.register, "register", "", "the register to complete (default: that of ecart.yaml, else registre.yaml)")
	fs.StringVar(&f.config, "config", "", "configuration (default: ecart.yaml of this folder, when there is one)")
	fs.StringVar(&f.lang, "lang", "", "language of the TODO comments: fr or en (default: that of ecart.yaml, else fr)")
	fs.BoolVar(&f.write, "write", false, "edit the register in place")
	return cmd
}

// newRegister is what a register starts from.
const newRegister = "# yaml-language-server: $schema=https://raw.githubusercontent.com/ecart-rgpd/ecart/main/register/registre.schema.json\n" +
	"ecart: 1\n# TODO organisation: nom, SIREN, coordonnées, délégué à la protection des données\ntreatments: []\nsystems: []\n"

func (f *suggestFlags) run(path string, stdout, stderr io.Writer) error {
	c, err := (&scanFlags{config: f.config}).readConfig()
	if err != nil {
		return err
	}
	if c == nil {
		c = &config{}
	}
	lang, err := language(f.lang, c.Language, "fr")
	if err != nil {
		return err
	}
	file := f.register
	if file == "" {
		file = c.path(c.Register)
	}
	if file == "" {
		file = "registre.yaml"
	}
	src, err := f.source(file, stderr)
	if err != nil {
		return err
	}
	reg, err := register.Parse(file, src)
	if err != nil {
		return err
	}
	reg.Lang = lang
	var dirs []string
	for _, d := range c.Rules {
		dirs = append(dirs, c.path(d))
	}
	r, err := rules.Load(dirs...)
	if err != nil {
		return err
	}
	tables := map[string]bool{}
	for _, t := range c.Targets {
		tables[t.Name] = len(t.Schema) > 0 || t.Database != ""
	}
	gaps, err := gapsOf(path, r, reg, tables)
	if err != nil {
		return err
	}
	edits := reconcile.Suggest(r, reg, gaps, tables)
	out, err := register.Apply(file, src, edits)
	if err != nil {
		return err
	}
	if !f.write {
		return propose(stdout, file, edits)
	}
	if len(edits) > 0 {
		if err := replace(file, out); err != nil {
			return fmt.Errorf("register %s: %w", file, cause(err))
		}
	}
	_, err = fmt.Fprintf(stdout, "%s: %s\n", file, additions(edits))
	return err
}

// source reads the register; one that does not exist yet starts empty. Without
// --write a register that was named must be there: everything would be proposed as
// new for a name mistyped.
func (f *suggestFlags) source(file string, stderr io.Writer) ([]byte, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".yaml", ".yml":
	default:
		return nil, fmt.Errorf("register %s: only YAML is completed: import it first (`ecart register import`)", file)
	}
	if err := noPipe("register", file); err != nil {
		return nil, err
	}
	src, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		if f.register != "" && !f.write {
			return nil, fmt.Errorf("register %s: no such file: check --register, or start it with --write", file)
		}
		_, err := fmt.Fprintf(stderr, "ecart: register %s: not there yet: all that follows is new\n", file)
		return []byte(newRegister), err
	}
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", file, cause(err))
	}
	return src, nil
}

// gapsOf reads a gap report, or compares findings with the register.
func gapsOf(path string, r *rules.Rules, reg *register.Register, tables map[string]bool) ([]*reconcile.Gap, error) {
	src, err := readDeclaration("findings", path)
	if err != nil {
		return nil, err
	}
	if known, err := report.Read(src); err == nil {
		tablesOf(src, tables)
		var gaps []*reconcile.Gap
		for _, k := range known {
			if k.Gap != nil {
				gaps = append(gaps, k.Gap)
			}
		}
		if len(gaps) == 0 && len(known) > 0 {
			return nil, fmt.Errorf("findings %s: SARIF has no places to propose from: give the JSON report or the findings", path)
		}
		return gaps, nil
	}
	found, err := readFindings(src)
	if err != nil {
		return nil, fmt.Errorf("findings %s: %w", path, err)
	}
	return compare(found, r, reg, tables), nil
}

// tablesOf adds the databases that a report tells of: without ecart.yaml nothing
// else does.
func tablesOf(src []byte, tables map[string]bool) {
	var head struct {
		Coverage map[string]struct{ Tables bool }
	}
	if json.Unmarshal(src, &head) != nil {
		return // SARIF, refused below, or an older form
	}
	for name, c := range head.Coverage {
		tables[name] = tables[name] || c.Tables
	}
}

// findingLine is what suggest needs of a line of --findings.
type findingLine struct {
	Target, Path, Table, Column, Category, Where string
	Evidence                                     detectors.Evidence
	Confidence                                   float64
	Specimen                                     bool
}

func readFindings(src []byte) ([]findingLine, error) {
	var all []findingLine
	for i, line := range bytes.Split(src, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var f findingLine
		if err := json.Unmarshal(line, &f); err != nil || f.Target == "" {
			return nil, fmt.Errorf("line %d: neither a report (-o gaps.json) nor findings (--findings FILE.jsonl)", i+1)
		}
		all = append(all, f)
	}
	return all, nil
}

// compare raises the gaps that findings leave with the register.
func compare(found []findingLine, r *rules.Rules, reg *register.Register, tables map[string]bool) []*reconcile.Gap {
	in := reconcile.Input{Rules: r, Register: reg, Coverage: map[string]*item.Coverage{}}
	seen := map[string]bool{}
	for _, f := range found {
		// In a file a table is a part of it; in a database it is the place.
		tables[f.Target] = tables[f.Target] || f.Table != "" && f.Table == f.Path
	}
	for _, f := range found {
		if !seen[f.Target] {
			seen[f.Target] = true
			in.Targets = append(in.Targets, reconcile.Target{Name: f.Target, Tables: tables[f.Target], Part: true})
		}
	}
	in.Findings = func(yield func(detectors.Finding) bool) {
		for _, f := range found {
			if f.Where == "history" || f.Category == "" {
				continue
			}
			one := detectors.Finding{Category: f.Category, Evidence: f.Evidence, Confidence: f.Confidence, Specimen: f.Specimen, Count: 1}
			one.At = item.Location{Target: f.Target, Path: f.Path, Place: item.Place{Column: f.Column}}
			if !yield(one) {
				return
			}
		}
	}
	result := reconcile.Reconcile(in)
	gaps := make([]*reconcile.Gap, len(result.Gaps))
	for i := range result.Gaps {
		gaps[i] = &result.Gaps[i]
	}
	return gaps
}

// propose prints the edits for a person to judge.
func propose(w io.Writer, file string, edits []register.Edit) error {
	if len(edits) == 0 {
		_, err := fmt.Fprintf(w, "%s: nothing to add\n", file)
		return err
	}
	for _, e := range edits {
		if _, err := fmt.Fprintln(w, e.String()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\n%s; `--write` makes %s in %s\n", additions(edits), them(edits), file)
	return err
}

func additions(edits []register.Edit) string {
	if len(edits) == 1 {
		return "1 addition"
	}
	return fmt.Sprintf("%d additions", len(edits))
}

func them(edits []register.Edit) string {
	if len(edits) == 1 {
		return "it"
	}
	return "them"
}
