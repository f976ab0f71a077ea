package document

import (
	"bytes"
	"context"

	"github.com/ecart-rgpd/ecart/item"
)

// CSV reads tables as text: any delimiter, quotes, with or without a header.
var CSV = Format{Name: "csv", Match: isCSV, Read: readCSV}

// isCSV goes by the name, and for names that say nothing by what every line has
// in common.
func isCSV(name string, head []byte) bool {
	switch extension(name) {
	case "csv", "tsv", "tab", "psv":
		return isText(head)
	case "txt", "dat", "":
		if !isText(head) || unicodeCharset(head) != nil {
			return false
		}
		if !alike(head) {
			return false
		}
		d := sniff(head, false)
		return d.fields > 1 && d.lines >= 3 && d.regular == d.lines && (d.delimiter != ',' || d.fields > 2) && d.headed
	}
	return false
}

// readCSV hands over blocks of whole rows, in which cells are only looked for
// where something was found.
func readCSV(_ context.Context, f *File, out Out) error {
	w, seg := windowOver(f), &f.in.seg
	cut := rowCutter{}
	more := w.next(cut.cut)
	if !more {
		return nil
	}
	later := f.stretch != nil && f.stretch.dialect != nil // its header stands in the first stretch
	var d dialect
	if later {
		d = *f.stretch.dialect
	} else {
		d = sniff(w.text[:min(len(w.text), 64<<10)], w.last)
	}
	if d.lines == 0 {
		return restAsText(w, f, out)
	}
	columns := d.columns(stem(f.At.Path))
	grid := &f.in.csv
	grid.open(d.delimiter, len(columns))
	if !later {
		if err := preamble(w, f, d, out); err != nil {
			return err
		}
	}
	for ; more; more = w.next(cut.cut) {
		grid.reset(w)
		*seg = item.Segment{At: f.At, Kind: item.Table, Text: w.text, From: w.from, To: w.to, Columns: columns, Grid: grid}
		seg.At.Line = w.line
		if w.to > w.from {
			if err := out.Segment(seg); err != nil {
				return err
			}
		}
		grid.leave(w)
	}
	return nil
}

// preamble hands over what stands above the first row: titles, a date.
func preamble(w *window, f *File, d dialect, out Out) error {
	w.from = min(d.body, w.to)
	if d.header == 0 {
		return nil
	}
	seg := &f.in.seg
	*seg = item.Segment{At: f.At, Kind: item.Data, Text: w.text[:d.header]}
	seg.At.Line = w.line
	return out.Segment(seg)
}

// restAsText hands over a text whose first chunk is in view already.
func restAsText(w *window, f *File, out Out) error {
	seg := &f.in.seg
	for more := true; more; more = w.next(atRune) {
		*seg = item.Segment{At: f.At, Kind: item.Data, Text: w.text, From: w.from, To: w.to}
		seg.At.Line = w.line
		if err := out.Segment(seg); err != nil {
			return err
		}
	}
	return nil
}

// A rowCutter cuts at ends of rows: line ends outside quotes.
type rowCutter struct{}

// longCell is how many bytes a quoted cell may span before its quote is taken
// for a stray one (`5" pipe`), so that it cannot hide the rows behind it.
const longCell = chunk / 2

func (rowCutter) cut(text []byte, from, nominal int) int {
	quotes := bytes.Count(text[from:nominal], quote)
	end, first := nominal, 0
	for {
		p := bytes.LastIndexByte(text[from:end], '\n')
		if p < 0 {
			break
		}
		p += from
		quotes -= bytes.Count(text[p:end], quote)
		if quotes%2 == 0 {
			return p + 1
		}
		if first == 0 {
			first = p + 1
		}
		if nominal-p > longCell {
			break
		}
		end = p
	}
	if first > 0 {
		return first
	}
	return atRune(text, from, nominal)
}

var quote = []byte{'"'}
