package scanners

import (
	"cmp"
	"context"
	"sort"
	"strings"

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
	target  string // of what is held
	held    []held
	stopped bool
}

// Placing places results of history that were read without a place, as Scan does:
// take is given all results in the order of the walk, and flush ends it. Both
// tell whether more is wanted.
func Placing(ctx context.Context, targets []Target, o Options, yield func(Result) bool) (take func(Result) bool, flush func() bool) {
	p := &placer{ctx: ctx, targets: targets, yield: yield, mask: o.Engine.Scanner().Mask}
	return p.take, func() bool { p.flush(); return !p.stopped }
}

// held is a blob with findings: many wait at once, so this is all that is kept.
type held struct {
	blob     string
	findings []detectors.Finding
}

// take passes a result on; false when nobody wants more.
func (p *placer) take(r Result) bool {
	if p.target != r.Target {
		p.flush()
		p.target = r.Target
	}
	if r.Blob != "" && len(r.Findings) > 0 {
		p.held = append(p.held, held{r.Blob, r.Findings})
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
	blobs := p.held
	p.held = nil
	if len(blobs) == 0 {
		return
	}
	places, err := p.places(blobs)
	if err != nil {
		at := item.Location{Target: p.target, Path: blobs[0].findings[0].At.Container()}
		p.pass(Result{Target: p.target, Coverage: item.Coverage{Unread: []item.Unread{{At: at, Reason: err.Error()}}}})
	}
	for i := range blobs {
		past, ok := places[blobs[i].blob]
		if !ok {
			past = item.Past{Path: "(unreachable)"}
		} else {
			past.Path = p.mask(past.Path)
		}
		blobs[i].put(past)
	}
	sort.SliceStable(blobs, func(i, j int) bool { return blobs[i].before(&blobs[j]) })
	for _, b := range blobs {
		p.pass(Result{Target: p.target, Path: b.findings[0].Past.Path, Findings: b.findings})
	}
}

func (p *placer) places(blobs []held) (map[string]item.Past, error) {
	for _, t := range p.targets {
		if from, ok := t.Source.(Placer); ok && t.Name == p.target {
			ids := make([]string, len(blobs))
			for i := range blobs {
				ids[i] = blobs[i].blob
			}
			return from.Place(p.ctx, ids)
		}
	}
	return nil, nil
}

// put gives the findings of a blob their place.
func (h *held) put(past item.Past) {
	for i := range h.findings {
		f := &h.findings[i]
		f.Past = &past
		inner := f.At.Path[len(f.At.Container()):] // `!/` and what is in the blob
		f.At.Path = past.Path + inner
		if !past.Date.IsZero() {
			f.Date = past.Date.Format("2006-01-02")
		}
	}
}

// before orders blobs by path, then by commit, then by id.
func (h *held) before(o *held) bool {
	a, b := h.findings[0].Past, o.findings[0].Past
	return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Commit, b.Commit), strings.Compare(h.blob, o.blob)) < 0
}
