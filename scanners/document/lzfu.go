package document

import "io"

// lzfuStart is what the window of a packed rich text holds at first, so that the
// usual commands need not be written out (MS-OXRTFCP).
const lzfuStart = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier" +
	"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

// unpackRTF undoes the packing that Outlook gives to rich text. What comes before
// a fault is returned with it.
func unpackRTF(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, pstValue))
	if err != nil {
		return nil, err
	}
	if len(b) < 16 {
		return nil, Truncated
	}
	stated := int64(le32(b[4:]))
	size := int(min(stated, maxStream))
	var text []byte
	switch string(b[8:12]) {
	case "MELA":
		text = b[16:min(len(b), 16+size)]
	case "LZFu":
		text = unpackLZFu(b[16:], size)
	default:
		return nil, Corrupt
	}
	switch {
	case stated > maxStream:
		return text, TooLarge
	case len(text) < size:
		return text, Truncated
	}
	return text, nil
}

// unpackLZFu copies bytes, and stretches of a window of 4096 bytes.
func unpackLZFu(b []byte, size int) []byte {
	var window [4096]byte
	at := copy(window[:], lzfuStart)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) % len(window)
	}
	for i := 0; i < len(b) && len(out) < size; {
		flags := b[i]
		i++
		for bit := 0; bit < 8 && i < len(b) && len(out) < size; bit++ {
			if flags>>bit&1 == 0 {
				put(b[i])
				i++
				continue
			}
			if i+2 > len(b) {
				return out
			}
			from, n := int(b[i])<<4|int(b[i+1])>>4, int(b[i+1]&15)+2
			i += 2
			if from == at {
				return out
			}
			for range n {
				put(window[from])
				from = (from + 1) % len(window)
			}
		}
	}
	return out
}
