package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"github.com/ecart-rgpd/ecart/cmd/ecart/start"
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/repo"
)

// gitFlags choose what of a repository is read.
type gitFlags struct {
	history bool
	since   string
	staged  bool
	diff    string
}

func (g *gitFlags) add(fs *pflag.FlagSet) {
	fs.BoolVar(&g.history, "history", false, "read the past of repositories too: every unique blob, once")
	fs.StringVar(&g.diff, "diff", "", "only lines added since the work tree left BASE (pull requests), those of the register included")
	fs.StringVar(&g.since, "since", "", "only lines added since a revision")
	fs.BoolVar(&g.staged, "staged", false, "only lines that the next commit would add")
}

// partial tells whether only a part of a repository is looked at.
func (g *gitFlags) partial() bool { return g.diff != "" || g.since != "" || g.staged }

// check refuses flags that contradict each other.
func (g *gitFlags) check() error {
	n := 0
	for _, set := range []bool{g.diff != "", g.since != "", g.staged} {
		if set {
			n++
		}
	}
	if n > 1 || n == 1 && g.history {
		return errors.New("--diff, --since, --staged and --history exclude each other: give one")
	}
	return nil
}

// change opens the part of a repository that the flags ask for; nil for all.
func (g *gitFlags) change(ctx context.Context, path string) (scanners.Source, error) {
	var d *repo.Diff
	var err error
	switch {
	case g.diff != "":
		d, err = repo.OpenDiff(ctx, path, g.diff)
	case g.since != "":
		d, err = repo.OpenSince(ctx, path, g.since)
	case g.staged:
		d, err = repo.OpenStaged(ctx, path)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// openRepository makes the source of a target that is a repository: what is
// there, what a change adds, or all that ever was.
func (f *scanFlags) openRepository(ctx context.Context, t target, folder scanners.Source) (target, error) {
	t.about.Code = true
	change, err := f.git.change(ctx, t.entry.Path)
	switch {
	case err != nil:
		return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
	case change != nil:
		t.about.Part, t.source = true, change
		return t, nil
	case !f.git.history && !t.entry.History:
		t.source = folder
		return t, nil
	}
	past, err := repo.OpenHistory(t.entry.Path)
	if errors.Is(err, repo.ErrNone) { // a folder within a work tree has no past of its own
		t.source = folder
		return t, nil
	}
	if err != nil {
		return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
	}
	t.source = scanners.Chain{folder, past}
	return t, nil
}

// watchPast lets the past of repositories be looked at as its blobs are made:
// what versions of a file have in common is looked at once. It tells whether there
// is a past.
func watchPast(s scanners.Source, e *detectors.Engine) (past bool) {
	switch s := s.(type) {
	case scanners.Chain:
		for _, part := range s {
			past = watchPast(part, e) || past
		}
	case *repo.History:
		s.Watch(e, formats())
		start.Bound() // objects of a long past are large: memory comes first
		past = true
	}
	return past
}

// openBare makes the source of a repository without a work tree.
func (f *scanFlags) openBare(t target) (target, error) {
	open := repo.OpenHead
	if f.git.history || t.entry.History {
		open = repo.OpenHistory
	}
	past, err := open(t.entry.Path)
	if err != nil {
		return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
	}
	t.about.Code, t.source = true, past
	return t, nil
}

// uncloned is a target whose repository could not be copied for err.
func uncloned(t target, err error) target {
	t.about.Code, t.source = true, closed{err}
	t.entry.Path = filepath.Join(os.TempDir(), "ecart-git-elsewhere") // of no repository
	return t
}

// openClone copies a remote repository or a bundle and reads the copy. One that
// cannot be copied is a target that was not read: the others are.
func (f *scanFlags) openClone(ctx context.Context, t target) (target, error) {
	dir, remove, err := repo.Clone(ctx, t.entry.Path)
	switch {
	case ctx.Err() != nil:
		return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
	case err != nil:
		return uncloned(t, err), nil
	}
	t.entry.Path, t.close = dir, remove
	opened, err := f.openBare(t)
	if err != nil {
		remove()
	}
	return opened, err
}

// addedTo tells which lines of the register and of the policy a change adds, and
// the lines of each treatment that it touches: what it took away or changed in one
// line may be wrong on another. Nil where all is looked at; a document outside the repositories of the change has
// no line of it.
func (s *settings) addedTo(ctx context.Context, g *gitFlags) (func(document string, line int) bool, error) {
	if !g.partial() {
		return nil, nil
	}
	files := map[string]string{}
	if s.register != nil {
		files[reconcile.OnRegister] = s.register.File
	}
	if s.policy != nil && s.anchors.Policy != "" {
		files[reconcile.OnPolicy] = filepath.Join(s.root, filepath.FromSlash(s.anchors.Policy))
	}
	added := map[string][]item.Lines{}
	var removed []repo.Removal // from the register
	for _, t := range s.targets {
		change, ok := t.source.(*repo.Diff)
		if !ok {
			continue
		}
		for document, file := range files {
			lines, err := change.AddedTo(ctx, file)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			added[document] = append(added[document], lines...)
		}
		if s.register == nil {
			continue
		}
		lines, err := change.RemovedFrom(ctx, s.register.File)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.register.File, err)
		}
		removed = append(removed, lines...)
	}
	added[reconcile.OnRegister] = append(added[reconcile.OnRegister], touched(s.register, added[reconcile.OnRegister], removed)...)
	return func(document string, line int) bool {
		return slices.ContainsFunc(added[document], func(l item.Lines) bool { return l.First <= line && line <= l.Last })
	}, nil
}
