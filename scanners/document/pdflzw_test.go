package document

import (
	"bytes"
	"compress/lzw"
	"io"
	"strings"
	"testing"
)

// packLZW packs the way PDF does by default, codes growing one early.
func packLZW(b []byte, early int) []byte {
	var out []byte
	bits, have, width := uint64(0), 0, 9
	put := func(code int) {
		bits, have = bits<<width|uint64(code), have+width
		for have >= 8 {
			out = append(out, byte(bits>>(have-8)))
			have -= 8
		}
	}
	codes := map[string]int{}
	next := lzwEnd + 1
	code := func(s string) int {
		if len(s) == 1 {
			return int(s[0])
		}
		return codes[s]
	}
	put(lzwClear)
	now := ""
	for _, c := range b {
		s := now + string([]byte{c})
		if _, ok := codes[s]; ok || len(s) == 1 {
			now = s
			continue
		}
		put(code(now))
		codes[s] = next
		if next++; next+early > 1<<width {
			width++
		}
		if now = string([]byte{c}); next == 4094 {
			put(lzwClear)
			clear(codes)
			next, width = lzwEnd+1, 9
		}
	}
	put(code(now))
	if next++; next+early > 1<<width {
		width++
	}
	put(lzwEnd)
	return append(out, byte(bits<<(8-have)))
}

func TestLZW(t *testing.T) {
	for _, text := range []string{"a", "aaaaaaaaaaaaaaaaaaaaaaaaa", strings.Repeat("NIR : 1 50 01 99 999 001 83\n", 3000), string(pseudo(30_000))} {
		for early := range 2 {
			got, err := io.ReadAll(newLZW(bytes.NewReader(packLZW([]byte(text), early)), early))
			if err != nil || string(got) != text {
				t.Errorf("early %d: %d bytes of %d, %v", early, len(got), len(text), err)
			}
		}
		var packed bytes.Buffer
		w := lzw.NewWriter(&packed, lzw.MSB, 8)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(newLZW(&packed, 0)); err != nil || string(got) != text {
			t.Errorf("compress/lzw: %d bytes of %d, %v", len(got), len(text), err)
		}
	}
}

// pseudo returns bytes without pattern, always the same.
func pseudo(n int) []byte {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}
