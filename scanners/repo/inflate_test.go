package repo

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"testing"
)

// deflated returns content as a zlib stream.
func deflated(t testing.TB, content []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func samples() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 300_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	skew := make([]byte, 200_000) // codes of up to 15 bits
	for i := range skew {
		skew[i] = byte(min(r.ExpFloat64()*12, 255))
	}
	return map[string][]byte{
		"nothing": nil, "one": []byte("a"), "runs": bytes.Repeat([]byte("a"), 100_000), "pairs": bytes.Repeat([]byte("ab"), 4_000),
		"text": bytes.Repeat([]byte("the quick brown fox jumps over the lazy dog, 0123456789\n"), 400), "noise": noise, "skew": skew,
		"seven": bytes.Repeat([]byte("abcdefg"), 999), "mixed": append(bytes.Clone(noise[:5000]), skew...),
	}
}

func TestInflate(t *testing.T) {
	var f inflater // one for all: a pack has small and large entries in turn
	for name, content := range samples() {
		for _, level := range []int{flate.HuffmanOnly, 0, 1, 6, 9} {
			stream := deflated(t, content, level)
			for _, behind := range []int{0, 3, 30} { // the next entry of the pack
				got, used, err := f.inflate(append(bytes.Clone(stream), make([]byte, behind)...), len(content), nil)
				if err != nil || used != len(stream) || !bytes.Equal(got, content) {
					t.Errorf("%s, level %d, %d behind: %d bytes of %d, %d of %d read, %v", name, level, behind, len(got), len(content), used, len(stream), err)
				}
			}
			for _, size := range []int{len(content) - 1, len(content) + 1} {
				if _, _, err := f.inflate(stream, max(size, 0), nil); err == nil && size >= 0 {
					t.Errorf("%s, level %d: taken for %d bytes long", name, level, size)
				}
			}
		}
	}
}

// A byte less, or another one, never makes it go wrong otherwise than by an error.
func TestInflateCorrupt(t *testing.T) {
	var f inflater
	r := rand.New(rand.NewPCG(3, 4))
	for name, content := range samples() {
		stream := deflated(t, content, 6)
		for range 300 {
			bad := bytes.Clone(stream)
			if r.IntN(2) == 0 {
				bad = bad[:r.IntN(len(bad))]
			} else {
				bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
			}
			got, used, err := f.inflate(bad, len(content), nil)
			if used > len(bad) {
				t.Fatalf("%s: %d bytes taken of %d", name, used, len(bad))
			}
			if err == nil && !bytes.Equal(got, content) {
				t.Fatalf("%s: other bytes without an error", name)
			}
		}
	}
}

// FuzzInflate wants what the library of Go makes of the same stream.
func FuzzInflate(f *testing.F) {
	for _, content := range samples() {
		f.Add(deflated(f, content[:min(len(content), 3000)], 6), len(content))
	}
	f.Fuzz(func(t *testing.T, stream []byte, size int) {
		var want []byte
		r, err := zlib.NewReader(bytes.NewReader(stream))
		if err == nil {
			want, err = io.ReadAll(io.LimitReader(r, 1<<20))
		}
		if err == nil {
			size = len(want)
		}
		if size = min(max(size, 0), 1<<20); len(want) == 1<<20 {
			return
		}
		var own inflater
		got, _, ownErr := own.inflate(stream, size, nil)
		if (err == nil) != (ownErr == nil) || err == nil && !bytes.Equal(got, want) {
			t.Fatalf("%d bytes, %v; the library: %d, %v", len(got), ownErr, len(want), err)
		}
	})
}

func BenchmarkInflate(b *testing.B) {
	for _, name := range []string{"text", "skew", "noise"} {
		content := samples()[name]
		stream := deflated(b, content, 6)
		b.Run(name, func(b *testing.B) {
			var f inflater
			var into []byte
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				into, _, _ = f.inflate(stream, len(content), into)
			}
		})
	}
}
