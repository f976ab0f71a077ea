package document

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/mikelolasagasti/xz"

	"github.com/ecart-rgpd/ecart/scanners/document/bzip"
)

// Compressed reads what is packed as one stream: gzip, bzip2, xz, zstd. A tar
// within is read at once, as if it were the file.
var Compressed = Format{
	Name:  "compressed",
	Match: func(_ string, head []byte) bool { return packer(head) != nil },
	Read:  readCompressed,
}

// Tar reads tar archives.
var Tar = Format{
	Name:  "tar",
	Match: func(_ string, head []byte) bool { return isTar(head) },
	Read: func(ctx context.Context, f *File, out Out) error {
		r, err := f.Open()
		if err != nil {
			return err
		}
		return readTar(ctx, r, f, out)
	},
}

// xzMemory bounds the dictionary of xz in bytes: `xz -9` asks for 64 MiB.
const xzMemory = 64 << 20

// packer returns what unpacks a stream that starts so; nil when none does.
func packer(head []byte) func(io.Reader) (io.Reader, error) {
	starts := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case starts("\x1F\x8B\x08"):
		return func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }
	case starts("BZh") && len(head) > 10 && string(head[4:10]) == "1AY&SY":
		return func(r io.Reader) (io.Reader, error) { return bzip.NewReader(r), nil }
	case starts("\xFD7zXZ\x00"):
		return func(r io.Reader) (io.Reader, error) { return xz.NewReader(r, xzMemory) }
	case starts("\x28\xB5\x2F\xFD"):
		return func(r io.Reader) (io.Reader, error) {
			return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdMemory), zstd.WithDecoderLowmem(true))
		}
	}
	return nil
}

func readCompressed(ctx context.Context, f *File, out Out) error {
	packed, err := f.Open()
	if err != nil {
		return err
	}
	count := &counter{r: packed}
	unpacked, err := packer(f.Head)(bufio.NewReaderSize(count, 64<<10))
	if err != nil {
		return Corrupt
	}
	if z, ok := unpacked.(*zstd.Decoder); ok {
		defer z.Close()
	}
	r := bufio.NewReaderSize(&meter{r: unpacked, budget: f.allowance(), packed: func() int64 { return count.n }}, 64<<10)
	if head, _ := r.Peek(512); isTar(head) { // short is no tar
		return readTar(ctx, r, f, out)
	}
	return f.stream(out, unpackedName(f.At.Path), -1, r)
}

// unpackedName drops the ending that says how a file is packed.
func unpackedName(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	for _, end := range []string{".gz", ".bz2", ".xz", ".zst", ".z"} {
		if len(name) > len(end) && strings.EqualFold(name[len(name)-len(end):], end) {
			return name[:len(name)-len(end)]
		}
	}
	if strings.HasSuffix(name, ".svgz") {
		return strings.TrimSuffix(name, "z")
	}
	return name
}

// isTar checks the sum over the header, which old archives without a magic have
// too.
func isTar(head []byte) bool {
	if len(head) < 512 || head[0] == 0 {
		return false
	}
	sum, want := 0, 0
	for i, b := range head[:512] {
		if i >= 148 && i < 156 {
			b = ' '
		}
		sum += int(b)
	}
	digits := 0
	for _, b := range head[148:156] {
		if b >= '0' && b <= '7' {
			want, digits = want*8+int(b-'0'), digits+1
		} else if digits > 0 {
			break
		}
	}
	return digits > 0 && sum == want
}

func readTar(ctx context.Context, r io.Reader, f *File, out Out) error {
	t := tar.NewReader(r)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue // links lead to files met in their own place
		}
		if err := f.stream(out, h.Name, h.Size, t); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
