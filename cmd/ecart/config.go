package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// A config is ecart.yaml. Paths in it start at its folder.
type config struct {
	Register string        `yaml:"register"`
	Policy   string        `yaml:"policy"`
	Targets  []targetEntry `yaml:"targets"`
	Rules    []string      `yaml:"rules"`
	FailOn   string        `yaml:"fail_on"`
	Language string        `yaml:"language"`
	Accept   []acceptEntry `yaml:"accept"`
	Mask     []string      `yaml:"mask"` // paths an inventory does not spell out

	file string // as given
	dir  string
}

// A targetEntry is one target of ecart.yaml.
type targetEntry struct {
	Name     string   `yaml:"name"`
	Path     string   `yaml:"path"`
	History  bool     `yaml:"history"`
	Schema   []string `yaml:"schema"`
	Database string   `yaml:"database"`
	Sample   int      `yaml:"sample"`
	Remote   string   `yaml:"remote"`

	line int // in ecart.yaml; 0 for a target of the command line
}

// An acceptEntry is a gap the organisation accepts, with its reason.
type acceptEntry struct {
	Gap      string `yaml:"gap"` // <gap> or <gap>/<subject>
	Location string `yaml:"location"`
	Reason   string `yaml:"reason"`
	By       string `yaml:"by"`
	Until    string `yaml:"until"`
	Ticket   string `yaml:"ticket"`
}

// loadConfig reads ecart.yaml. Unknown keys are errors: a misspelt `accept`
// must not be ignored.
func loadConfig(path string) (*config, error) {
	if err := noPipe("configuration", path); err != nil {
		return nil, err
	}
	src, err := readYAML(path)
	if err != nil {
		return nil, fmt.Errorf("configuration %s: %w", path, cause(err))
	}
	c := &config{file: path, dir: filepath.Dir(path)}
	if err := yaml.UnmarshalWithOptions(src, c, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("configuration %s: %s", path, yaml.FormatError(err, false, false))
	}
	if err := c.spoken(src); err != nil {
		return nil, fmt.Errorf("configuration %s:%w", path, err)
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("configuration %s: %w", path, err)
	}
	return c, c.lines(src)
}

// readYAML reads a file that a parser can be trusted with.
func readYAML(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read only
	src, err := io.ReadAll(io.LimitReader(f, rules.MaxYAML+1))
	if err != nil {
		return nil, err
	}
	return src, rules.CheckYAML(src)
}

// spoken refuses a language that reports are not written in, at its line.
func (c *config) spoken(src []byte) error {
	if c.Language == "" || c.Language == "fr" || c.Language == "en" {
		return nil
	}
	before, _, _ := bytes.Cut(append([]byte("\n"), src...), []byte("\nlanguage:"))
	return fmt.Errorf("%d: language %s: want fr or en", bytes.Count(before, []byte("\n"))+1, c.Language)
}

// check names the first entry that says nothing or too much.
func (c *config) check() error {
	names := map[string]bool{}
	for i, t := range c.Targets {
		switch {
		case t.Name == "":
			return fmt.Errorf("target %d has no name: add `name:`", i+1)
		case names[t.Name]:
			return fmt.Errorf("two targets are named %s: rename one", t.Name)
		case t.Path == "" && len(t.Schema) == 0 && t.Database == "" && t.Remote == "":
			return fmt.Errorf("target %s says no place: add `path:`, `schema:`, `database:` or `remote:`", t.Name)
		}
		names[t.Name] = true
	}
	for i, a := range c.Accept {
		if a.Gap == "" || a.Location == "" || a.Reason == "" {
			return fmt.Errorf("accept entry %d needs `gap:`, `location:` and `reason:`", i+1)
		}
		if _, err := time.Parse(time.DateOnly, a.Until); a.Until != "" && err != nil {
			return fmt.Errorf("accept entry %d: `until: %s` is not a day: write YYYY-MM-DD", i+1, a.Until)
		}
		if err := knownGap(a.Gap); err != nil {
			return fmt.Errorf("accept entry %d: %w", i+1, err)
		}
	}
	return nil
}

// knownGap refuses a kind of gap that does not exist: what it should accept would
// stay open without a word. Subjects are many, and some come of rules of one's own.
func knownGap(id string) error {
	kind, _, _ := strings.Cut(id, "/")
	gaps, err := rules.List[rules.Gap](nil, "gaps")
	if err != nil {
		return err
	}
	kinds := make([]string, 0, len(gaps))
	for i := range gaps {
		kinds = append(kinds, gaps[i].Kind)
	}
	if slices.Contains(kinds, kind) {
		return nil
	}
	slices.Sort(kinds)
	return fmt.Errorf("gap: unknown kind %q; %s", kind, register.OneOf(kind, kinds))
}

// lines notes where each target is declared: gaps of a share are anchored there.
func (c *config) lines(src []byte) error {
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return fmt.Errorf("configuration %s: %s", c.file, yaml.FormatError(err, false, false))
	}
	path, err := yaml.PathString("$.targets")
	if err != nil {
		return err
	}
	node, err := path.FilterFile(file)
	if err != nil || node == nil {
		return nil //nolint:nilerr // there are no targets
	}
	list, ok := node.(*ast.SequenceNode)
	for i := range c.Targets {
		if ok && i < len(list.Values) {
			c.Targets[i].line = list.Values[i].GetToken().Position.Line
		}
	}
	return nil
}

// path returns a path of the configuration as one of the process.
func (c *config) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// cause strips the operation and the path from an error of the system: the
// message names the path already.
func cause(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
