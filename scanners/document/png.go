package document

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/bep/imagemeta"
)

// maxNote is how many bytes one note of a picture may have, packed or not. A
// thumbnail within EXIF has at most 64 KiB, and a note is text.
const maxNote = 8 << 20

// png reads the notes of a PNG picture: its texts under their keywords, and the
// EXIF, XMP and IPTC that are kept in a chunk or, as ImageMagick does, in
// hexadecimal digits in a text. False when one is damaged; the others are read.
//
// Our own: imagemeta reads no text of a PNG, and takes the head of such digits
// for as long as their keyword, so that it calls sound pictures corrupt.
func (p *photo) png(r io.ReadSeeker) (sound bool) {
	sound = true
	if _, err := r.Seek(8, io.SeekStart); err != nil { // the signature
		return false
	}
	var head [8]byte
	for p.fail == nil {
		if _, err := io.ReadFull(r, head[:]); err != nil || string(head[4:]) == "IEND" {
			return sound // a picture that is cut off has no more notes
		}
		size := int64(binary.BigEndian.Uint32(head[:]))
		kind, behind := string(head[4:]), size+4 // its checksum
		if pngNote[kind] {
			note := make([]byte, 0, min(size, 4<<10))
			buf := bytes.NewBuffer(note)
			n, err := io.CopyN(buf, r, min(size, maxNote))
			if behind -= n; err != nil {
				return false
			}
			sound = n == size && p.pngNote(kind, buf.Bytes()) && sound
		}
		if _, err := r.Seek(behind, io.SeekCurrent); err != nil {
			return false
		}
	}
	return sound
}

// pngNote are the chunks that say something about the picture.
var pngNote = map[string]bool{"tEXt": true, "zTXt": true, "iTXt": true, "eXIf": true}

// pngNote reads one chunk; false when it is damaged.
func (p *photo) pngNote(kind string, note []byte) bool {
	if kind == "eXIf" {
		return p.exif(note)
	}
	name, value, ok := bytes.Cut(note, []byte{0})
	if !ok {
		return false
	}
	packed := kind == "zTXt"
	if kind == "iTXt" { // packed or not, by which method, language, keyword in that language
		if len(value) < 2 {
			return false
		}
		packed = value[0] != 0
		value = append([]byte{0}, afterNul(afterNul(value[2:]))...)
	}
	if kind != "tEXt" {
		if len(value) == 0 || value[0] != 0 { // the only method there is
			return false
		}
		value = value[1:]
	}
	if packed {
		if value, ok = unpacked(value); !ok {
			return false
		}
	}
	return p.pngText(string(name), value)
}

// afterNul returns what follows the first NUL.
func afterNul(b []byte) []byte {
	_, after, _ := bytes.Cut(b, []byte{0})
	return after
}

// unpacked inflates a note.
func unpacked(b []byte) ([]byte, bool) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, false
	}
	text, err := io.ReadAll(io.LimitReader(z, maxNote+1))
	return text, err == nil && len(text) <= maxNote
}

// pngText reads the text under a keyword.
func (p *photo) pngText(name string, value []byte) bool {
	if name == "XML:com.adobe.xmp" {
		return p.xmp(value)
	}
	if kind, ok := strings.CutPrefix(name, "Raw profile type "); ok {
		return p.profile(kind, value)
	}
	if !validBytes(value) { // the charset of the format is Latin-1
		text := make([]byte, 3*len(value)+utf8.UTFMax)
		_, n := windows1252().decode(text, value, true)
		value = text[:n]
	}
	return p.tag(imagemeta.TagInfo{Tag: name, Value: string(value)}) == nil
}

// profile reads what is kept in digits: a line with its kind, one with its
// length in bytes, then the digits in lines.
func (p *photo) profile(kind string, text []byte) bool {
	lines := bytes.SplitN(bytes.TrimLeft(text, "\n"), []byte{'\n'}, 3)
	if len(lines) < 3 {
		return false
	}
	digits := bytes.Join(bytes.Fields(lines[2]), nil)
	data := make([]byte, hex.DecodedLen(len(digits)))
	if _, err := hex.Decode(data, digits); err != nil {
		return false
	}
	switch strings.ToLower(kind) {
	case "exif", "app1":
		if xmp, ok := bytes.CutPrefix(data, []byte("http://ns.adobe.com/xap/1.0/\x00")); ok {
			return p.xmp(xmp)
		}
		return p.exif(bytes.TrimPrefix(data, []byte("Exif\x00\x00")))
	case "xmp":
		return p.xmp(data)
	case "iptc", "8bim":
		return p.iptc(data)
	}
	return true // colours
}

// exif reads a block of EXIF, which is a TIFF file without pixels.
func (p *photo) exif(data []byte) bool {
	return p.decode(bytes.NewReader(data), imagemeta.TIFF)
}

// xmp reads a packet of XMP, in the shell of the format that has no bound on it.
func (p *photo) xmp(data []byte) bool {
	shell := append([]byte("RIFF\x00\x00\x00\x00WEBPXMP "), binary.LittleEndian.AppendUint32(nil, uint32(len(data)))...) //nolint:gosec // bounded by maxNote
	return p.decode(bytes.NewReader(append(shell, data...)), imagemeta.WebP)
}

// iptc reads records of IPTC, in the shell of the format that has them; bare
// ones are given the block of Photoshop that is around them there.
func (p *photo) iptc(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("8BIM")) {
		block := append([]byte("8BIM\x04\x04\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(data)))...) //nolint:gosec // bounded by maxNote
		data = append(block, data...)
	}
	const title = "Photoshop 3.0\x00"
	size := 2 + len(title) + len(data)
	if size > 0xFFFF {
		return false
	}
	shell := binary.BigEndian.AppendUint16([]byte("\xFF\xD8\xFF\xED"), uint16(size)) //nolint:gosec // told above
	shell = append(append(append(shell, title...), data...), "\xFF\xD9"...)
	return p.decode(bytes.NewReader(shell), imagemeta.JPEG)
}
