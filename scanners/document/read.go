package document

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// sniffed is how many bytes of a file Match sees.
const sniffed = 4 << 10

// Formats returns every format of this package, in the order they are asked.
// Formats of other packages go before them.
func Formats() []Format {
	return []Format{Zip, PDF, OLE, RTF, SQLite, SQLiteLog, Parquet, Avro, PST, Compressed, Tar, SevenZip, Rar, Image, Card, Mbox, Mail, HTML, CSV, JSON, XML, Settings, Text, Nature, Unknown}
}

// A Reason is why something was not read, in words fit for a report: it quotes
// nothing of the content. A format returns one as its error.
type Reason string

func (r Reason) Error() string { return string(r) }

// The reasons shared by several formats.
const (
	Encrypted = Reason("encrypted")
	Corrupt   = Reason("corrupt")
	Truncated = Reason("cut short")
	TooLarge  = Reason("larger than is safe to unpack")
	Changed   = Reason("changed while it was read")
)

// Read finds the format of f among formats, the first that matches wins, and
// hands what it reads to out. What cannot be read is told to out; the error is
// one of out itself, or of ctx.
//
// A part given to out may be opened only until Part returns: its bytes may come
// from a stream.
func Read(ctx context.Context, formats []Format, f *File, out Out) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.parsed != nil {
		return readParsed(ctx, f, out)
	}
	in := inputs.Get().(*input)
	defer in.release()
	if err := in.start(f); err != nil {
		out.Unread(f.At, reason(err))
		return nil
	}
	in.out.Out, in.out.err = out, nil
	err := in.try(ctx, formats, f)
	if in.out.err != nil {
		return in.out.err
	}
	if err == nil {
		err = in.close()
	} else if in.changed() {
		err = Changed
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		out.Unread(f.At, reason(err))
	}
	return nil
}

// readParsed reads a part that knows how to read itself.
func readParsed(ctx context.Context, f *File, out Out) error {
	in := &input{file: *f}
	in.out.Out = out
	err := in.read(ctx, &Format{Name: "part", Read: f.parsed})
	switch {
	case in.out.err != nil:
		return in.out.err
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		out.Unread(f.At, reason(err))
	}
	return nil
}

// try asks each format in turn.
func (in *input) try(ctx context.Context, formats []Format, f *File) error {
	if in.n == 0 {
		if in.err != nil {
			return in.err
		}
		in.out.Skipped("empty file")
		return nil
	}
	in.file = File{At: f.At, Size: f.Size, Depth: f.Depth, Head: in.buf[:min(in.n, sniffed)], in: in, budget: f.budget, stretch: f.stretch}
	if f.stretch != nil {
		in.file.Head = f.Head
	}
	in.file.Open = func() (io.ReadCloser, error) { return in.open(f.Open) }
	name := fileName(f.At.Path)
	for i := range formats {
		if !formats[i].Match(name, in.file.Head) {
			continue
		}
		if err := in.read(ctx, &formats[i]); !errors.Is(err, ErrNotMine) {
			return err
		}
		if err := in.again(f); err != nil {
			return err
		}
	}
	return Reason("unknown format")
}

// read runs one format, which may be somebody else's parser on somebody's
// hostile file: a panic is one file not read, not the end of the scan.
func (in *input) read(ctx context.Context, format *Format) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = Reason("not read: the " + format.Name + " reader failed on it")
		}
	}()
	return format.Read(ctx, &in.file, &in.out)
}

// fileName returns the last part of a path in lower case.
func fileName(path string) string {
	return strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
}

// reason puts an error in words without content: a parser's own message may
// quote the file, so only kinds of errors known to be safe are told apart.
func reason(err error) string {
	var ours Reason
	var system *fs.PathError
	switch {
	case errors.As(err, &ours):
		return string(ours)
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, fs.ErrNotExist):
		return "gone before it was read"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return string(Truncated)
	case errors.As(err, &system):
		return system.Err.Error()
	}
	return string(Corrupt)
}

// guard remembers the first error of an Out, so that no format can hide it.
type guard struct {
	Out
	err error
}

func (g *guard) Segment(s *item.Segment) error {
	if g.err == nil {
		g.err = g.Out.Segment(s)
	}
	return g.err
}

func (g *guard) Part(f *File) error {
	if g.err == nil {
		g.err = g.Out.Part(f)
	}
	return g.err
}
