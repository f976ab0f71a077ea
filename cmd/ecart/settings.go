package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/schema"
)

// settings are what one scan works with: flags, configuration and defaults.
type settings struct {
	config   *config // nil when there is none
	rules    *rules.Rules
	register *register.Register // nil for an inventory
	policy   *register.Policy
	targets  []target
	anchors  reconcile.Anchors
	accept   []reconcile.Accept
	earlier  []reconcile.Known // of --baseline
	trend    []reconcile.Point // that the baseline carries
	root     string            // of the repository where gaps are shown
	masker   *masker           // of --inventory
	failOn   string
	lang     string
	date     string
	since    *lastRun // with --state, from the second run on
}

// A target is a place to scan and what reconciliation must know of it.
type target struct {
	entry  targetEntry
	asked  targetEntry // as it was asked for; entry.Path may be a copy
	source scanners.Source
	about  reconcile.Target
	schema *schema.Files // of a database made of SQL files
	close  func()        // removes what was copied to read it; nil for nothing
}

// settings reads everything that can be wrong before anything is scanned.
func (f *scanFlags) settings(ctx context.Context, args []string) (s *settings, err error) {
	s = &settings{}
	defer func(opened *settings) {
		if err != nil {
			opened.close()
		}
	}(s)
	if err := f.git.check(); err != nil {
		return nil, err
	}
	if err := f.queue.check(f); err != nil {
		return nil, err
	}
	if s.config, err = untilStopped(ctx, "configuration", f.config, f.readConfig); err != nil {
		return nil, err
	}
	c := s.config
	if c == nil {
		c = &config{}
	}
	if err := f.guard(c); err != nil {
		return nil, err
	}
	if err := s.choose(f, c); err != nil {
		return nil, err
	}
	if err := s.vocabulary(f, c); err != nil {
		return nil, err
	}
	declared := f.register
	if declared == "" {
		declared = c.path(c.Register)
	}
	if err := s.declared(ctx, declared, c); err != nil {
		return nil, err
	}
	if s.targets, err = f.targets(ctx, args, c); err != nil {
		return nil, err
	}
	if err := s.checkGlobs(c, len(args) == 0); err != nil {
		return nil, err
	}
	s.anchor(f, c)
	if err := s.known(f, c); err != nil {
		return nil, err
	}
	if err := s.accepted(c.Accept); err != nil {
		return nil, err
	}
	return s, nil
}

// choose settles what a flag, else the configuration says: language, date and
// from what level on a run fails.
func (s *settings) choose(f *scanFlags, c *config) (err error) {
	if s.lang, err = language(f.lang, c.Language); err != nil {
		return err
	}
	if s.date, err = today(f.date); err != nil {
		return err
	}
	if s.failOn, err = failOn(f.failOn, c.FailOn); err != nil {
		return err
	}
	if s.failOn == "new" && f.baseline == "" {
		return errors.New("--fail-on new compares with an earlier run: give it with --baseline FILE")
	}
	return nil
}

// vocabulary loads the rules, and reads now what a wrong entry would leave out
// in silence later: the weights.
func (s *settings) vocabulary(f *scanFlags, c *config) (err error) {
	dirs := slices.Clone(f.rules)
	for _, d := range c.Rules {
		dirs = append(dirs, c.path(d))
	}
	if s.rules, err = rules.Load(dirs...); err != nil {
		return err
	}
	_, err = s.rules.Weights()
	return err
}

// known reads what earlier runs left: the inventory and the baseline.
func (s *settings) known(f *scanFlags, c *config) (err error) {
	if f.inventory != "" {
		if s.masker, err = newMasker(c.Mask, s.targets); err != nil {
			return err
		}
		if s.anchors.Inventory, err = readInventory(s.root, f.inventory); err != nil {
			return err
		}
	}
	if f.baseline != "" {
		if s.earlier, s.trend, err = readBaseline(f.baseline); err != nil {
			return err
		}
		s.checkBaseline(f.baseline)
	}
	return nil
}

// warn says on standard error what a person should know before they wait.
func (s *settings) warn(fr, en string, args ...any) {
	if s.lang == "en" {
		fr = en
	}
	slog.Warn(fr, args...)
}

// close removes what was copied to be read.
func (s *settings) close() {
	for _, t := range s.targets {
		if t.close != nil {
			t.close()
		}
	}
}

// readConfig reads --config, else ecart.yaml of this folder when it exists.
func (f *scanFlags) readConfig() (*config, error) {
	if f.config != "" {
		return loadConfig(f.config)
	}
	if _, err := os.Stat("ecart.yaml"); err == nil {
		return loadConfig("ecart.yaml")
	}
	return nil, nil
}

// declared loads the register and the policy.
func (s *settings) declared(ctx context.Context, file string, c *config) (err error) {
	if file != "" {
		if s.register, err = untilStopped(ctx, "register", file, func() (*register.Register, error) { return register.Load(file) }); err != nil {
			return err
		}
	}
	if c.Policy != "" {
		s.policy, err = readPolicy(c.path(c.Policy), s.rules)
	}
	return err
}

func failOn(choices ...string) (string, error) {
	for _, c := range choices {
		switch c {
		case "":
			continue
		case "error", "warning", "note", "never", "new":
			return c, nil
		}
		return "", fmt.Errorf("--fail-on %s: want error, warning, note, new or never", c)
	}
	return "error", nil
}

// checkGlobs refuses a glob of the register that names no target of ecart.yaml,
// when the run is one of all its targets: a misspelt target would leave a system
// without a place for ever.
func (s *settings) checkGlobs(c *config, all bool) error {
	if s.register == nil || !all || len(c.Targets) == 0 {
		return nil
	}
	names := make([]string, 0, len(c.Targets))
	for _, t := range c.Targets {
		names = append(names, t.Name)
	}
	return s.register.UnknownTargets(names)
}

// anchor finds where gaps can be shown: the repository that holds ecart.yaml,
// else the register, else the first target that is a folder.
func (s *settings) anchor(f *scanFlags, c *config) {
	register := f.register
	if register == "" {
		register = c.path(c.Register)
	}
	base := c.file
	if base == "" {
		base = register
	}
	if base == "" && len(s.targets) > 0 {
		base = filepath.Join(s.targets[0].entry.Path, ".")
		if _, kept := inside(base, f.inventory); f.inventory != "" && !kept {
			base = f.inventory // kept for a target that is elsewhere, such as a share
		}
	}
	root := repositoryOf(base)
	s.root = root
	a := reconcile.Anchors{Prefix: map[string]string{}, Lines: map[string]int{}, Declared: map[string]func(string, string) (reconcile.Anchor, bool){}}
	a.Register, a.Policy, a.Config = within(root, register), within(root, c.path(c.Policy)), within(root, c.file)
	for _, t := range s.targets {
		a.Lines[t.entry.Name] = t.entry.line
		if t.schema != nil {
			a.Declared[t.entry.Name] = declaredIn(root, t.schema)
		}
		if t.entry.Path == "" {
			continue
		}
		if p, ok := inside(root, t.entry.Path); ok {
			a.Prefix[t.entry.Name] = p
		}
	}
	s.anchors = a
}

// declaredIn finds the DDL line of a column, when its file is in the repository.
func declaredIn(root string, files *schema.Files) func(table, column string) (reconcile.Anchor, bool) {
	return func(table, column string) (reconcile.Anchor, bool) {
		line, ok := files.Anchor(table, column)
		if !ok {
			return reconcile.Anchor{}, false
		}
		file, ok := inside(root, line.File)
		return reconcile.Anchor{File: file, Line: line.Line}, ok
	}
}

// repositoryOf returns the folder with .git above path, else path's folder.
func repositoryOf(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	if info, err := os.Stat(abs); err != nil || !info.IsDir() {
		abs = filepath.Dir(abs)
	}
	for dir := abs; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return abs
		}
	}
}

// within is the path of a file in the repository, '/' separated; empty outside.
func within(root, path string) string {
	if path == "" {
		return ""
	}
	p, _ := inside(root, path)
	return p
}

func inside(root, path string) (string, bool) {
	abs, err := filepath.Abs(path)
	if err != nil || root == "" {
		return "", false
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil || rel == ".." || len(rel) > 2 && rel[:3] == ".."+string(filepath.Separator) {
		return "", false
	}
	if rel == "." {
		return "", true
	}
	return filepath.ToSlash(rel), true
}
