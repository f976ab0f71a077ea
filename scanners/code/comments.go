package code

import "bytes"

// withoutComments returns src with blanks in the place of its comments, for languages
// that write them as C does: lines keep their numbers. What stands in quotes stays,
// slashes included: an address in a comment is told too often, one lost is not told
// at all.
func withoutComments(src []byte) []byte {
	if !bytes.Contains(src, []byte("//")) && !bytes.Contains(src, []byte("/*")) {
		return src
	}
	out := bytes.Clone(src)
	for i := 0; i < len(src); {
		switch {
		case src[i] == '"' || src[i] == '\'':
			i = quotedEnd(src, i)
		case lineComment(src, i):
			i = blank(out, i, lineEnd(src, i))
		case blockComment(src, i):
			i = blank(out, i, blockEnd(src, i))
		default:
			i++
		}
	}
	return out
}

// lineComment tells whether a comment to the end of the line starts at src[i]. The
// slashes of an address follow a colon.
func lineComment(src []byte, i int) bool {
	return bytes.HasPrefix(src[i:], []byte("//")) && (i == 0 || src[i-1] != ':')
}

// blockComment tells whether a comment of its own end starts at src[i]: no image/*.
func blockComment(src []byte, i int) bool {
	return bytes.HasPrefix(src[i:], []byte("/*")) && (i == 0 || src[i-1] <= ' ')
}

func lineEnd(src []byte, i int) int {
	if n := bytes.IndexByte(src[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(src)
}

func blockEnd(src []byte, i int) int {
	if n := bytes.Index(src[i+2:], []byte("*/")); n >= 0 {
		return i + 2 + n + 2
	}
	return len(src)
}

// quotedEnd returns the end of the text in quotes that starts at src[i]. Of one quote
// it ends with the line at the latest, so that a stray one costs a line; of three it
// may go on over lines.
func quotedEnd(src []byte, i int) int {
	quote := src[i]
	if three := bytes.Repeat([]byte{quote}, 3); bytes.HasPrefix(src[i:], three) {
		if n := bytes.Index(src[i+3:], three); n >= 0 {
			return i + 3 + n + 3
		}
		return i + 3
	}
	for i++; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		case '\n':
			return i
		}
	}
	return len(src)
}

// blank puts blanks in the place of b[from:to], lines apart, and returns to.
func blank(b []byte, from, to int) int {
	for i := from; i < to; i++ {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
	return to
}
