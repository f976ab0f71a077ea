package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
)

// Digest changes with every word of the vocabulary, built in or of users: what
// was found with another one may not hold.
func (r *Rules) Digest() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(compiled, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := compiled.ReadFile(path)
		_, _ = h.Write(b) // a hash never fails to write
		return err
	})
	for _, s := range r.user {
		_, _ = h.Write([]byte(s.section + "\x00"))
		_, _ = h.Write(s.text)
		if s.node != nil {
			_, _ = h.Write([]byte(s.node.String()))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), err
}
