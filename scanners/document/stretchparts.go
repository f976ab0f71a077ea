package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
)

var messageStart = []byte("\nFrom ")

// messages returns the cuts of a box: each where a message begins. A message that is
// longer than a stretch has none in it.
func (c *stretchCutter) messages(size int64) []int64 {
	cuts := []int64{0}
	for want := size; want < c.size-size/2; want += size {
		if want <= cuts[len(cuts)-1] {
			continue
		}
		if cut := c.message(want, min(want+size, c.size)); cut > 0 {
			cuts = append(cuts, cut)
		}
	}
	if len(cuts) == 1 {
		return nil
	}
	return append(cuts, c.size)
}

// message returns where the first message behind a place begins; 0 when none does
// before end.
func (c *stretchCutter) message(from, end int64) int64 {
	for from < end {
		text := c.read(from, wayToCut)
		if i := bytes.Index(text, messageStart); i >= 0 {
			return from + int64(i) + 1
		}
		if len(text) < wayToCut {
			return 0
		}
		from += int64(len(text) - len(messageStart) + 1)
	}
	return 0
}

// members returns the cuts of an archive, as places in its directory: before an
// entry, whenever those since the last cut hold so much. nil for one that is an
// office document, broken, or whose entries share their bytes, as those of bombs do.
func (c *stretchCutter) members(f *File, size int64) []int64 {
	dir, err := openZip(c.file, c.size, nil)
	if err != nil {
		return nil
	}
	names := *dir
	if p, err := loadPack(&names, f, nil); err != nil || p.office() != nil {
		return nil
	}
	cuts, open, all := []int64{dir.at}, int64(0), int64(0)
	for {
		at := dir.at
		e, err := dir.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || !e.fits(c.size-all) {
			return nil
		}
		all += e.packed
		if open >= size {
			cuts, open = append(cuts, at), 0
		}
		open += e.packed
	}
	if len(cuts) == 1 {
		return nil
	}
	return append(cuts, dir.at)
}

// fits tells whether an entry says that it is no larger than what is left for it. It
// is asked before sizes are added: a ZIP64 entry may claim all that an int64 holds.
func (e *zipEntry) fits(left int64) bool { return e.packed >= 0 && e.packed <= left }

// readMembers reads those entries of an archive that stand in a stretch of its
// directory, within the bounds of a file that consists of them.
func readMembers(ctx context.Context, dir *zipDir, size int64, f *File, out Out) error {
	dir.at = f.stretch.From
	sum, packed := *dir, int64(0)
	for sum.at < f.stretch.To {
		e, err := sum.next()
		if err != nil || !e.fits(size-packed) {
			return Changed
		}
		packed += e.packed
	}
	f.budget = newBudget(packed)
	dir.budget = f.budget
	for dir.at < f.stretch.To {
		if err := readMember(ctx, dir, f, out); err != nil {
			return err
		}
	}
	f.stretch.Lines = 1
	return nil
}

// messageName is how the message of a box is called, by its number.
func (f *File) messageName(n int) string {
	if f.stretch != nil && f.stretch.From > 0 {
		return item.FarMessage + strconv.Itoa(n) + ".eml"
	}
	return "message-" + strconv.Itoa(n) + ".eml"
}
