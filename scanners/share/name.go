package share

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const hex = "0123456789ABCDEF"

// Name writes one name of a file system the way locations do: UTF-8 NFC, and
// `%XX` for the bytes that are not UTF-8 and for control characters, which
// would break a report's lines.
func Name(name string) string {
	if plain(name) {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRuneInString(name[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0 {
			for _, c := range []byte(name[i : i+n]) {
				b.WriteString(string([]byte{'%', hex[c>>4], hex[c&15]}))
			}
		} else {
			b.WriteString(name[i : i+n])
		}
		i += n
	}
	return norm.NFC.String(b.String())
}

// plain tells whether a name is printable ASCII, as nearly all are.
func plain(name string) bool {
	for i := 0; i < len(name); i++ {
		if name[i] < ' ' || name[i] >= 0x7F {
			return false
		}
	}
	return true
}

// FolderName keeps a folder called `a!` from reading like a container.
func FolderName(name string) string {
	if strings.HasSuffix(name, "!") {
		return name[:len(name)-1] + "%21"
	}
	return name
}
