package detectors

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"github.com/ecart-rgpd/ecart/item"
)

// How far from a context word a detector that is pulled looks, in bytes.
const (
	pullAfter  = 120
	pullBefore = 40
)

// pull notes that detectors are to be asked at the starts of words and numbers
// on the line of a context word.
func (s *Scanner) pull(text []byte, list []pull, at, end int) {
	if s.object.base != noSlot && s.kind == item.Data && inKey(text, end) {
		return // the names of columns speak for keys
	}
	lo, hi := max(at-pullBefore, 0), min(end+pullAfter, len(text))
	if s.object.base != noSlot {
		lo, hi = s.withinCells(text, at, end, lo, hi)
	}
	lo, hi = lineStart(text, lo, at), valueEnd(text, end, hi)
	s.pulling = s.pulling[:0]
	from := hi
	for _, p := range list {
		first := max(lo, s.pullTo[p.det])
		s.pullTo[p.det] = max(hi, s.pullTo[p.det])
		if first >= hi || p.sign != 0 && bytes.IndexByte(text[first:min(hi+p.maxLen, len(text))], p.sign) < 0 {
			continue
		}
		from = min(from, first)
		s.pulling = append(s.pulling, pulling{p, first})
	}
	if len(s.pulling) > 0 {
		s.pullRange(text, from, hi)
	}
}

// withinCells bounds text[lo:hi] to the cell of the word at text[at:end], and to
// the next one in a row of a table: « téléphone;0639981234 ». What the other
// cells hold is told by the names of their columns.
func (s *Scanner) withinCells(text []byte, at, end, lo, hi int) (int, int) {
	c, ok := s.seg.Grid.Cell(at)
	if !ok || end > c.End {
		return lo, hi
	}
	lo = max(lo, c.Start)
	if s.kind != item.Table {
		return lo, min(hi, c.End)
	}
	next := c.End
	for next < hi && !wordByteAt(text, next) {
		next++
	}
	if n, ok := s.seg.Grid.Cell(next); ok && next < hi && n.Line == c.Line {
		return lo, min(hi, n.End)
	}
	return lo, min(hi, c.End)
}

// inKey tells whether the word that ends at end is in a key of JSON.
func inKey(text []byte, end int) bool {
	i := end
	for i < len(text) && i-end < maxLabel && labelByte(text, i) {
		i++
	}
	if i >= len(text) || text[i] != '"' {
		return false
	}
	for i++; i < len(text) && text[i] == ' '; {
		i++
	}
	return i < len(text) && text[i] == ':'
}

// A pulling is a detector on its way through a line, from an offset on.
type pulling struct {
	pull
	from int
}

// mayBe tells whether the third byte behind i is one of those that a match has.
func (p *pull) mayBe(text []byte, i int) bool {
	n := len(p.third)
	return n == 0 || i+2 < len(text) && (text[i+2] == p.third[0] || text[i+2] == p.third[n-1])
}

// pullRange notes the starts in text[lo:hi] for the detectors at hand.
func (s *Scanner) pullRange(text []byte, lo, hi int) {
	for j := lo / block; j*block < hi; j++ {
		set := s.sight.starts[j]
		if j == lo/block {
			set &= ^uint64(0) << (lo % block)
		}
		for ; set != 0; set &= set - 1 {
			i := j*block + bits.TrailingZeros64(set)
			if i >= hi {
				return
			}
			run := digitRun(text, i)
			for k := range s.pulling {
				if p := &s.pulling[k]; p.first>>run&1 != 0 && i >= p.from && p.mayBe(text, i) {
					s.waiting = append(s.waiting, asking{int32(p.det), int32(i)})
				}
			}
		}
	}
}

// DigitRun returns how many digits are at text[i], up to 63.
func DigitRun(text []byte, i int) int { return digitRun(text, i) }

// digitRun is DigitRun within the package.
func digitRun(text []byte, i int) int {
	if i >= len(text) || text[i]-'0' > 9 {
		return 0
	}
	return eightRun(text, i)
}

// eightRun is digitRun, eight bytes at a time.
func eightRun(text []byte, i int) int {
	for n := 0; n <= 56; n += 8 {
		if i+n+8 > len(text) {
			return min(n+shortRun(text[i+n:]), 63)
		}
		x := binary.LittleEndian.Uint64(text[i+n:]) ^ 0x3030303030303030 // 0 to 9 for digits
		if other := (x + 0x7676767676767676 | x) & 0x8080808080808080; other != 0 {
			return min(n+bits.TrailingZeros64(other)>>3, 63)
		}
	}
	return 63
}

// shortRun counts the digits that the end of a text begins with.
func shortRun(rest []byte) int {
	for n, c := range rest {
		if c-'0' > 9 {
			return n
		}
	}
	return len(rest)
}

// lineStart returns the start of the last line of text[lo:at].
func lineStart(text []byte, lo, at int) int {
	return lo + bytes.LastIndexByte(text[lo:at], '\n') + 1
}

// lineEnd returns the end of the first line of text[at:hi].
func lineEnd(text []byte, at, hi int) int {
	if n := bytes.IndexByte(text[at:hi], '\n'); n >= 0 {
		return at + n
	}
	return hi
}

// valueEnd returns the end of the first line of text[end:hi] that is not blank:
// the value of a form may stand below its label.
func valueEnd(text []byte, end, hi int) int {
	stop := lineEnd(text, end, hi)
	if stop == hi || anyWordByte(text[end:stop]) {
		return stop
	}
	for i := stop; i < hi; i++ {
		if classes[text[i]]&(isDigit|isLetter) != 0 {
			return lineEnd(text, i, hi)
		}
	}
	return hi
}

func anyWordByte(text []byte) bool {
	for _, c := range text {
		if classes[c]&(isDigit|isLetter) != 0 {
			return true
		}
	}
	return false
}
