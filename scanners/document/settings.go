package document

import (
	"bytes"
	"context"

	"github.com/ecart-rgpd/ecart/item"
)

// Settings reads YAML, INI, properties and .env: the text as it is, with the key
// of every line.
var Settings = Format{
	Name: "settings",
	Match: func(name string, head []byte) bool {
		switch extension(name) {
		case "yaml", "yml", "ini", "properties", "cfg", "conf", "env", "toml":
			return isText(head)
		}
		return false
	},
	Read: readSettings,
}

func readSettings(_ context.Context, f *File, out Out) error {
	r := &settingsReader{keys: newKeys(stem(f.At.Path))}
	switch extension(fileName(f.At.Path)) {
	case "yaml", "yml":
		r.yaml = true
	}
	w, seg := windowOver(f), &f.in.seg
	for w.next(atLine) {
		r.grid.open(w, r.keys, r.place())
		r.scan(w.text, w.from, w.to)
		*seg = item.Segment{At: f.At, Kind: item.Data, Text: w.text, From: w.from, To: w.to, Columns: r.list(), Grid: &r.grid}
		seg.At.Line = w.line
		if err := out.Segment(seg); err != nil {
			return err
		}
	}
	return nil
}

// atLine cuts behind a line end, where there is one.
func atLine(text []byte, from, nominal int) int {
	if i := bytes.LastIndexByte(text[from:nominal], '\n'); i >= 0 {
		return from + i + 1
	}
	return atRune(text, from, nominal)
}

// A settingsReader follows sections and indentation.
type settingsReader struct {
	*keys
	grid    lineGrid
	yaml    bool
	stack   []indented
	section int32
	last    int32
}

// An indented key holds what is further in than itself.
type indented struct {
	indent int
	place  int32
}

// place is where a line without a key belongs.
func (r *settingsReader) place() int32 {
	if n := len(r.stack); n > 0 {
		return r.stack[n-1].place
	}
	return r.section
}

func (r *settingsReader) scan(text []byte, from, to int) {
	for i := from; i < to; {
		end := bytes.IndexByte(text[i:to], '\n')
		if end < 0 {
			end = to - i
		}
		r.line(text[i:i+end], i)
		i += end + 1
	}
}

// line reads `key: value`, `- key: value`, `key = value` and `[section]`.
func (r *settingsReader) line(b []byte, at int) {
	indent := 0
	for indent < len(b) && (b[indent] == ' ' || b[indent] == '-' && r.yaml && indent+1 < len(b) && b[indent+1] == ' ' || b[indent] == '\t') {
		indent++
	}
	b = b[indent:]
	if len(b) == 0 || b[0] == '#' || b[0] == ';' {
		return
	}
	if b[0] == '[' && !r.yaml {
		if end := bytes.IndexByte(b, ']'); end > 1 {
			r.section = r.child(0, r.last, bytes.Trim(b[1:end], "[] \""))
			r.last = r.section
		}
		return
	}
	key, value := r.cut(b)
	if key == nil {
		return
	}
	parent := r.section
	if r.yaml {
		for n := len(r.stack); n > 0 && r.stack[n-1].indent >= indent; n-- {
			r.stack = r.stack[:n-1]
		}
		parent = r.place()
	}
	place := r.child(parent, r.last, key)
	r.last = place
	if r.yaml && len(r.stack) < maxDepth {
		r.stack = append(r.stack, indented{indent, place})
	}
	r.grid.marks = append(r.grid.marks, mark{int32(at + indent + value), place})
}

// cut finds the key of a line and where its value starts; nil without one.
func (r *settingsReader) cut(b []byte) ([]byte, int) {
	signs := "=:"
	if r.yaml {
		signs = ":"
	}
	i := bytes.IndexAny(b[:min(len(b), maxKey+8)], signs)
	if i <= 0 || r.yaml && i+1 < len(b) && b[i+1] != ' ' {
		return nil, 0
	}
	key := bytes.Trim(b[:i], " \t\"'")
	key = bytes.TrimPrefix(key, []byte("export "))
	if len(key) == 0 || bytes.ContainsAny(key, "{}[]<>()/\\@,") || bytes.Count(key, []byte{' '}) > 3 {
		return nil, 0
	}
	return key, i + 1
}

// A lineGrid tells the key of a value by the marks of its lines.
type lineGrid struct {
	keys     *keys
	text     []byte
	marks    marks
	at, line int
}

// open turns to the block in view.
func (g *lineGrid) open(w *window, k *keys, place int32) {
	g.keys, g.text, g.at, g.line = k, w.text, 0, w.line
	g.marks = append(g.marks[:0], mark{int32(w.from), place})
}

// Cell returns the rest of the line that holds offset, as the value of its key.
func (g *lineGrid) Cell(offset int) (item.Cell, bool) {
	m := g.marks.find(offset)
	if m < 0 || offset >= len(g.text) {
		return item.Cell{}, false
	}
	start := max(int(g.marks[m].at), bytes.LastIndexByte(g.text[:offset], '\n')+1)
	c := g.cell(int(g.marks[m].place), start)
	if limit := g.limit(m); c.End > limit {
		c.End = limit // the key of the next value, which may be data itself
	}
	return c, offset < c.End
}

// limit returns where the stretch of mark m ends.
func (g *lineGrid) limit(m int) int {
	if m+1 < len(g.marks) {
		return int(g.marks[m+1].at)
	}
	return len(g.text)
}

func (g *lineGrid) cell(column, start int) item.Cell {
	end := bytes.IndexByte(g.text[start:], '\n')
	if end < 0 {
		end = len(g.text) - start
	}
	end += start
	for start < end && bytes.IndexByte([]byte(" \t\"'-"), g.text[start]) >= 0 {
		start++
	}
	for end > start && bytes.IndexByte([]byte(" \t\r\"',"), g.text[end-1]) >= 0 {
		end--
	}
	if g.at <= start {
		g.line += bytes.Count(g.text[g.at:start], newline)
	} else {
		g.line -= bytes.Count(g.text[start:g.at], newline)
	}
	g.at = start
	return item.Cell{Column: column, Start: start, End: end, Line: g.line}
}

// Column calls yield for the value behind each mark of a place.
func (g *lineGrid) Column(column int, yield func(item.Cell) bool) {
	for _, m := range g.marks {
		if int(m.place) == column && !yield(g.cell(column, int(m.at))) {
			return
		}
	}
}
