package scanners

import (
	"context"
	"sort"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// A Placer is a Source of history. Its blobs have no path of their own: commits
// give them one, and finding those costs more than the reading, so it is done
// once, for the blobs with findings alone.
type Placer interface {
	// Place returns commit, path and date by blob id; a blob that no commit holds
	// is absent.
	Place(ctx context.Context, blobs []string) (map[string]item.Past, error)
}

// A placer passes results on, and holds those of history until their target has
// been walked: then they are placed and passed on in order of path.
type placer struct {
	ctx     context.Context
	targets []Target
	yield   func(Result) bool
	mask    func(string) string
	held    []Result
	stopped bool
}

// Placing places results of history that were read without a place, as Scan does:
// take is given all results in the order of the walk, and flush ends it. Both
// tell whether more is wanted.
func Placing(ctx context.Context, targets []Target, o Options, yield func(Result) bool) (take func(Result) bool, flush func() bool) {
	p := &placer{ctx: ctx, targets: targets, yield: yield, mask: o.Engine.Scanner().Mask}
	return p.take, func() bool { p.flush(); return !p.stopped }
}

// take passes a result on; false when nobody wants more.
func (p *placer) take(r Result) bool {
	if len(p.held) > 0 && p.held[0].Target != r.Target {
		p.flush()
	}
	if r.Blob != "" && len(r.Findings) > 0 {
		p.held = append(p.held, Result{Target: r.Target, Path: r.Path, Findings: r.Findings, Blob: r.Blob})
		r.Findings = nil
	}
	p.pass(r)
	return !p.stopped
}

func (p *placer) pass(r Result) {
	if !p.stopped && !p.yield(r) {
		p.stopped = true
	}
}

// flush places what is held.
func (p *placer) flush() {
	held := p.held
	p.held = nil
	if len(held) == 0 {
		return
	}
	places, err := p.places(held)
	if err != nil {
		p.pass(Result{Target: held[0].Target, Coverage: item.Coverage{Unread: []item.Unread{{At: item.Location{Target: held[0].Target, Path: held[0].Path}, Reason: err.Error()}}}})
	}
	for i := range held {
		if past, ok := places[held[i].Blob]; ok {
			past.Path = p.mask(past.Path)
			held[i].put(past)
			continue
		}
		held[i].put(item.Past{Path: "(unreachable)"})
	}
	sort.SliceStable(held, func(i, j int) bool { return held[i].before(&held[j]) })
	for _, r := range held {
		p.pass(r)
	}
}

func (p *placer) places(held []Result) (map[string]item.Past, error) {
	for _, t := range p.targets {
		if from, ok := t.Source.(Placer); ok && t.Name == held[0].Target {
			blobs := make([]string, len(held))
			for i := range held {
				blobs[i] = held[i].Blob
			}
			return from.Place(p.ctx, blobs)
		}
	}
	return nil, nil
}

// put gives the findings of a blob their place.
func (r *Result) put(past item.Past) {
	r.Path = past.Path
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Past = &past
		inner := f.At.Path[len(f.At.Container()):] // `!/` and what is in the blob
		f.At.Path = past.Path + inner
		if !past.Date.IsZero() {
			f.Date = past.Date.Format("2006-01-02")
		}
	}
}

// before orders results by path, then by commit, then by blob.
func (r *Result) before(o *Result) bool {
	a, b := key(r.Findings), key(o.Findings)
	if a != b {
		return a < b
	}
	return r.Blob < o.Blob
}

func key(f []detectors.Finding) string { return f[0].Past.Path + "\x00" + f[0].Past.Commit }
