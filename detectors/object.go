package detectors

import (
	"bytes"
	"math"

	"github.com/ecart-rgpd/ecart/item"
)

// An object is what a Scanner knows of the item between Begin and End.
type object struct {
	engine  *Engine
	mask    func(string) string
	at      item.Location
	options Options
	lists   listSet // context lists of words in its name
	muted   answer  // whether its names are labels of screens or settings of tools: not judged
	unread  []item.Unread

	slots   []slot
	tables  []table
	columns map[string]int // of a table → slot of its first column
	labels  map[string]int // key met in text → slot
	base    int            // slot of the first column of the segment at hand, noSlot without

	parts  []part // parts[0] stands for the object itself
	groups []*group
	recent [256]*group // by hash of their key: a row has the same few, over and over
	index  map[groupKey]*group

	judged *judged // of the worker

	found []Finding // of flows and third parties

	companies map[tableKey]bool // tables of organisations, where it was asked
}

// A groupKey tells apart what is counted together.
type groupKey struct {
	slot, source int32
	tier         tier
	part         int16 // index in object.parts, for text outside of slots
}

// A part is a sheet or table whose text has no columns.
type part struct{ sheet, table string }

// A group is the hits of one source in one slot.
type group struct {
	groupKey
	first      item.Place
	lines      []int
	places     []item.Place // with Options.Each
	marks      *marks       // with Options.Marks
	count      int
	confidence int16
}

// begin forgets the last object. What it handed out is not touched again.
func (o *object) begin(s *Scanner, at item.Location, options Options) {
	*o = object{
		engine: s.engine, mask: s.Mask, at: at, options: options, judged: &s.judged,
		slots: o.slots[:0], tables: o.tables[:0], groups: o.groups[:0],
		parts:   append(o.parts[:0], part{}),
		columns: cleared(o.columns), labels: cleared(o.labels), index: cleared(o.index),
	}
	o.lists = s.engine.words.inName(baseName(at.Path))
}

// An answer is kept once it was asked for: of most files it never is.
type answer int8

const (
	unasked answer = iota
	no
	yes
)

// mute tells whether its names are no names of data.
func (o *object) mute() bool {
	if o.muted == unasked {
		if o.muted = no; isMute(&o.engine.catalogues, o.at.Path) {
			o.muted = yes
		}
	}
	return o.muted == yes
}

// cleared returns m without its entries, a new map when there is none.
func cleared[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	clear(m)
	return m
}

func baseName(path string) string {
	return path[bytes.LastIndexByte([]byte(path), '/')+1:]
}

// enter notes the columns of a segment.
func (o *object) enter(seg *item.Segment) {
	o.base = noSlot
	if len(seg.Columns) == 0 {
		return
	}
	base := o.enterColumns(seg)
	if seg.Grid == nil {
		return
	}
	o.base = base
	o.tables[o.slots[base].table].rows += rowsOf(seg)
	if !o.options.History {
		o.attributes(seg)
	}
}

// rowsOf counts the rows of a table segment.
func rowsOf(seg *item.Segment) int {
	if r, ok := seg.Grid.(interface{ Rows() int }); ok {
		return r.Rows()
	}
	to := seg.To
	if to == 0 {
		to = len(seg.Text)
	}
	return bytes.Count(seg.Text[seg.From:to], []byte{'\n'})
}

// added tells whether a finding on line is asked for.
func (o *object) added(line int) bool {
	if o.options.Added == nil {
		return true
	}
	for _, l := range o.options.Added {
		if line >= l.First && line <= l.Last {
			return true
		}
	}
	return false
}

// group returns the group of key.
func (o *object) group(key groupKey) *group {
	slot := (uint32(key.slot)<<16 ^ uint32(key.source)<<3 ^ uint32(key.tier)) * 0x9E3779B1 >> 24
	if g := o.recent[slot]; g != nil && g.groupKey == key {
		return g
	}
	g := o.index[key]
	if g == nil {
		g = &group{groupKey: key}
		o.index[key] = g
		o.groups = append(o.groups, g)
	}
	o.recent[slot] = g
	return g
}

// part returns the index of a sheet or table without columns; they are few.
func (o *object) part(sheet, table string) int16 {
	p := part{o.mask(sheet), o.mask(table)}
	for i := range o.parts {
		if o.parts[i] == p {
			return int16(i)
		}
	}
	if len(o.parts) == math.MaxInt16 {
		return math.MaxInt16 - 1
	}
	o.parts = append(o.parts, p)
	return int16(len(o.parts) - 1)
}

// wantsLine tells whether the line of one more hit would be used.
func (g *group) wantsLine(o *object) bool {
	return len(g.lines) < MaxLines || o.options.Each || o.options.Added != nil
}

// add counts one hit at p.
func (g *group) add(o *object, p item.Place, confidence int16) {
	if g.count == 0 {
		g.first = p
	}
	g.count++
	g.confidence = max(g.confidence, confidence)
	if p.Line > 0 && len(g.lines) < MaxLines && (len(g.lines) == 0 || g.lines[len(g.lines)-1] != p.Line) {
		g.lines = append(g.lines, p.Line)
	}
	if o.options.Each {
		g.places = append(g.places, p)
	}
}
