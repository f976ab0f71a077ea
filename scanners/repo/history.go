package repo

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"sync"

	"github.com/ecart-rgpd/ecart/item"
)

// History is all that a repository ever held: every unique blob of its objects,
// whatever ref, tag, stash or note leads to it, read once. It is a
// scanners.Source. Blobs of the present are read as what they are there when
// the repository is bare; a work tree reads them itself.
type History struct {
	// PieceSize is how many bytes of packs a piece is at least; 0 is 32 MiB.
	PieceSize int64

	store *store
	bare  bool
	head  bool // only what HEAD holds
	git   program
	watch watcher
	once  sync.Once
	cache *openPacks // shared by the pieces; nil until there are some
	own   versions   // for what no sweep lends
	lent  lender
}

// OpenHistory opens the repository at path: a work tree, a linked one or a bare
// repository. The error is ErrNone when there is none.
func OpenHistory(path string) (*History, error) {
	path = filepath.Clean(path)
	s, err := openStore(path)
	if err != nil {
		return nil, err
	}
	return &History{store: s, bare: s.dir == path, git: program{path}}, nil
}

// OpenHead opens a bare repository to read what its HEAD holds, without the past.
func OpenHead(path string) (*History, error) {
	h, err := OpenHistory(path)
	if err == nil {
		h.head = true
	}
	return h, err
}

// pastPath is the path that stands for a blob until its commit is known.
const pastPath = "(history)"

// Items yields every blob that the present does not hold, then what could not be
// read. For a bare repository the blobs of HEAD come too, under their paths.
func (h *History) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return h.walk(ctx, h.store.blobs, h.missing)
}

// PresentItems yields the blobs of HEAD of a bare repository; a work tree is read by
// another source.
func (h *History) PresentItems(ctx context.Context) iter.Seq2[item.Item, error] {
	if !h.bare {
		return func(func(item.Item, error) bool) {}
	}
	return (&History{store: h.store, bare: true, head: true, git: h.git}).Items(ctx)
}

// A blobs calls blob for every unique blob that want asks for, and tells lost what
// cannot be read.
type blobs func(ctx context.Context, want func(id string) bool, blob func(id string, v *version) error, lost func(id string, reason error)) error

// walk yields the blobs of all or of a piece of the past, then what is missing.
func (h *History) walk(ctx context.Context, read blobs, missing func() []string) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		present, err := h.atHead(ctx)
		if err != nil {
			yield(item.Item{}, fmt.Errorf("reading HEAD: %w", err))
			return
		}
		stop := errors.New("stop")
		lost := losses{}
		over := false // once yield has refused, it must not be called again
		give := func(it item.Item) bool {
			over = over || !yield(it, nil)
			return !over
		}
		err = read(ctx,
			func(id string) bool {
				if h.head {
					return present[id] != ""
				}
				return h.bare || present[id] == ""
			},
			func(id string, v *version) error {
				if !give(h.blob(id, present[id], v)) {
					return stop
				}
				return nil
			},
			func(id string, reason error) {
				switch path := present[id]; {
				case over:
				case path != "":
					give(item.Item{At: item.Location{Path: path}, Unread: reason.Error()})
				default:
					lost.add(reason.Error(), id != "")
				}
			})
		switch {
		case over || errors.Is(err, stop):
			return
		case err != nil:
			yield(item.Item{}, err)
			return
		}
		for _, reason := range append(lost.reasons(), missing()...) {
			if !give(item.Item{At: item.Location{Path: pastPath}, History: true, Unread: reason}) {
				return
			}
		}
	}
}

// losses counts the objects of the past that are lost, by reason: each has
// nothing to tell it by but its id.
type losses []loss

type loss struct {
	reason  string
	objects int
}

func (l *losses) add(reason string, object bool) {
	i := slices.IndexFunc(*l, func(o loss) bool { return o.reason == reason })
	if i < 0 {
		i, *l = len(*l), append(*l, loss{reason: reason})
	}
	if object {
		(*l)[i].objects++
	}
}

func (l losses) reasons() (list []string) {
	for _, o := range l {
		switch o.objects {
		case 0:
			list = append(list, o.reason)
		case 1:
			list = append(list, o.reason+": 1 object")
		default:
			list = append(list, fmt.Sprintf("%s: %d objects", o.reason, o.objects))
		}
	}
	return list
}

// missing says what of the past is known not to be here.
func (h *History) missing() (reasons []string) {
	if h.store.shallow {
		reasons = append(reasons, "shallow clone: older commits are not here (git fetch --unshallow)")
	}
	if h.store.partial {
		reasons = append(reasons, "partial clone: some objects are on its remote only (git fetch --refetch)")
	}
	return reasons
}

// blob is the item of one blob. What it holds is lent: the sweep goes on while a
// worker reads.
func (h *History) blob(id, path string, v *version) item.Item {
	if v.stream != nil {
		return v.streamed(id, path)
	}
	it := item.Item{
		At: item.Location{Path: first(path, pastPath)}, Size: int64(len(v.content)), Blob: hex.EncodeToString([]byte(id)), History: path == "",
	}
	text := it.History && h.watch.see(v)
	if text && v.note.seen.Quiet() {
		it.Quiet = true
		return it
	}
	if v.from == nil {
		v = h.own.copy(v)
	} else {
		v.hold()
	}
	back := h.lent.lend(it.Size)
	it.Close = func() { v.done(); back() }
	if text {
		it.Segments = v.segment(it.At)
		return it
	}
	it.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(v.content)), nil }
	return it
}

// streamed is the item of a blob that is too large to be held.
func (v *version) streamed(id, path string) item.Item {
	it := item.Item{At: item.Location{Path: first(path, pastPath)}, Size: v.size, Blob: hex.EncodeToString([]byte(id)), History: path == "", Open: v.stream}
	if v.file != nil {
		v.file.users.Add(1)
		it.Close = v.file.done
	}
	return it
}

// segment yields a plain text in which all was seen.
func (v *version) segment(at item.Location) func(yield func(*item.Segment) error) error {
	at.Line = 1
	return func(yield func(*item.Segment) error) error {
		return yield(&item.Segment{At: at, Kind: v.note.kind, Seen: &v.note.seen, Text: v.content})
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
