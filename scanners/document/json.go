package document

import (
	"bytes"
	"context"
	"math/bits"

	"github.com/ecart-rgpd/ecart/item"
)

// JSON reads JSON and JSON lines, whole or broken, of any size: the text as it
// is, with the key path of every value.
var JSON = Format{Name: "json", Match: isJSON, Read: readJSON}

func isJSON(name string, head []byte) bool {
	switch extension(name) {
	case "json", "jsonl", "ndjson", "geojson", "jsonc", "json5", "har", "ipynb", "topojson", "webmanifest":
		return isText(head)
	case "log", "txt", "":
		return startsJSON(head) && isText(head)
	}
	return false
}

// startsJSON tells whether a text without a telling name begins as JSON does.
func startsJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, utf8Mark), " \t\r\n")
	if len(head) < 2 || head[0] != '{' && head[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n[")
	return len(rest) > 1 && (rest[0] == '"' && bytes.IndexByte(head, ':') > 0 || rest[0] == '{' && bytes.IndexByte(rest, '"') > 0)
}

// readJSON walks through the tokens of each chunk, which costs less than the
// search for values does, and keeps where each key's value starts.
func readJSON(_ context.Context, f *File, out Out) error {
	kind := kindOf(f)
	if kind == item.Prose {
		kind = item.Data
	}
	r := &jsonReader{keys: newKeys(stem(f.At.Path)), grid: &f.in.json}
	*r.grid = jsonGrid{marks: r.grid.marks}
	w, seg := windowOver(f), &f.in.seg
	r.lines = isJSONLines(w.text) || f.stretch != nil
	for w.next(atRune) {
		r.scan(w.text, w.from, w.to)
		r.grid.show(w)
		*seg = item.Segment{At: f.At, Kind: kind, Text: w.text, From: w.from, To: w.to, Columns: r.list(), Grid: r.grid}
		seg.At.Line = w.line
		if err := out.Segment(seg); err != nil {
			return err
		}
	}
	return nil
}

// isJSONLines tells whether the first line is a value by itself.
func isJSONLines(text []byte) bool {
	first, rest, ok := bytes.Cut(bytes.TrimLeft(text, "\r\n\t "), newline)
	first, rest = bytes.TrimSpace(first), bytes.TrimLeft(rest, "\r\n\t ")
	return ok && len(first) > 1 && len(rest) > 0 && first[0] == rest[0] && (first[0] == '{' && first[len(first)-1] == '}' || first[0] == '[' && first[len(first)-1] == ']')
}

// A jsonReader follows the nesting of a text across chunks.
type jsonReader struct {
	*keys
	grid   *jsonGrid
	stack  []container
	deeper int    // containers beyond maxDepth
	place  int32  // of the next value
	last   int32  // last key
	lines  bool   // each line is a value
	inside uint64 // all ones inside a string
	escape bool   // a backslash stands before
}

type container struct {
	place  int32
	object bool
}

// blocks is how many blocks of 64 bytes are masked at a time: 4 KiB stay in the
// first level cache.
const blocks = 64

// scan reads the signs of text[from:to] that stand outside strings. Where it
// ends, even inside a string, the next chunk goes on.
func (r *jsonReader) scan(text []byte, from, to int) {
	r.grid.start(r, text, from)
	var masks [blocks]jsonMasks
	for i := from; i < to; {
		n := min(blocks, (to-i)/64)
		if n == 0 {
			i = r.tail(text, i, to)
			continue
		}
		mask(text[i:], masks[:n])
		i = r.blocks(text, i, masks[:n])
	}
}

// tail reads the last bytes, fewer than a block.
func (r *jsonReader) tail(text []byte, i, to int) int {
	var (
		pad  [64]byte
		last [1]jsonMasks
	)
	n := copy(pad[:], text[i:to])
	mask(pad[:], last[:])
	if next, moved := r.block(text, i, n, &last[0]); moved {
		return next
	}
	return to
}

// blocks reads whole blocks, and returns where to go on.
func (r *jsonReader) blocks(text []byte, i int, masks []jsonMasks) int {
	for b := range masks {
		if next, moved := r.block(text, i, 64, &masks[b]); moved {
			return next
		}
		i += 64
	}
	return i
}

// block reads the n bytes at i. When reading is to go on elsewhere than behind
// them, after a comment or a broken line, it returns where.
func (r *jsonReader) block(text []byte, i, n int, m *jsonMasks) (int, bool) {
	quotes := m.quote
	if m.slash != 0 || r.escape {
		quotes &^= r.escaped(m.slash, n)
	}
	inside := insideStrings(quotes) ^ r.inside
	signs := m.sign &^ inside
	if r.lines {
		signs |= m.line
	}
	for ; signs != 0; signs &= signs - 1 {
		at := bits.TrailingZeros64(signs)
		switch text[i+at] {
		case ':':
			r.colon(text, i, at, quotes)
		case '{', '[':
			r.open(text[i+at] == '{')
		case '}', ']':
			r.close()
			r.grid.mark(i+at, r.place)
		case '\n':
			broken := inside>>at&1 == 1
			r.endLine(i + at)
			if broken {
				return i + at + 1, true
			}
		case '/':
			if end := commentEnd(text, i+at); end > 0 {
				r.inside = 0
				return end, true
			}
		}
	}
	// The state behind the block, whose last bytes may be padding.
	r.inside = uint64(int64(inside<<(64-n)) >> 63)
	return 0, false
}

// escaped returns the bytes that a backslash stands before.
func (r *jsonReader) escaped(slash uint64, n int) uint64 {
	var out uint64
	if r.escape {
		out, r.escape = 1, false
	}
	for m := slash &^ out; m != 0; {
		at := bits.TrailingZeros64(m)
		if at == n-1 {
			r.escape = true
			break
		}
		out |= 2 << at
		m &^= 3 << at
	}
	return out
}

// colon reads the key before the colon at i+at.
func (r *jsonReader) colon(text []byte, i, at int, quotes uint64) {
	if len(r.stack) == 0 || !r.stack[len(r.stack)-1].object {
		return
	}
	end := i + at - 1
	for end > 0 && jsonSpace(text[end]) {
		end--
	}
	if end < 0 || text[end] != '"' {
		return
	}
	start := 0
	if before := quotes & (1<<uint(max(end-i, 0)) - 1); end >= i && before != 0 {
		start = i + 64 - bits.LeadingZeros64(before)
	} else {
		start = keyStart(text, end)
	}
	r.place = r.child(r.stack[len(r.stack)-1].place, r.last, text[start:end])
	r.last = r.place
	r.grid.mark(i+at+1, r.place)
}

// keyStart looks back for the quote that opens the key that ends at end.
func keyStart(text []byte, end int) int {
	limit := max(0, end-margin/2)
	for i := end; i > limit; {
		i = bytes.LastIndexByte(text[:i], '"')
		if i <= 0 || text[i-1] != '\\' {
			return i + 1
		}
	}
	return end
}

// endLine starts afresh in a text whose lines are values.
func (r *jsonReader) endLine(at int) {
	if len(r.stack) > 0 || r.inside != 0 {
		r.stack, r.deeper, r.place, r.inside, r.escape = r.stack[:0], 0, 0, 0, false
		r.grid.mark(at, 0)
	}
}

func (r *jsonReader) open(object bool) {
	if len(r.stack) >= maxDepth {
		r.deeper++
		return
	}
	r.stack = append(r.stack, container{r.place, object})
}

func (r *jsonReader) close() {
	switch {
	case r.deeper > 0:
		r.deeper--
	case len(r.stack) > 0:
		r.stack = r.stack[:len(r.stack)-1]
	}
	r.place = 0
	if len(r.stack) > 0 {
		r.place = r.stack[len(r.stack)-1].place
	}
}

// commentEnd returns what is behind the comment at i, which settings files hold;
// 0 when there is none.
func commentEnd(text []byte, i int) int {
	var end int
	switch {
	case bytes.HasPrefix(text[i:], []byte("//")):
		end = bytes.IndexByte(text[i:], '\n')
	case bytes.HasPrefix(text[i:], []byte("/*")):
		if end = bytes.Index(text[i:], []byte("*/")); end >= 0 {
			end += 2
		}
	default:
		return 0
	}
	if end < 0 {
		return len(text)
	}
	return i + end
}

// stringEnd returns the offset of the quote that closes the string whose
// content starts at i; -1 when there is none.
func stringEnd(text []byte, i int) int {
	for start := i; ; {
		k := bytes.IndexByte(text[i:], '"')
		if k < 0 {
			return -1
		}
		end := i + k
		slashes := 0
		for end-slashes > start && text[end-slashes-1] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end
		}
		i = end + 1
	}
}

func jsonSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
