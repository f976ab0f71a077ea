package document

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// Packed bytes that break off, or hold what cannot be, are no clean end.
func TestLZWSaysWhereItBreaksOff(t *testing.T) {
	text := strings.Repeat("NIR : 1 50 01 99 999 001 83\n", 300)
	whole := packLZW([]byte(text), 1)
	for name, c := range map[string]struct {
		packed []byte
		want   error
	}{
		"cut short":      {whole[:len(whole)/2], Truncated},
		"no end":         {whole[:len(whole)-3], Truncated},
		"a wrong code":   {[]byte{0x80, 0x3F, 0xFF, 0xFF, 0xFF}, Corrupt},
		"nothing":        {nil, Truncated},
		"whole":          {whole, nil},
		"more behind it": {append(bytes.Clone(whole), "and more"...), nil},
	} {
		got, err := io.ReadAll(newLZW(bytes.NewReader(c.packed), 1))
		if !errors.Is(err, c.want) || !strings.HasPrefix(text, string(got)) && !errors.Is(c.want, Corrupt) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

// Rich text of Outlook that breaks off is given up to there, and said.
func TestPackedRTFSaysWhereItBreaksOff(t *testing.T) {
	packed := []byte("\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0")
	for cut := 17; cut < len(packed)-4; cut++ {
		got, err := unpackRTF(bytes.NewReader(packed[:cut]))
		if !errors.Is(err, Truncated) || !strings.HasPrefix("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", string(got)) {
			t.Fatalf("%d bytes: %q, %v", cut, got, err)
		}
	}
	plain := append([]byte("\x2d\x00\x00\x00\x2b\x00\x00\x00MELA\x00\x00\x00\x00"), "{\\rtf1 hello"...)
	if got, err := unpackRTF(bytes.NewReader(plain)); !errors.Is(err, Truncated) || len(got) == 0 {
		t.Errorf("not packed: %q, %v", got, err)
	}
}

// A value of a mail store that leads nowhere is said of its message; the others
// are read.
func TestPSTSaysWhatItLost(t *testing.T) {
	h := &pstHeapOn{kept: map[int][]byte{0: {8, 0, 0xEC, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, 0, 8, 0}}}
	if h.item(0); h.lost != "" {
		t.Error("a value that is not there is said to be lost")
	}
	if h.item(0x7F << 5); h.lost != Corrupt {
		t.Errorf("a number that leads nowhere: %q", h.lost)
	}
	o := &pstObject{pstHeapOn: &pstHeapOn{}}
	if o.open(0x123F); o.lost != Corrupt {
		t.Errorf("a node that is not there: %q", o.lost)
	}
}
