package detectors

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// An object is what a Scanner knows of the item between Begin and End.
type object struct {
	engine  *Engine
	mask    func(string) string
	at      item.Location
	options Options
	lists   listSet // context lists of words in its name
	unread  []item.Unread

	slots   []slot
	tables  []table
	columns map[string]int // of a table → slot of its first column
	labels  map[string]int // key met in text → slot
	base    int            // slot of the first column of the segment at hand, noSlot without

	groups []*group
	index  map[groupKey]*group
	misses map[missKey]int

	found []Finding // of flows and third parties
}

// A groupKey tells apart what is counted together.
type groupKey struct {
	slot, source int
	tier         tier
	table        string // of segments without columns
	sheet        string
}

type missKey struct{ slot, source int }

// A group is the hits of one source in one slot.
type group struct {
	groupKey
	first      item.Place
	lines      []int
	places     []item.Place // with Options.Each
	count      int
	confidence float64
}

// begin forgets the last object. What it handed out is not touched again.
func (o *object) begin(s *Scanner, at item.Location, options Options) {
	*o = object{
		engine: s.engine, mask: s.Mask, at: at, options: options,
		slots: o.slots[:0], tables: o.tables[:0], groups: o.groups[:0],
		columns: cleared(o.columns), labels: cleared(o.labels), index: cleared(o.index), misses: cleared(o.misses),
	}
	o.lists = s.engine.words.inName(baseName(at.Path))
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

// add counts one hit.
func (o *object) add(key groupKey, p item.Place, confidence float64) {
	g := o.index[key]
	if g == nil {
		g = &group{groupKey: key, first: p}
		o.index[key] = g
		o.groups = append(o.groups, g)
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

// wantsLine tells whether the line of one more hit of key would be used.
func (o *object) wantsLine(key groupKey) bool {
	if o.options.Each || o.options.Added != nil {
		return true
	}
	g := o.index[key]
	return g == nil || len(g.lines) < MaxLines
}
