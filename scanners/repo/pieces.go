package repo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/ecart-rgpd/ecart/item"
)

// This file shares the past of one repository out: each piece is a range of the
// trees of deltas of its packs, in the order of a whole walk, and the last one is
// what lies loose. Pieces are named, so that processes that see the same files
// agree on them.

// A piece of history is at least so many bytes of packs, and a repository has at
// most so many pieces: each who reads one opens all packs.
const (
	pieceSize  = 32 << 20
	mostPieces = 32
)

// Pieces names the pieces of the past, in order; nil says that it is to be walked
// whole, because it is small, or broken in a way that only a whole walk mends.
func (h *History) Pieces(ctx context.Context) []string {
	if h.head {
		return nil
	}
	r, err := h.shared().open(h.store)
	if err != nil {
		return nil
	}
	defer h.shared().release()
	total := int64(0)
	for _, p := range r.opened {
		total += p.file.size
	}
	size := max(cmp.Or(h.PieceSize, pieceSize), total/mostPieces)
	if total < 2*size || ctx.Err() != nil {
		return nil
	}
	return append(r.pieces(size), loosePiece)
}

// pieces names the pieces of what lies in packs, of about size bytes each: small
// packs are one together.
func (r *blobReader) pieces(size int64) (names []string) {
	var open []string
	held := int64(0)
	end := func() {
		if len(open) > 0 {
			names = append(names, strings.Join(open, "\n"))
		}
		open, held = nil, 0
	}
	for n, p := range r.opened {
		for _, at := range p.ranges(size) {
			open = append(open, piece{n, at[0], at[1], r.names[n]}.String())
			if held += p.bytes(at); held >= size {
				end()
			}
		}
	}
	end()
	return names
}

// loosePiece is the name of the last piece.
const loosePiece = "loose"

// A piece is entries from to to of a pack, or several such, a line each.
type piece struct {
	pack, from, to int
	name           string // of its index: another pack in its place is told apart
}

func (p piece) String() string { return fmt.Sprintf("%d %d %d %s", p.pack, p.from, p.to, p.name) }

// ranges cuts the entries of a pack in ranges of about size bytes.
func (p *pack) ranges(size int64) (list [][2]int) {
	from, begun := 0, int64(0)
	for i, at := range p.x.order {
		if offset := p.x.offsets[at]; offset-begun >= size && p.file.size-offset >= size/2 {
			list = append(list, [2]int{from, i})
			from, begun = i, offset
		}
	}
	return append(list, [2]int{from, len(p.x.order)})
}

// bytes is how large a range of entries is.
func (p *pack) bytes(at [2]int) int64 {
	end := p.file.size
	if at[1] < len(p.x.order) {
		end = p.x.offsets[p.x.order[at[1]]]
	}
	if at[0] >= len(p.x.order) {
		return 0
	}
	return end - p.x.offsets[p.x.order[at[0]]]
}

// errRepacked says that the packs are not those that were cut into pieces: the
// objects were put into others, or they cannot be opened any more.
var errRepacked = errors.New("the packs of the repository changed, or cannot be opened, since it was listed: scan it again")

// PieceItems yields the items of one piece, as a whole walk does. It may be
// called for several pieces at once.
func (h *History) PieceItems(ctx context.Context, name string) iter.Seq2[item.Item, error] {
	own := &History{store: h.store, bare: h.bare, git: h.git, cache: h.shared()}
	if h.watch.engine != nil {
		own.Watch(h.watch.engine, h.watch.formats)
	}
	return func(yield func(item.Item, error) bool) {
		r, err := own.cache.open(h.store)
		if err != nil {
			yield(item.Item{}, fmt.Errorf("%w (%w)", errRepacked, err))
			return
		}
		defer own.cache.release()
		missing := func() []string { return nil }
		if name == loosePiece {
			missing = own.missing
		}
		own.walk(ctx, r.forPiece(name), missing)(yield)
	}
}

// forPiece returns what calls blob for every blob of one piece that want asks for.
func (r *blobReader) forPiece(name string) blobs {
	return func(ctx context.Context, want func(id string) bool, blob func(id string, v *version) error, lost func(id string, reason error)) error {
		own := &blobReader{store: r.store, opened: r.opened, swept: r.opened, single: map[string]bool{}, failed: map[string]error{}}
		if name == loosePiece {
			return own.looseOnes(ctx, want, blob, lost)
		}
		list, err := r.parse(name)
		if err != nil {
			return err
		}
		for _, at := range list {
			own.swept = r.opened[:at.pack]
			p := *r.opened[at.pack] // its count of what was read is its own
			err := p.sweepRange(at.from, at.to, own.asks(want), own.find, own.gives(ctx, blob), own.fails)
			if err != nil {
				return err
			}
		}
		return own.mend(ctx, blob, lost)
	}
}

// parse reads the name of a piece, of packs that are as they were.
func (r *blobReader) parse(name string) (list []piece, err error) {
	for line := range strings.SplitSeq(name, "\n") {
		var at piece
		if _, err := fmt.Sscanf(line, "%d %d %d %s", &at.pack, &at.from, &at.to, &at.name); err != nil ||
			at.pack < 0 || at.pack >= len(r.opened) || r.names[at.pack] != at.name || at.from < 0 || at.to > len(r.opened[at.pack].kinds) {
			return nil, errRepacked
		}
		list = append(list, at)
	}
	return list, nil
}

// looseOnes reads the objects that lie in no pack.
func (r *blobReader) looseOnes(ctx context.Context, want func(id string) bool, blob func(id string, v *version) error, lost func(id string, reason error)) error {
	if err := r.allLoose(r.asks(want), r.gives(ctx, blob), r.fails); err != nil {
		return err
	}
	return r.mend(ctx, blob, lost)
}

// mend asks git for what could not be made, and tells what it cannot make either.
func (r *blobReader) mend(ctx context.Context, blob func(id string, v *version) error, lost func(id string, reason error)) error {
	if len(r.failed) > 0 {
		missed := func(id []byte) bool { return r.failed[string(id)] != nil }
		if _, err := r.rest(ctx, missed, r.gives(ctx, blob)); err != nil {
			return err
		}
	}
	r.tell(lost)
	return nil
}

// An openPacks keeps the packs of a repository mapped while pieces are read, and
// a while longer: to open them is a good part of reading a small piece.
type openPacks struct {
	mu      sync.Mutex
	users   int
	r       *blobReader       // its packs are only read
	present map[string]string // of HEAD; nil until asked for
}

// packsKept is how long packs stay open for the next piece.
const packsKept = 20 * time.Second

// shared returns what the pieces of this repository share.
func (h *History) shared() *openPacks {
	h.once.Do(func() {
		if h.cache == nil {
			h.cache = &openPacks{}
		}
	})
	return h.cache
}

// open opens all packs, all of which must be whole.
func (o *openPacks) open(s *store) (*blobReader, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.r == nil {
		r := &blobReader{store: s}
		for _, idx := range s.packs() {
			p, err := r.open(idx)
			if err == nil && len(p.bad) > 0 {
				err = errPack
			}
			if err != nil {
				r.close()
				return nil, err
			}
			r.names = append(r.names, strings.TrimSuffix(filepath.Base(idx), ".idx"))
		}
		o.r = r
	}
	o.users++
	return o.r, nil
}

// release lets the packs go once nobody has read them for a while.
func (o *openPacks) release() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.users--; o.users > 0 {
		return
	}
	time.AfterFunc(packsKept, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.users == 0 && o.r != nil {
			o.r.close()
			o.r, o.present = nil, nil
		}
	})
}

// atHead returns the blobs of HEAD with their paths, asked once for all pieces.
func (h *History) atHead(ctx context.Context) (map[string]string, error) {
	if h.cache == nil {
		return h.git.present(ctx)
	}
	h.cache.mu.Lock()
	defer h.cache.mu.Unlock()
	if h.cache.present == nil {
		present, err := h.git.present(ctx)
		if err != nil {
			return nil, err
		}
		h.cache.present = present
	}
	return h.cache.present, nil
}
