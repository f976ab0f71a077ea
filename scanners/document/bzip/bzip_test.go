package bzip

import (
	"bytes"
	"compress/bzip2"
	"errors"
	"io"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
)

// pack packs text with bzip2 itself.
func pack(t testing.TB, text []byte, options ...string) []byte {
	t.Helper()
	program, err := exec.LookPath("bzip2")
	if err != nil {
		t.Skip("bzip2 is not installed")
	}
	cmd := exec.Command(program, append(options, "-c")...)
	cmd.Stdin = bytes.NewReader(text)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// texts are what blocks differ by: runs, repeats, all bytes, sizes around a block.
func texts() map[string][]byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 250_000)
	for i := range noise {
		noise[i] = byte(rnd.Uint32())
	}
	return map[string][]byte{
		"empty": nil, "one byte": []byte("a"), "zeros": make([]byte, 3_000_000),
		"three, four, five": []byte("aaabaaaabaaaaabaaaaaaaaab" + strings.Repeat("c", 259) + strings.Repeat("d", 260)),
		"a phrase again":    bytes.Repeat([]byte("le dossier de la cliente est complet\n"), 60_000),
		"noise":             noise, "noise twice": append(bytes.Clone(noise), noise...),
		"a block":   bytes.Repeat([]byte{'x', 'y'}, 50_000),
		"sawtooth":  bytes.Repeat(noise[:256], 4_000),
		"few bytes": mapped(noise, func(c byte) byte { return 'a' + c%2 }),
	}
}

func mapped(text []byte, f func(byte) byte) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		out[i] = f(c)
	}
	return out
}

func TestRead(t *testing.T) {
	for name, text := range texts() {
		for _, level := range []string{"-1", "-9"} {
			packed := pack(t, text, level)
			got, err := io.ReadAll(NewReader(bytes.NewReader(packed)))
			if err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s %s: %d bytes, %v; want %d", name, level, len(got), err, len(text))
			}
		}
	}
}

func TestReadSeveralStreams(t *testing.T) {
	packed := append(pack(t, []byte("un ")), pack(t, []byte("deux"))...)
	got, err := io.ReadAll(NewReader(bytes.NewReader(packed)))
	if string(got) != "un deux" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestBroken(t *testing.T) {
	packed := pack(t, bytes.Repeat([]byte("une ligne\n"), 30_000), "-1")
	broken := map[string][]byte{"empty": nil, "no bzip2": []byte("BZip"), "half": packed[:len(packed)/2], "cut at the end": packed[:len(packed)-3]}
	flipped := bytes.Clone(packed)
	flipped[len(packed)/2] ^= 0x10
	broken["a bit"] = flipped
	for name, data := range broken {
		if _, err := io.ReadAll(NewReader(bytes.NewReader(data))); err == nil {
			t.Errorf("%s: no error", name)
		} else if !errors.Is(err, ErrCorrupt) && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRead compares with the reader that comes with Go.
func FuzzRead(f *testing.F) {
	for _, text := range texts() {
		if len(text) < 300_000 {
			f.Add(pack(f, text, "-1"))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const most = 4 << 20
		got, err := io.ReadAll(io.LimitReader(NewReader(bytes.NewReader(data)), most))
		want, wantErr := io.ReadAll(io.LimitReader(bzip2.NewReader(bytes.NewReader(data)), most))
		if wantErr == nil && (err != nil || !bytes.Equal(got, want)) {
			t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
		}
		if wantErr != nil && err == nil && len(got) < most {
			t.Errorf("no error; want %v", wantErr)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"a phrase again", "noise twice"} {
		text := texts()[name]
		packed := pack(b, text)
		for library, open := range map[string]func(io.Reader) io.Reader{"bzip": NewReader, "compress-bzip2": bzip2.NewReader} {
			b.Run(name+"/"+library, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					_, _ = io.Copy(io.Discard, open(bytes.NewReader(packed)))
				}
			})
		}
	}
}
