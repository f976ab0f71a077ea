package schema

import (
	"encoding/json"
	"sort"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// maxKeys bounds the keys told apart in one table: keys that are themselves
// data must not fill the memory. What is too much goes to the last one.
const maxKeys = 300

// maxNesting bounds the depth to which JSON is followed.
const maxNesting = 16

// A spread lays out as columns what is kept otherwise: the keys of JSON
// objects, and attributes kept one a row.
type spread struct {
	container string
	values    map[string][][]byte
	size      int // bytes of the values
}

// add takes one value under a name.
func (s *spread) add(name string, value []byte) {
	name = strings.TrimSpace(name)
	if len(name) > 64 || name == "" {
		name = "?"
	}
	if s.values == nil {
		s.values = map[string][][]byte{}
	}
	if _, known := s.values[name]; !known && len(s.values) >= maxKeys {
		name = "?"
	}
	s.size += len(value)
	s.values[name] = append(s.values[name], append([]byte(nil), value...))
}

// json takes the values of an object or array under their keys, and tells
// whether it is one.
func (s *spread) json(name string, cell []byte) bool {
	var v any
	d := json.NewDecoder(strings.NewReader(string(cell)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return false
	}
	s.follow(name, v, 0)
	return true
}

func (s *spread) follow(name string, v any, depth int) {
	if depth > maxNesting {
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for _, k := range sortedKeys(v) {
			s.follow(name+"."+k, v[k], depth+1)
		}
	case []any:
		for _, e := range v {
			s.follow(name, e, depth+1)
		}
	case string:
		s.add(name, []byte(v))
	case json.Number:
		s.add(name, []byte(v))
	case bool:
		s.add(name, strconv.AppendBool(nil, v))
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// segments returns one table with a column a key, and starts anew.
func (s *spread) segments(at item.Location) []*item.Segment {
	if len(s.values) == 0 {
		return nil
	}
	names := sortedKeys(s.values)
	seg := &item.Segment{At: at, Kind: item.Table}
	var cells item.Cells
	rows := 0
	for i, n := range names {
		seg.Columns = append(seg.Columns, item.Column{Container: s.container, Name: n, Neighbours: neighbours(names, i)})
		for _, v := range s.values[n] {
			start := len(seg.Text)
			seg.Text = append(seg.Text, v...)
			cells = append(cells, item.Cell{Column: i, Start: start, End: len(seg.Text)})
			seg.Text = append(seg.Text, '\n')
		}
		rows = max(rows, len(s.values[n]))
	}
	seg.Grid = cellGrid{cells, rows}
	s.values, s.size = nil, 0
	return []*item.Segment{seg}
}
