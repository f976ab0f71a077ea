package document

import (
	"io"
	"math"
)

// Bounds on what a file may unpack to. They are in bytes and objects, never in
// time, so that every machine reads the same.
const (
	maxNested    = 12        // containers within containers
	maxParts     = 200_000   // parts of one file, all levels together
	freeUnpacked = 256 << 20 // bytes any file may unpack to
	perByte      = 200       // and more bytes for each of its own
	freeRatio    = 16 << 20  // bytes unpacked from which the ratio counts
	maxRatio     = 250       // real text stays under 100, a bomb is at 1000
	bombSize     = 1 << 20   // bytes unpacked from which a bomb is known as one
	bombRatio    = 1100      // by a ratio that deflate cannot reach
)

// The reasons for stopping at a bound.
const (
	bomb    = Reason("unpacks to far more than its size: not unpacked further")
	tooDeep = Reason("more containers within containers than are unpacked")
	tooMany = Reason("more parts than are unpacked")
)

// A budget is what a file and all that is in it may still unpack to.
type budget struct {
	bytes int64
	parts int
}

// newBudget returns that of a file of so many bytes; a size that no file has must not
// make it negative, nor small.
func newBudget(size int64) *budget {
	size = min(max(size, 0), (math.MaxInt64-freeUnpacked)/perByte)
	return &budget{bytes: freeUnpacked + perByte*size, parts: maxParts}
}

// A meter reads what is unpacked from a stream, and stops at the bounds.
type meter struct {
	r      io.Reader
	budget *budget
	packed func() int64 // bytes taken from the packed stream so far, or in all
	out    int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.out += int64(n)
	m.budget.bytes -= int64(n)
	if m.budget.bytes < 0 || m.out > bombSize && Bursts(m.out, m.packed()) != nil {
		m.budget.bytes = min(m.budget.bytes, -1) // a bomb spoils what it is in
		return 0, bomb
	}
	return n, err
}

// Bursts returns the reason to unpack no further when so many bytes out of so few packed
// ones are a bomb; nil when they are none.
func Bursts(out, packed int64) error {
	packed = max(packed, 1)
	if out > bombSize && (out > bombRatio*packed || out > freeRatio && out > maxRatio*packed) {
		return bomb
	}
	return nil
}

// A counter counts what is read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// part hands a file inside f over to out. size is -1 when not known; open must
// work at least once. Read bounds what comes out of it.
func (f *File) part(out Out, name string, size int64, open func() (io.ReadCloser, error)) error {
	return f.give(out, name, &File{Size: size, Open: open})
}

// give hands over a part, within the bounds.
func (f *File) give(out Out, name string, part *File) error {
	at := f.At.Inside(partName(name))
	b := f.allowance()
	b.parts--
	switch {
	case f.Depth >= maxNested:
		out.Unread(at, string(tooDeep))
		return nil
	case b.bytes < 0:
		out.Unread(at, string(bomb))
		return nil
	case b.parts < 0:
		return tooMany
	}
	part.At, part.Depth, part.budget = at, f.Depth+1, b
	return out.Part(part)
}

// allowance returns the budget that f shares with the file it is in.
func (f *File) allowance() *budget {
	if f.budget == nil {
		f.budget = newBudget(f.Size)
	}
	return f.budget
}
