package rules

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// userSections are the sections users may add to.
var userSections = []string{"categories", "context", "glossary", "names", "patterns", "recipients", "words"}

// userSources reads a file or folder given with --rules. A file is a mapping of
// section to what a file of that section holds; a folder holds such files, and
// folders named like a section.
func userSources(path string) ([]source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("rules %s: %w", path, err)
	}
	if !info.IsDir() {
		return userFile(path, "")
	}
	var all []source
	err = filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("rules %s: %w", p, err)
		}
		if p != path && strings.HasPrefix(e.Name(), ".") {
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if e.IsDir() || !isYAML(p) {
			return nil
		}
		src, err := userFile(p, sectionOf(path, p))
		all = append(all, src...)
		return err
	})
	return all, err
}

func isYAML(p string) bool {
	ext := filepath.Ext(p)
	return ext == ".yml" || ext == ".yaml"
}

// sectionOf returns the section a file of a folder of rules belongs to: the
// folder it is in. It is empty for files that stand directly in root.
func sectionOf(root, p string) string {
	rel, err := filepath.Rel(root, p)
	if err != nil {
		return ""
	}
	section, _, nested := strings.Cut(filepath.ToSlash(rel), "/")
	if !nested {
		return ""
	}
	return section
}

func userFile(p, section string) ([]source, error) {
	info, err := os.Stat(p)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("rules %s: a pipe or a device: save it to a file and give that", p)
	}
	text, err := os.ReadFile(p)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	node, err := parse(filepath.ToSlash(p), text)
	if err != nil {
		return nil, err
	}
	name := filepath.ToSlash(p)
	if section != "" {
		if err := knownSection(name, section, 1, 1); err != nil {
			return nil, err
		}
		return []source{{section: section, name: name, node: node}}, nil
	}
	return userParts(name, node)
}

// userParts splits a file that names its sections.
func userParts(name string, node ast.Node) ([]source, error) {
	m, ok := node.(ast.MapNode)
	if !ok {
		return nil, fmt.Errorf("%s:1:1: want a mapping with %s", name, strings.Join(userSections, ", "))
	}
	var all []source
	for it := m.MapRange(); it.Next(); {
		tok := it.Key().GetToken()
		if err := knownSection(name, tok.Value, tok.Position.Line, tok.Position.Column); err != nil {
			return nil, err
		}
		all = append(all, source{section: tok.Value, name: name, node: it.Value()})
	}
	return all, nil
}

func knownSection(name, section string, line, column int) error {
	if slices.Contains(userSections, section) {
		return nil
	}
	return fmt.Errorf("%s:%d:%d: unknown section %q: use one of %s", name, line, column, section, strings.Join(userSections, ", "))
}
