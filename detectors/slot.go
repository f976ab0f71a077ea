package detectors

import (
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
)

// A slot is a named place for values within an object: a column of a table, a
// declared field, a key of JSON.
type slot struct {
	column   item.Column
	at       item.Location // sheet, table, column and line, as findings show them
	verdicts []Verdict     // what its name speaks of
	lists    listSet       // context lists of words in its name
	judged   bool
	asked    listSet // lists whose detectors are asked in its cells
	asks     bool    // asked is known
	named    detSet  // detectors of what it is called after
	names    bool    // named is known
	declared bool    // a finding by its name may be made
	header   bool    // it heads rows of data, and is no declaration
	code     bool    // declared in code
	empty    bool    // its first cells are empty, where there are rows
	table    int     // index in object.tables, -1 for none
}

// noSlot stands for running text.
const noSlot = -1

// A table is what is known of the rows of one table.
type table struct {
	first int // slot of its first column
	rows  int
	empty bool // none of its first rows has a cell with anything in it

	attributes *attributeTable // nil until its columns were looked at
}

// maxLabels bounds the keys told apart in one object: keys that are themselves
// data (identifiers of persons) must not fill the memory.
const maxLabels = 512

// enterColumns returns the slot of the segment's first column, making the slots
// of a table not met before.
func (o *object) enterColumns(seg *item.Segment) int {
	first := seg.Columns[0]
	key := seg.At.Sheet + "\x00" + seg.At.Table + "\x00" + first.Container + "\x00" + first.Name + "\x00" + first.Path +
		"\x00" + strconv.Itoa(len(seg.Columns)) + "\x00" + strconv.Itoa(first.Line)
	if base, ok := o.columns[key]; ok && seg.Grid != nil {
		o.giveRows(seg, base)
		return base
	}
	if base, ok := o.grown(seg); ok {
		o.columns[key] = base
		return base
	}
	base, tab := len(o.slots), -1
	o.columns[key] = base
	if seg.Grid != nil {
		tab = len(o.tables)
		o.tables = append(o.tables, table{first: base})
	}
	for _, c := range seg.Columns {
		o.slots = append(o.slots, o.newSlot(seg, c, tab))
	}
	if tab >= 0 {
		o.sample(seg, base)
	}
	return base
}

// giveRows makes a table of columns that were declared before their rows came.
func (o *object) giveRows(seg *item.Segment, base int) {
	if o.slots[base].table >= 0 {
		return
	}
	tab := len(o.tables)
	o.tables = append(o.tables, table{first: base})
	for i := range seg.Columns {
		o.slots[base+i].table = tab
	}
	o.sample(seg, base)
}

// grown adds the columns by which the last table grew: keys of a document that
// its first chunk did not have. False when seg is another table.
func (o *object) grown(seg *item.Segment) (base int, ok bool) {
	if seg.Grid == nil || len(o.tables) == 0 {
		return 0, false
	}
	base = o.tables[len(o.tables)-1].first
	known := len(o.slots) - base
	if known >= len(seg.Columns) {
		return 0, false
	}
	for i, c := range seg.Columns[:known] {
		if was := o.slots[base+i].column; was.Name != c.Name || was.Container != c.Container || was.Line != c.Line || was.Path != c.Path {
			return 0, false
		}
	}
	for _, c := range seg.Columns[known:] {
		o.slots = append(o.slots, o.newSlot(seg, c, o.slots[base].table))
	}
	return base, true
}

// newSlot describes column c of seg.
func (o *object) newSlot(seg *item.Segment, c item.Column, tab int) slot {
	at := o.at
	at.Place = seg.At.Place
	at.Line = c.Line
	at.Sheet = o.mask(at.Sheet)
	at.Table = o.mask(at.Table)
	if at.Table == "" {
		at.Table = o.mask(c.Container)
	}
	at.Column = o.mask(c.Name)
	if c.Path != "" {
		at.Path = c.Path
	}
	sl := slot{column: c, at: at, table: tab, declared: true, header: tab >= 0, code: seg.Kind == item.Code}
	sl.lists = o.engine.words.inName(c.Name) | o.engine.words.inName(c.Comment)
	for _, a := range c.Aliases {
		sl.lists |= o.engine.words.inName(a)
	}
	return sl
}

// label returns the slot of a key met in the text, noSlot when there are too
// many.
func (o *object) label(name []byte) int {
	if i, ok := o.labels[string(name)]; ok {
		return i
	}
	if len(o.labels) >= maxLabels {
		return noSlot
	}
	i := len(o.slots)
	key := string(name)
	o.labels[key] = i
	at := o.at
	at.Column = o.mask(key)
	o.slots = append(o.slots, slot{
		column: item.Column{Name: key}, at: at, table: -1, lists: o.engine.words.inName(key),
	})
	return i
}

// judge asks once what the name of slot i speaks of.
func (o *object) judge(i int) []Verdict {
	s := &o.slots[i]
	if !s.judged {
		s.judged = true
		if !o.mute() {
			s.verdicts = o.judged.of(o.engine.names, &s.column)
		}
	}
	return s.verdicts
}

// speaks tells whether slot i is called after what detector det finds, by a
// word of the detector's lists or by what the name was judged to be.
func (o *object) speaks(i int, det int32) bool {
	if i == noSlot {
		return false
	}
	if !o.slots[i].names {
		o.slots[i].names, o.slots[i].named = true, o.namedAfter(i)
	}
	return o.slots[i].named.has(det)
}

// namedAfter returns the detectors that the name of slot i speaks of.
func (o *object) namedAfter(i int) (set detSet) {
	lists := o.slots[i].lists
	for det, d := range o.engine.dets {
		if lists&(o.engine.context[det]|o.engine.category[d.Category]) != 0 {
			set.add(int32(det))
			continue
		}
		for _, v := range o.judge(i) {
			if v.Category == d.Category && v.Confidence >= Sure {
				set.add(int32(det))
			}
		}
	}
	return set
}

// A detSet is a set of detectors.
type detSet [maxDetectors / 64]uint64

// maxDetectors is the size of a detSet.
const maxDetectors = 128

func (s *detSet) add(det int32)      { s[det>>6] |= 1 << (det & 63) }
func (s *detSet) has(det int32) bool { return s[det>>6]>>(det&63)&1 != 0 }

// labelBefore returns the key that text[at:] is the value of: `"key": `,
// `key = `, `<key>`; empty when there is none on the line.
func labelBefore(text []byte, at int) []byte {
	i := at
	for i > 0 && at-i < 4 && (text[i-1] == '"' || text[i-1] == '\'' || text[i-1] == ' ' || text[i-1] == '\t') {
		i--
	}
	if i == 0 {
		return nil
	}
	switch text[i-1] {
	case ':', '=':
	case '>':
		return tagBefore(text, i-1)
	default:
		return nil
	}
	i--
	for i > 0 && (text[i-1] == '"' || text[i-1] == '\'' || text[i-1] == ' ') {
		i--
	}
	end := i
	for i > 0 && end-i < maxLabel && labelByte(text, i-1) {
		i--
	}
	return text[i:end]
}

// tagBefore returns the name of the element whose tag ends at the '>' at end.
func tagBefore(text []byte, end int) []byte {
	i := end
	for i > 0 && end-i < maxLabel && text[i-1] != '<' && text[i-1] != '>' && text[i-1] != '\n' {
		i--
	}
	if i == 0 || text[i-1] != '<' || i < end && text[i] == '/' {
		return nil
	}
	stop := i
	for stop < end && labelByte(text, stop) {
		stop++
	}
	return text[i:stop]
}

// maxLabel is the length in bytes of the longest key read.
const maxLabel = 64

func labelByte(text []byte, i int) bool {
	c := text[i]
	return wordByteAt(text, i) || c == '_' || c == '-' || c == '.' || c == '@'
}
