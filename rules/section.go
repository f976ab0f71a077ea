package rules

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

//go:generate go run ./compile

// The vocabulary as people write it, and the same compiled by go generate: the
// YAML is read by tests, `ecart rules` and users; the compiled form by every
// other run, because parsing YAML would take most of the start-up time.
var (
	//go:embed *.yml */*.yml
	sources embed.FS
	//go:embed compiled
	compiled embed.FS
)

// A File is one file of a section, read as T.
type File[T any] struct {
	Name string // path as shown in errors: rules/words/health.yml
	User bool   // given with --rules, not built in
	Body T
	node ast.Node
}

// At returns where entry i of a file that is a list starts, as file:line:column;
// the name of the file alone when it is built in.
func (f File[T]) At(i int) string {
	list, ok := f.node.(*ast.SequenceNode)
	if !ok || i >= len(list.Values) {
		return f.Name
	}
	p := list.Values[i].GetToken().Position
	return fmt.Sprintf("%s:%d:%d", f.Name, p.Line, p.Column)
}

// Section reads a section of the vocabulary: the folder rules/<name>, or the
// file rules/<name>.yml, then what users add to it. Files are in order of name,
// those of users last. Fields of T carry yaml tags; a key T does not have is an
// error. The keys hit and miss hold examples: they are left out of the compiled
// form, so built-in files come without them (see Sources).
func Section[T any](r *Rules, name string) ([]File[T], error) {
	files, err := builtinFiles[T](name)
	if err != nil || r == nil {
		return files, err
	}
	for _, src := range r.user {
		if src.section != name {
			continue
		}
		f := File[T]{Name: src.name, User: true, node: src.node}
		if err := src.decode(&f.Body); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// List reads a section whose files are lists, and joins them.
func List[T any](r *Rules, name string) ([]T, error) {
	files, err := Section[[]T](r, name)
	if err != nil {
		return nil, err
	}
	var all []T
	for _, f := range files {
		all = append(all, f.Body...)
	}
	return all, nil
}

// Sources reads a section from its YAML, examples included: slower than
// Section, and strict with file, line and column. For `ecart rules` and tests.
func Sources[T any](r *Rules, name string) ([]File[T], error) {
	var files []File[T]
	for _, src := range builtinSources(name) {
		f := File[T]{Name: src.name}
		if err := src.decode(&f.Body); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	all, err := Section[T](r, name)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if f.User {
			files = append(files, f)
		}
	}
	return files, nil
}

func builtinFiles[T any](name string) ([]File[T], error) {
	src, err := compiled.ReadFile("compiled/" + name + ".txt")
	if err != nil && slices.Contains(userSections, name) {
		return nil, nil // a section only users fill
	}
	if err != nil {
		return nil, fmt.Errorf("rules: no section %s: add its YAML and run go generate ./rules", name)
	}
	d := flat{rest: string(src)}
	var files []File[T]
	for d.rest != "" {
		f := File[T]{Name: d.line()}
		if err := d.into(&f.Body); err != nil {
			return nil, fmt.Errorf("%s: %w (run go generate ./rules)", f.Name, err)
		}
		files = append(files, f)
	}
	return files, nil
}

// builtinSources returns the YAML files of a section, in order of name.
func builtinSources(name string) []source {
	if text, err := sources.ReadFile(name + ".yml"); err == nil {
		return []source{{section: name, name: "rules/" + name + ".yml", text: text}}
	}
	entries, err := sources.ReadDir(name)
	if err != nil {
		return nil
	}
	var all []source
	for _, e := range entries {
		if p := path.Join(name, e.Name()); strings.HasSuffix(p, ".yml") {
			if text, err := sources.ReadFile(p); err == nil {
				all = append(all, source{section: name, name: "rules/" + p, text: text})
			}
		}
	}
	return all
}

// Sections returns the names of all built-in sections, sorted.
func Sections() []string {
	entries, err := sources.ReadDir(".")
	if err != nil {
		return nil
	}
	var all []string
	for _, e := range entries {
		if e.IsDir() || strings.HasSuffix(e.Name(), ".yml") {
			all = append(all, strings.TrimSuffix(e.Name(), ".yml"))
		}
	}
	return all
}
