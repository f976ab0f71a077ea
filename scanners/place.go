package scanners

import (
	"cmp"
	"context"
	"encoding/hex"
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
	shelf   *detectors.Shelf
	at      string // where what is held was found, before it is placed
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
	blob     string // its id as bytes, or as it is where that is not hexadecimal
	findings detectors.Shelved
}

func (h *held) id() string {
	if len(h.blob) == 20 || len(h.blob) == 32 {
		return hex.EncodeToString([]byte(h.blob))
	}
	return h.blob
}

// hold keeps the findings of a blob.
func (p *placer) hold(blob string, findings []detectors.Finding) {
	if p.shelf == nil {
		p.shelf, p.at = &detectors.Shelf{}, findings[0].At.Container()
	}
	if id, err := hex.DecodeString(blob); err == nil && (len(id) == 20 || len(id) == 32) {
		blob = string(id)
	}
	p.held = append(p.held, held{blob, p.shelf.Put(findings)})
}

// take passes a result on; false when nobody wants more.
func (p *placer) take(r Result) bool {
	if p.target != r.Target {
		p.flush()
		p.target = r.Target
	}
	if r.Blob != "" && len(r.Findings) > 0 {
		p.hold(r.Blob, r.Findings)
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
	blobs, shelf := p.held, p.shelf
	p.held, p.shelf = nil, nil
	if len(blobs) == 0 {
		return
	}
	places, err := p.places(blobs)
	if err != nil {
		at := item.Location{Target: p.target, Path: p.at}
		p.pass(Result{Target: p.target, Coverage: item.Coverage{Unread: []item.Unread{{At: at, Reason: err.Error()}}}})
	}
	all := make([]placed, len(blobs))
	for i := range blobs {
		id := blobs[i].id()
		past, ok := places[id]
		if !ok {
			past = item.Past{Path: "(unreachable)"}
		} else {
			past.Path = p.mask(past.Path)
		}
		all[i] = placed{held: &blobs[i], past: past}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].before(&all[j]) })
	for i := range all {
		p.pass(Result{Target: p.target, Path: all[i].past.Path, Findings: all[i].findings(shelf)})
	}
}

func (p *placer) places(blobs []held) (map[string]item.Past, error) {
	for _, t := range p.targets {
		if from, ok := t.Source.(Placer); ok && t.Name == p.target {
			ids := make([]string, len(blobs))
			for i := range blobs {
				ids[i] = blobs[i].id()
			}
			return from.Place(p.ctx, ids)
		}
	}
	return nil, nil
}

// placed is a blob whose place in the past is known.
type placed struct {
	held *held
	past item.Past
}

// findings returns the findings of the blob, at their place.
func (b *placed) findings(shelf *detectors.Shelf) []detectors.Finding {
	list, past := shelf.Take(b.held.findings), b.past
	for i := range list {
		f := &list[i]
		f.Past = &past
		inner := f.At.Path[len(f.At.Container()):] // `!/` and what is in the blob
		f.At.Path = past.Path + inner
		if !past.Date.IsZero() {
			f.Date = past.Date.Format("2006-01-02")
		}
	}
	return list
}

// before orders blobs by path, then by commit, then by id.
func (b *placed) before(o *placed) bool {
	return cmp.Or(strings.Compare(b.past.Path, o.past.Path), strings.Compare(b.past.Commit, o.past.Commit), strings.Compare(b.held.blob, o.held.blob)) < 0
}
