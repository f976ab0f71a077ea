package document

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// partName writes the name of a part the way locations do: '/' separated, UTF-8
// NFC, without the steps that would lead out of its container.
func partName(name string) string {
	name = strings.ReplaceAll(utf8Name(name), `\`, "/")
	steps := strings.Split(name, "/")
	kept := steps[:0]
	for _, s := range steps {
		if s = strings.TrimSpace(s); s != "" && s != "." && s != ".." {
			kept = append(kept, s)
		}
	}
	if len(kept) == 0 {
		return "-"
	}
	return strings.Join(kept, "/")
}

// utf8Name decodes a name and writes control characters as %XX.
func utf8Name(name string) string {
	if !utf8.ValidString(name) {
		var b [1024]byte
		_, n := guess([]byte(name)).decode(b[:], []byte(name), true)
		name = string(b[:n])
	}
	if strings.IndexFunc(name, control) >= 0 {
		var b strings.Builder
		for _, r := range name {
			if control(r) {
				b.WriteString("%" + string("0123456789ABCDEF"[r>>4&15]) + string("0123456789ABCDEF"[r&15]))
			} else {
				b.WriteRune(r)
			}
		}
		name = b.String()
	}
	return norm.NFC.String(name)
}

func control(r rune) bool { return r < ' ' || r == 0x7F }
