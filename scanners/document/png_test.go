package document

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
)

// pngOf writes a picture with these chunks, and none of pixels.
func pngOf(chunks ...string) []byte {
	b := []byte("\x89PNG\r\n\x1A\n")
	for _, c := range append(chunks, "IEND") {
		b = binary.BigEndian.AppendUint32(b, uint32(len(c)-4))
		b = append(b, c...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(c)))
	}
	return b
}

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// rawProfile writes data as ImageMagick keeps it in a text.
func rawProfile(kind, data string) string {
	digits := hex.EncodeToString([]byte(data))
	var lines strings.Builder
	for len(digits) > 72 {
		lines.WriteString(digits[:72] + "\n")
		digits = digits[72:]
	}
	return fmt.Sprintf("\n%s\n%8d\n%s%s\n", kind, len(data), lines.String(), digits)
}

// tiffArtist is a block of EXIF that names who took the picture.
func tiffArtist(name string) string {
	name += "\x00"
	b := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x3B\x01\x02\x00")
	b = binary.LittleEndian.AppendUint32(b, uint32(len(name)))
	b = binary.LittleEndian.AppendUint32(b, 26)
	return string(b) + "\x00\x00\x00\x00" + name
}

const xmpCreator = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Odile Vasseur</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`

func TestNotesOfPNG(t *testing.T) {
	bylineIPTC := "\x1C\x02\x50\x00\x0DOdile Vasseur"
	bim := "8BIM\x04\x04\x00\x00\x00\x00\x00\x12" + bylineIPTC
	program := "8BIM\x04\x04\x00\x00\x00\x00\x00\x16\x1C\x02\x41\x00\x07digiKam\x1C\x02\x46\x00\x052.8.0"
	for _, c := range []struct{ why, chunk, want string }{
		{"a text", "tEXtAuthor\x00Odile Vasseur", "Author: Odile Vasseur"},
		{"one letter in Latin-1", "tEXtComment\x00\xE9", "Comment: é"},
		{"in Latin-1", "tEXtComment\x00Prise \xE0 Orl\xE9ans", "Comment: Prise à Orléans"},
		{"packed", "zTXtDescription\x00\x00" + deflated("Odile Vasseur"), "Description: Odile Vasseur"},
		{"in UTF-8", "iTXtTitle\x00\x00\x00fr\x00Titre\x00Odile à l'école", "Title: Odile à l'école"},
		{"in UTF-8, packed", "iTXtTitle\x00\x01\x00fr\x00Titre\x00" + deflated("Odile à l'école"), "Title: Odile à l'école"},
		{"what nobody asks for", "tEXtSoftware\x00a program", ""},
		{"XMP", "iTXtXML:com.adobe.xmp\x00\x00\x00\x00\x00" + xmpCreator, "Odile Vasseur"},
		{"EXIF", "eXIf" + tiffArtist("Odile Vasseur"), "Artist: Odile Vasseur"},
		{"EXIF in digits", "zTXtRaw profile type exif\x00\x00" + deflated(rawProfile("exif", "Exif\x00\x00"+tiffArtist("Odile Vasseur"))), "Artist: Odile Vasseur"},
		{"EXIF in digits, unpacked", "tEXtRaw profile type APP1\x00" + rawProfile("generic profile", tiffArtist("Odile Vasseur")), "Artist: Odile Vasseur"},
		{"XMP in digits", "zTXtRaw profile type xmp\x00\x00" + deflated(rawProfile("xmp", xmpCreator)), "Odile Vasseur"},
		{"IPTC in digits", "zTXtRaw profile type iptc\x00\x00" + deflated(rawProfile("iptc", bim)), "Odile Vasseur"},
		{"bare IPTC", "zTXtRaw profile type iptc\x00\x00" + deflated(rawProfile("iptc", bylineIPTC)), "Odile Vasseur"},
		{"IPTC of a program", "zTXtRaw profile type iptc\x00\x00" + deflated(rawProfile("iptc", program)), ""},
		{"colours", "zTXtRaw profile type icc\x00\x00" + deflated(rawProfile("icc", "colours")), ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			o := read(t, "a.png", pngOf("IHDR0123456789abc", c.chunk, "IDATpixels"))
			got := o.text.String()
			if len(o.unread) > 0 || !strings.Contains(got, c.want) || c.want == "" && strings.TrimSpace(got) != "" {
				t.Errorf("unread %q, text %q", o.unread, got)
			}
		})
	}
}

func TestDamagedNotesOfPNG(t *testing.T) {
	for why, chunk := range map[string]string{
		"not deflated": "zTXtComment\x00\x00no stream", "no keyword": "tEXtComment", "no digits": "tEXtRaw profile type exif\x00\nexif\n 2\nzz\n",
		"unknown method": "zTXtComment\x00\x07" + deflated("x"), "cut off": "iTXtComment\x00\x00", "too large": "zTXtComment\x00\x00" + deflated(strings.Repeat(" ", maxNote+1)),
	} {
		o := read(t, "a.png", pngOf(chunk, "tEXtAuthor\x00Odile Vasseur"))
		if strings.Join(o.unread, "") != "a.png: what is written about the picture is corrupt" || !strings.Contains(o.text.String(), "Odile Vasseur") {
			t.Errorf("%s: unread %q, text %q", why, o.unread, o.text.String())
		}
	}
}
