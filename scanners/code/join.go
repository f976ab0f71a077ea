package code

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// A Tree is the files of a target, to look for the other half of a flow.
type Tree interface {
	// OpenFile opens a file by its path from the root of the target.
	OpenFile(path string) (io.ReadCloser, error)
	// Files lists the paths of all files.
	Files(ctx context.Context) ([]string, error)
}

// A Change is a Tree of which only a part is walked: the files that a change
// touches, with the lines it adds.
type Change interface {
	Tree
	Added(ctx context.Context) (map[string][]item.Lines, error)
}

// A Holder is a Tree that opens many files better together, until it is let go.
type Holder interface {
	Hold(ctx context.Context) (letGo func())
}

// A Join joins the halves of flows that files hold to functions of other files.
// What it tells depends neither on the order in which the files were read nor on
// what an earlier run remembered of them.
type Join struct {
	trees   map[string]Tree
	engine  *detectors.Engine
	joiners map[string]*joiner
}

// NewJoin joins within each of the trees, by target; there are no flows in what
// has none: a database, a repository without a work tree.
func NewJoin(trees map[string]Tree, e *detectors.Engine) *Join {
	return &Join{trees: trees, engine: e, joiners: map[string]*joiner{}}
}

// Take keeps the halves among the findings of one file, and returns the rest.
// read tells whether the file was read, now or by the run that is remembered. A
// path that is not known is empty: then the tree is asked for its files.
func (j *Join) Take(target, path string, read bool, findings []detectors.Finding) []detectors.Finding {
	if j.trees[target] != nil {
		if j.joiners[target] == nil {
			j.joiners[target] = &joiner{target: target, tree: j.trees[target], engine: j.engine}
		}
		j.joiners[target].take(path, read, findings)
	}
	return withoutHalves(findings)
}

// Flows returns the whole flows of a target by path, once all its files were
// taken, and what could not be read for them: then flows may be missing.
func (j *Join) Flows(ctx context.Context, target string) ([]detectors.Finding, []item.Unread) {
	at := j.joiners[target]
	if tree := j.trees[target]; at == nil && tree != nil {
		at = &joiner{target: target, tree: tree, engine: j.engine}
	}
	if at == nil {
		return nil, nil
	}
	if err := at.join(ctx); err != nil {
		at.fails("", err)
	}
	return at.found, at.unread
}

func isHalf(f detectors.Finding) bool { return f.To != nil }

func withoutHalves(all []detectors.Finding) []detectors.Finding {
	if !slices.ContainsFunc(all, isHalf) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), isHalf)
}

// A joiner joins the halves of one target.
type joiner struct {
	target string
	tree   Tree
	engine *detectors.Engine
	masks  func(string) string
	paths  []string
	halves []detectors.Finding

	words   *vocabulary
	places  *places
	known   map[string]*definition
	walked  map[string]bool         // what the walk could not read, and told
	changed map[string][]item.Lines // nil when all of the target is looked at
	seen    map[landed]bool
	handed  map[handed]bool // halves followed, and whether the change adds them
	found   []detectors.Finding
	unread  []item.Unread
}

// A handed is one value on its way into a function, whoever holds it.
type handed struct {
	path, category, identifier   string
	name, class, key, from, lang string
	line, arg                    int
}

// A landed is one flow, whoever calls.
type landed struct {
	path, category, identifier, scope, third string
	line                                     int
	sink                                     item.Sink
}

// take keeps the halves of a file, and its path when an import may lead there.
func (j *joiner) take(path string, read bool, findings []detectors.Finding) {
	switch {
	case read && sourceFile(path):
		j.paths = append(j.paths, path)
	case !read && path != "":
		if j.walked == nil {
			j.walked = map[string]bool{}
		}
		j.walked[path] = true
	}
	for i := range findings {
		if findings[i].To != nil {
			j.halves = append(j.halves, findings[i])
		}
	}
}

// deepest is how many files a value is followed through after its own.
const deepest = 3

// join finds the flows into other files. An error says that none could be.
func (j *joiner) join(ctx context.Context) error {
	change, part := j.tree.(Change)
	if len(j.halves) == 0 && !part {
		return nil
	}
	var err error
	if j.words, err = ownWords(); err != nil {
		return nil // told by the formats
	}
	if h, ok := j.tree.(Holder); ok {
		defer h.Hold(ctx)()
	}
	j.masks = j.engine.Scanner().Mask
	j.known, j.seen, j.handed = map[string]*definition{}, map[landed]bool{}, map[handed]bool{}
	var asked map[*language][]string // functions that a change gives a sink
	if part {
		if j.changed, err = change.Added(ctx); err != nil {
			return err
		}
		if asked = j.touched(); len(asked) == 0 && len(j.halves) == 0 {
			return nil
		}
	}
	if len(j.paths) == 0 || part {
		if err := j.list(ctx); err != nil {
			return err
		}
	}
	j.places = newPlaces(j.paths, j.module)
	j.callers(ctx, asked)
	halves := j.halves
	for range deepest {
		slices.SortStableFunc(halves, byPlace)
		var next []detectors.Finding
		for i := range halves {
			next = append(next, j.follow(&halves[i])...)
		}
		halves = next
	}
	slices.SortStableFunc(j.found, byPlace)
	return ctx.Err()
}

// fails notes a file, or all files, whose flows are not known.
func (j *joiner) fails(file string, err error) {
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted")
	}
	at := item.Location{Target: j.target}
	if file != "" {
		at.Path = j.engine.Scanner().Mask(file)
	}
	j.unread = append(j.unread, item.Unread{At: at, Reason: "flows from file to file were not followed here: " + err.Error()})
}

// again tells whether a half was followed before. One that the change adds is
// followed once more when only one that it leaves was.
func (j *joiner) again(h *detectors.Finding) bool {
	k := handed{h.At.Path, h.Category, h.Identifier, h.To.Name, h.To.Type, h.To.Key, strings.Join(h.To.From, "\x00"), h.To.Lang, h.At.Line, h.To.Arg}
	fresh, ok := j.handed[k]
	if ok && (fresh || !h.Fresh) {
		return true
	}
	j.handed[k] = h.Fresh
	return false
}

func byPlace(a, b detectors.Finding) int {
	return cmp.Or(cmp.Compare(a.At.Path, b.At.Path), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Identifier, b.Identifier), cmp.Compare(a.Detector, b.Detector))
}

// list asks the tree for its files.
func (j *joiner) list(ctx context.Context) error {
	all, err := j.tree.Files(ctx)
	j.paths = slices.DeleteFunc(all, func(f string) bool { return !sourceFile(f) && !pageCode(f) })
	return err
}

// pageCode tells the files that hold code in a page.
func pageCode(name string) bool {
	return strings.HasSuffix(name, ".vue") || strings.HasSuffix(name, ".svelte")
}

// follow joins one half to what the called function does, and returns the
// halves that lead on into a third file.
func (j *joiner) follow(h *detectors.Finding) (next []detectors.Finding) {
	file, lands := j.lookUp(h.To.From, h.At.Path, h.To.Name, 0)
	for i := range lands {
		l := &lands[i]
		if file == h.At.Path || !l.takes(h.To) {
			continue
		}
		if l.flow.To == nil && (!j.words.countsIn(l.flow.Sink, h.Identifier) || fold(l.name) == fold(h.Identifier) && l.flow.Third == "") {
			continue // no password; or told by the function itself, but for who hands data to a third party
		}
		f := j.whole(h, l, file)
		if f.To != nil {
			if !j.again(&f) {
				next = append(next, f)
			}
			continue
		}
		k := landed{file, f.Category, f.Identifier, f.Scope, l.flow.Third, f.At.Line, f.Sink}
		if j.seen[k] || j.changed != nil && !f.Fresh {
			continue
		}
		j.seen[k] = true
		f.Fresh = false
		j.found = append(j.found, f)
	}
	return next
}

// whole is the flow from where a half begins to where the function hands it.
func (j *joiner) whole(h *detectors.Finding, l *landing, file string) detectors.Finding {
	mask := j.masks
	f := *h
	f.At = item.Location{Target: j.target, Path: file, Place: item.Place{Line: l.flow.Line}}
	f.Lines = []int{l.flow.Line}
	f.Sink, f.Scope, f.Kept, f.To = l.flow.Sink, mask(l.flow.Inside), l.flow.Kept, l.flow.To
	f.Third = nil
	if l.flow.Third != "" {
		f.Third = &item.Third{ID: l.flow.Third, Line: l.flow.Line}
	}
	f.Flow = slices.Clone(h.Flow)
	for i := range f.Flow {
		if f.Flow[i].File == "" {
			f.Flow[i].File = h.At.Path
		}
	}
	for _, s := range l.flow.Path {
		f.Flow = append(f.Flow, item.Step{Line: s.Line, Note: mask(s.Note)})
		f.Fresh = f.Fresh || within(j.changed[file], s.Line)
	}
	return f
}

func within(lines []item.Lines, line int) bool {
	return slices.ContainsFunc(lines, func(l item.Lines) bool { return line >= l.First && line <= l.Last })
}
