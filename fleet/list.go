package fleet

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// Bounds of a batch. Batches begin small and grow, so that a small target is
// shared by all workers and a large one is few messages.
const (
	firstItems, firstBytes = 16, 1 << 20
	mostItems, mostBytes   = 2000, 64 << 20
	mostNames              = 256 << 10 // bytes of references: a message of 1 MiB is refused
	growth                 = 16        // batches after which the bounds double
)

// bounds returns the bounds of a batch.
func bounds(seq int) (items int, size int64) {
	double := min(seq/growth, 16)
	return min(firstItems<<double, mostItems), min(int64(firstBytes)<<double, mostBytes)
}

// A lister walks targets and puts them into the queue as batches.
type lister struct {
	run     *Run
	next    int // number of the next batch
	batch   Batch
	size    int64
	names   int                 // bytes of the references in the open batch
	known   known               // what was listed before a restart; nil for a new run
	pieces  map[string][]string // of parts that were listed in pieces before a restart
	damaged int                 // batches of which nobody can tell what they listed
	begun   map[string]bool     // parts of which items were listed before a restart
	remote  bool                // the open part is a server
	tally   *Tally
	scan    scanners.Options // formats, to know which files can be cut
}

// list walks all targets and returns the number of batches. A part that cannot
// find its items again is one batch: the worker walks it.
func (l *lister) list(ctx context.Context, targets []scanners.Target) error {
	for _, t := range targets {
		if err := l.target(ctx, t); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (l *lister) target(ctx context.Context, t scanners.Target) error {
	for n, part := range parts(t.Source) {
		l.batch, l.remote = Batch{Target: t.Name, Part: n}, false
		whole, err := l.whole(ctx, part)
		if err != nil {
			return err
		}
		if whole {
			if err := l.walks(ctx, part); err != nil {
				return err
			}
			continue
		}
		ended, err := l.part(ctx, part)
		if s, ok := part.(distant); ok {
			s.Rest()
		}
		if err != nil || ended {
			return err
		}
	}
	return nil
}

// walks puts a part that workers walk into the queue: in pieces, where it can be
// walked so.
func (l *lister) walks(ctx context.Context, part scanners.Source) error {
	l.batch.Whole = true
	pieces := []string{""}
	if d, ok := part.(scanners.Divided); ok && l.fresh(Ref{}) {
		if names := d.Pieces(ctx); len(names) > 0 {
			pieces = names
		}
	}
	if !among(l.pieces[partOf(&l.batch)], pieces, l.damaged) {
		return fmt.Errorf("target %s: its repository was repacked since it was listed: begin another run", l.batch.Target)
	}
	for _, l.batch.Piece = range pieces {
		if !l.fresh(Ref{Ref: l.batch.Piece}) {
			continue
		}
		if err := l.flush(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// among tells whether what was listed of a part before a restart is of the pieces
// that it has now, in their order but for those that a damaged batch held: there
// are no more holes than there were damaged batches.
func among(was, pieces []string, damaged int) bool {
	last, met := -1, map[string]bool{}
	for _, name := range was {
		i := slices.Index(pieces, name)
		if i < 0 {
			return false
		}
		last, met[name] = max(last, i), true
	}
	return last+1-len(met) <= damaged
}

// whole tells whether a part is left to one worker: it cannot find its items
// again, or it is a server that this process cannot reach, and workers may.
func (l *lister) whole(ctx context.Context, part scanners.Source) (bool, error) {
	if _, ok := part.(scanners.Finder); !ok {
		return true, nil
	}
	s, ok := part.(distant)
	if !ok {
		return false, nil
	}
	l.remote = true
	if !l.fresh(Ref{}) {
		return true, nil // it was so before a restart
	}
	err := s.Ready(ctx)
	if err != nil && l.begun[partOf(&l.batch)] {
		return false, fmt.Errorf("target %s: its tables were listed before this process was restarted, and cannot be now: %w", l.batch.Target, err)
	}
	return err != nil, ctx.Err()
}

// part lists the items of one source; ended says that its walk broke off.
func (l *lister) part(ctx context.Context, s scanners.Source) (ended bool, err error) {
	for it, walk := range s.Items(ctx) {
		r := Ref{Ref: it.Ref, Skip: it.Skip, Unread: it.Unread}
		if walk != nil {
			ended = it.At.Path == ""
			r.Unread = walk.Error()
		}
		if ended {
			if ctx.Err() != nil {
				return true, ctx.Err() // not of the target: the run goes on later
			}
			r = Ref{Ended: walk.Error()}
		} else if r.Skip != "" || r.Unread != "" {
			r.Path = it.At.Path
		}
		if err := l.addPieces(ctx, r, it); err != nil {
			return ended, err
		}
		if ended {
			break
		}
	}
	return ended, l.flush(ctx)
}

// addPieces puts an item into batches: a large file of lines piece by piece, so
// that no worker has it alone.
func (l *lister) addPieces(ctx context.Context, r Ref, it item.Item) error {
	var pieces []item.Stretch
	if r.Ref != "" && r.Skip == "" && r.Unread == "" && r.Ended == "" {
		pieces = scanners.Stretches(&it, l.scan)
	}
	if len(pieces) == 0 {
		return l.add(ctx, r, it)
	}
	it.Size /= int64(len(pieces))
	for i := range pieces {
		r.Stretch, r.Identity = &pieces[i], it.Identity
		if err := l.alone(ctx, r, it); err != nil {
			return err
		}
	}
	return nil
}

// alone puts an item into a batch of its own.
func (l *lister) alone(ctx context.Context, r Ref, it item.Item) error {
	if err := l.flush(ctx); err != nil {
		return err
	}
	if err := l.add(ctx, r, it); err != nil {
		return err
	}
	return l.flush(ctx)
}

// add puts an item into the open batch. A large one travels alone, so that it
// holds up no small ones.
func (l *lister) add(ctx context.Context, r Ref, it item.Item) error {
	if !l.fresh(r) {
		return nil
	}
	items, size := bounds(l.next)
	if l.remote { // few batches: each may be a connection more to its server
		items, size = mostItems, mostBytes
	}
	heavy := it.Size > size/4
	names := len(r.Ref) + len(r.Path) + len(r.Skip) + len(r.Unread) + len(r.Ended)
	if len(l.batch.Items) > 0 && (heavy || l.size+it.Size > size || l.names+names > mostNames) {
		if err := l.flush(ctx); err != nil {
			return err
		}
	}
	l.batch.Items = append(l.batch.Items, r)
	l.size += it.Size
	l.names += names
	if heavy || len(l.batch.Items) >= items {
		return l.flush(ctx)
	}
	return nil
}

// fresh tells whether an item of the open batch's part was not listed before.
func (l *lister) fresh(r Ref) bool { return l.known == nil || !l.known[keyOf(&l.batch, r)] }

// flush puts the open batch into the queue.
func (l *lister) flush(ctx context.Context) error {
	if len(l.batch.Items) == 0 && !l.batch.Whole {
		return nil
	}
	l.batch.Seq = l.next
	data, err := encode(l.batch)
	if err != nil {
		return err
	}
	err = l.run.q.put(ctx, l.run.batches, l.run.batchSubject(l.next), nil, data)
	if errors.Is(err, errTaken) {
		return errLed
	}
	if err == nil {
		l.tally.listed(&l.batch, l.size)
	}
	l.next++
	l.batch.Items, l.size, l.names = l.batch.Items[:0], 0, 0
	return err
}

// errLed says that two coordinators are at work on one run.
var errLed = errors.New("another process leads this run: stop it first")
