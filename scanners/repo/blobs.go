package repo

import (
	"context"
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
)

var errNoPack = errors.New("a pack index without its pack")

// blobs calls blob for every unique blob of the store that want asks for: packs
// first, then loose objects. What cannot be read is told to lost.
func (s *store) blobs(ctx context.Context, want func(id string) bool, blob func(id string, v *version) error, lost func(id string, reason error)) error {
	r := &blobReader{store: s, single: map[string]bool{}, failed: map[string]error{}}
	defer r.close()
	ask, give, fail := r.asks(want), r.gives(ctx, blob), r.fails
	for _, idx := range s.packs() {
		p, err := r.open(idx)
		if p == nil {
			if p = r.openAnew(ctx, idx); p != nil {
				err = errIndexRebuilt
			}
		}
		switch {
		case errors.Is(err, errNoPack): // git would not say so
			lost("", err)
			continue
		case p == nil:
			r.refused = append(r.refused, err)
			continue
		case err != nil:
			lost("", err)
		}
		if err := p.sweep(ask, r.find, give, fail); err != nil {
			return err
		}
		r.swept = append(r.swept, p)
	}
	if err := r.allLoose(ask, give, fail); err != nil {
		return err
	}
	if err := r.others(ctx, ask, give, lost); err != nil {
		return err
	}
	r.tell(lost)
	return nil
}

// asks tells whether a blob is wanted and was not given.
func (r *blobReader) asks(want func(id string) bool) func(id []byte) bool {
	return func(id []byte) bool { return !r.done(id) && want(string(id)) }
}

// gives hands a blob over and notes that it was.
func (r *blobReader) gives(ctx context.Context, blob func(id string, v *version) error) func(id []byte, v *version) error {
	return func(id []byte, v *version) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.given(id)
		return blob(string(id), v)
	}
}

// fails notes a blob that could not be made.
func (r *blobReader) fails(id []byte, err error) {
	if r.failed[string(id)] == nil {
		r.failed[string(id)] = err
	}
}

// tell tells what nothing could make, in order of id.
func (r *blobReader) tell(lost func(id string, reason error)) {
	for _, id := range slices.Sorted(maps.Keys(r.failed)) { // no other pack had it
		lost(id, r.failed[id])
	}
}

// allLoose reads the objects that lie in files of their own.
func (r *blobReader) allLoose(ask func(id []byte) bool, give func(id []byte, v *version) error, fail func(id []byte, err error)) error {
	for _, dir := range r.objects {
		err := r.loose(dir, func(id []byte, path string) error {
			if !ask(id) {
				return nil
			}
			v, err := readLoose(path)
			switch {
			case err != nil:
				fail(id, err)
			case v != nil:
				r.single[string(id)] = true
				return give(id, v)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// others asks git for what no sweep could make. What it cannot make either is
// told to lost.
func (r *blobReader) others(ctx context.Context, ask func(id []byte) bool, give func(id []byte, v *version) error, lost func(id string, reason error)) error {
	if len(r.refused) == 0 && len(r.failed) == 0 {
		return nil
	}
	if slices.ContainsFunc(r.opened, func(p *pack) bool { return p.circled }) {
		for _, reason := range r.refused { // git never ends on such a pack
			lost("", reason)
		}
		return nil
	}
	whole, err := r.rest(ctx, ask, give)
	if err != nil || whole {
		return err
	}
	for _, reason := range r.refused {
		lost("", reason)
	}
	return nil
}

// A blobReader holds what is mapped while the store is read.
type blobReader struct {
	*store
	opened  []*pack
	names   []string         // of the packs opened, where pieces are read
	swept   []*pack          // all their blobs were given, but those that failed
	single  map[string]bool  // blobs given one by one, by raw id
	failed  map[string]error // blobs that could not be made, by raw id
	refused []error          // packs that could not be opened
	release []func()
}

// done tells whether a blob was given already. Only what stands alone is noted:
// an index of each pack is at hand.
func (r *blobReader) done(id []byte) bool {
	if len(r.failed) > 0 && r.failed[string(id)] != nil {
		return false
	}
	if len(r.single) > 0 && r.single[string(id)] {
		return true
	}
	for _, p := range r.swept {
		if _, ok := p.x.find(id); ok {
			return true
		}
	}
	return false
}

// given notes that a blob was given.
func (r *blobReader) given(id []byte) {
	if r.failed[string(id)] != nil {
		delete(r.failed, string(id))
		r.single[string(id)] = true
	}
}

// open maps a pack by the path of its index.
func (r *blobReader) open(idx string) (*pack, error) {
	table, release, err := mapFile(idx)
	if err != nil {
		return nil, withoutPath(err)
	}
	r.release = append(r.release, release)
	x, err := parseIndex(table, r.hash)
	if err != nil {
		return nil, err
	}
	file, err := openPackFile(strings.TrimSuffix(idx, ".idx") + ".pack")
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, errNoPack
		}
		return nil, withoutPath(err)
	}
	r.release = append(r.release, file.done)
	p, err := openPack(file, x)
	forget(table)
	if err != nil {
		return nil, err
	}
	r.opened = append(r.opened, p)
	return p, nil
}

// openAnew opens a pack with a new index; nil when that cannot be made.
func (r *blobReader) openAnew(ctx context.Context, idx string) *pack {
	name := strings.TrimSuffix(idx, ".idx") + ".pack"
	x, err := r.rebuild(ctx, name)
	if err != nil {
		return nil
	}
	file, err := openPackFile(name)
	if err != nil {
		return nil
	}
	r.release = append(r.release, file.done)
	p, err := openPack(file, x)
	if err != nil {
		return nil
	}
	r.opened = append(r.opened, p)
	return p
}

// find reads one object wherever it is: the base of a thin delta.
func (r *blobReader) find(id []byte) (content []byte, known bool) {
	for _, p := range r.opened {
		if n, ok := p.x.find(id); ok {
			if i, ok := p.x.at(p.x.offsets[n]); ok {
				return p.object(i, 0)
			}
		}
	}
	name := hex.EncodeToString(id)
	for _, dir := range r.objects {
		path := dir + string(os.PathSeparator) + name[:2] + string(os.PathSeparator) + name[2:]
		if _, err := os.Stat(path); err == nil {
			v, err := readLoose(path)
			if v == nil || err != nil {
				return nil, err == nil
			}
			return v.content, v.stream == nil
		}
	}
	return nil, false
}

// object makes one object of the pack by walking up to its root.
func (p *pack) object(i, depth int) (content []byte, known bool) {
	var f inflater
	var w window
	switch kind := p.kinds[i]; {
	case kind == typeBlob:
		content, err := p.inflate(&f, &w, i, nil)
		return content, err == nil
	case kind != typeOfsDelta && kind != typeRefDelta:
		return nil, true
	case depth > maxChain:
		return nil, false
	}
	base, ok := p.baseOf(i, &w)
	if !ok {
		return nil, false
	}
	root, known := p.object(base, depth+1)
	if root == nil {
		return nil, known
	}
	delta, err := p.inflate(&f, &w, i, nil)
	if err != nil {
		return nil, false
	}
	content, err = apply(root, delta, nil, nil)
	return content, err == nil
}

// baseOf finds the entry a delta rests on.
func (p *pack) baseOf(i int, w *window) (int, bool) {
	start, _ := p.span(i)
	b := w.read(p.file, start, start+maxHead)
	_, _, used := header(b)
	if p.kinds[i] == typeOfsDelta {
		back, _ := ofs(b[used:])
		return p.x.at(start - back)
	}
	if used == 0 || len(b) < used+p.x.hash {
		return 0, false
	}
	n, ok := p.x.find(b[used : used+p.x.hash])
	if !ok {
		return 0, false
	}
	return p.x.at(p.x.offsets[n])
}

func (r *blobReader) close() {
	for _, release := range r.release {
		release()
	}
}
