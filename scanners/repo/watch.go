package repo

import (
	"slices"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// A watcher looks at the plain texts of a sweep as they are made. Most of a
// version is copied from another, and what was seen there is carried over: of
// the bytes of a long history some ten in a hundred are new.
type watcher struct {
	looker  *detectors.Looker // nil leaves all to the readers of documents
	engine  *detectors.Engine // of the looker
	formats []document.Format
}

// A note is what a watcher knows of a version.
type note struct {
	state state
	kind  item.Kind
	seen  detectors.Seen
}

type state uint8

const (
	unknown state = iota
	plain         // text in UTF-8 that no other format claims; seen is set
	foreign       // a format of its own, told by the head
	odd           // text by its head, but not in UTF-8
)

// Watch lets what every blob of the past has in common with its neighbours be
// looked at once. formats are those that read documents: a blob is watched when
// they would take it for plain text.
func (h *History) Watch(e *detectors.Engine, formats []document.Format) {
	formats = slices.DeleteFunc(slices.Clone(formats), func(f document.Format) bool { return f.Aside })
	h.watch = watcher{looker: e.Looker(), engine: e, formats: formats}
}

// see looks at a version, and at those it is made of before; it tells whether
// all there is to see was seen.
func (w *watcher) see(v *version) bool {
	if w.looker == nil {
		return false
	}
	if v.note.state != unknown {
		return v.note.state == plain
	}
	if v.base != nil {
		w.see(v.base)
	}
	v.note.state = w.stateOf(v)
	if v.note.state != plain {
		return false
	}
	switch {
	case v.base == nil || v.base.note.state != plain:
		v.note.state = w.whole(v)
	default:
		v.note.state = w.again(v)
	}
	return v.note.state == plain
}

// stateOf goes by the head of a version, which most have in common with their
// base.
func (w *watcher) stateOf(v *version) state {
	if len(v.copies) > 0 && v.copies[0].From == 0 && v.copies[0].At == 0 && v.copies[0].Len >= document.HeadSize {
		switch v.base.note.state {
		case foreign:
			return foreign
		case plain, odd:
			v.note.kind = v.base.note.kind
			return plain
		}
	}
	kind, ok := document.Plain(w.formats, pastPath, v.content)
	v.note.kind = kind
	if !ok {
		return foreign
	}
	return plain
}

// whole looks at all of a version.
func (w *watcher) whole(v *version) state {
	if !document.ValidUTF8(v.content) {
		return odd
	}
	w.looker.Look(v.content, &v.note.seen)
	return plain
}

// again looks at what a version does not have of its base.
func (w *watcher) again(v *version) state {
	result := plain
	w.looker.Again(v.content, len(v.base.content), &v.base.note.seen, v.copies, &v.note.seen, func(from, to int) {
		if !document.ValidUTF8(runes(v.content, from, to)) {
			result = odd
		}
	})
	return result
}

// runes returns content[from:to] with a little of what is around it, from the
// start of one character to the start of another.
func runes(content []byte, from, to int) []byte {
	const around = 8 // more than a character, less than is known to be copied
	from, to = max(0, from-around), min(len(content), to+around)
	for from > 0 && from < to && content[from]&0xC0 == 0x80 {
		from++
	}
	for to < len(content) && to > from && content[to]&0xC0 == 0x80 {
		to--
	}
	return content[from:to]
}
