package detectortest

import (
	"bytes"
	"path"

	"github.com/ecart-rgpd/ecart/item"
)

// shared is how many bytes two pieces of a text have in common on each side of
// a cut, as the document formats promise.
const shared = 4096

// pieces cuts text into segments as the document formats do: each owns its part
// and sees what is around it.
func pieces(name string, text []byte, cut int) []*item.Segment {
	kind := kindOf(name)
	if kind == item.Table {
		return []*item.Segment{table(text)}
	}
	if cut >= len(text) {
		return []*item.Segment{segment(kind, text, 0, 0, len(text))}
	}
	return []*item.Segment{segment(kind, text, 0, 0, cut), segment(kind, text, max(0, cut-shared), cut, len(text))}
}

// segment is the part text[from:to] with its surroundings from start on.
func segment(kind item.Kind, text []byte, start, from, to int) *item.Segment {
	seg := &item.Segment{Kind: kind, Text: text[start:min(len(text), to+shared)], From: from - start, To: to - start}
	seg.At.Line = 1 + bytes.Count(text[:start], []byte{'\n'})
	return seg
}

func kindOf(name string) item.Kind {
	switch path.Ext(name) {
	case ".csv", ".tsv":
		return item.Table
	case ".json", ".yml", ".xml":
		return item.Data
	case ".go", ".php":
		return item.Code
	case ".log":
		return item.Log
	}
	return item.Prose
}

// table reads text as rows with a header; ';' is the delimiter and no cell is
// quoted.
func table(text []byte) *item.Segment {
	seg := &item.Segment{Kind: item.Table, Text: text}
	seg.At.Line = 1
	var cells item.Cells
	for row, start := 1, 0; start < len(text); row++ {
		end := start + bytes.IndexByte(text[start:], '\n')
		if end < start {
			end = len(text)
		}
		for column := 0; start <= end; column++ {
			stop := end
			if i := bytes.IndexByte(text[start:end], ';'); i >= 0 {
				stop = start + i
			}
			if row == 1 {
				seg.Columns = append(seg.Columns, item.Column{Name: string(text[start:stop])})
			} else {
				cells = append(cells, item.Cell{Column: column, Start: start, End: stop, Line: row})
			}
			start = stop + 1
		}
	}
	seg.Grid = cells
	return seg
}
