package detectors

import (
	"bytes"
	"math/bits"
)

// How far from a context word a detector that is pulled looks, in bytes.
const (
	pullAfter  = 120
	pullBefore = 40
)

// pull notes that detectors are to be asked at the starts of words and numbers
// on the line of a context word.
func (s *Scanner) pull(text []byte, list []pull, at, end int) {
	lo := lineStart(text, max(at-pullBefore, 0), at)
	hi := valueEnd(text, end, min(end+pullAfter, len(text)))
	for _, p := range list {
		from := max(lo, s.pullTo[p.det])
		s.pullTo[p.det] = max(hi, s.pullTo[p.det])
		if from < hi {
			s.pullRange(text, p, from, hi)
		}
	}
}

// pullRange notes the starts in text[lo:hi].
func (s *Scanner) pullRange(text []byte, p pull, lo, hi int) {
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
			if !p.digits || classes[text[i]]&isDigit != 0 {
				s.waiting = append(s.waiting, asking{int32(p.det), int32(i)})
			}
		}
	}
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
