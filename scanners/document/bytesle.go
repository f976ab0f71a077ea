package document

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

func le16(b []byte) int { return int(binary.LittleEndian.Uint16(b)) }

func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// utf16LE decodes little-endian UTF-16 up to a zero.
func utf16LE(b []byte) string {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		u := binary.LittleEndian.Uint16(b[i:])
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

// latin decodes Windows-1252, or UTF-8 where it is that.
func latin(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	var out []byte
	for _, c := range b {
		if c < utf8.RuneSelf {
			out = append(out, c)
		} else {
			out = append(out, windows1252().high[c-0x80]...)
		}
	}
	return out
}
