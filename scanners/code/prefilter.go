package code

import "bytes"

// worth tells whether a file may hold anything for a parser: a word that speaks
// of persons, a mark of a stored class, or a third party. It is asked of every
// source file, so it only looks for bytes.
func (v *vocabulary) worth(src []byte, _ *language) bool {
	return len(bytes.TrimSpace(src)) > 0
}
