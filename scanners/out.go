package scanners

import (
	"context"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// out takes what a format reads: segments go to the scanner of its file, parts
// one level deeper.
type out struct {
	*reader
	scanner *detectors.Scanner
	ctx     context.Context
	path    string // of its file
	read    bool   // a segment or a part was handed over
	skipped bool
	lost    bool // the file as a whole was not read
	ages    map[[2]string]age
}

func (o *out) Segment(seg *item.Segment) error {
	if seg.Oldest != "" && seg.Text == nil {
		o.aged(seg)
		return nil
	}
	o.read = true
	to := seg.To
	if to == 0 {
		to = len(seg.Text)
	}
	o.result.Coverage.Bytes += int64(to - seg.From)
	if o.options.Progress != nil {
		o.options.Progress()
	}
	return o.scanner.Add(seg)
}

// Part reads a file inside this one. What is wrong with it is said; the reading
// of the container goes on.
func (o *out) Part(f *document.File) error {
	if err := o.ctx.Err(); err != nil {
		return err
	}
	o.read = true
	o.depth++
	defer func() { o.depth-- }()
	f.At.Path = o.reader.scanner().Mask(f.At.Path)
	o.result.Coverage.Items++
	o.count(f.At, o.open(o.ctx, f))
	return nil
}

func (o *out) Unread(at item.Location, reason string) {
	o.lost = o.lost || at.Path == o.path && at.Line == 0
	o.unread(at, reason)
}

func (o *out) Skipped(reason string) {
	o.skipped = true
	o.result.Coverage.Skip(reason)
}

func (o *out) Dated(date string) { o.date = max(o.date, date) }

// aged notes the oldest and newest date of the rows of a table of the file.
func (o *out) aged(seg *item.Segment) {
	if o.ages == nil {
		o.ages = map[[2]string]age{}
	}
	o.ages[[2]string{seg.At.Sheet, o.scanner.Mask(seg.At.Table)}] = age{seg.Oldest, seg.Newest, seg.Begun}
}

// ageing gives what was found in rows the age of those rows.
func (o *out) ageing(found []detectors.Finding) {
	for i := range found {
		f := &found[i]
		if age, ok := o.ages[[2]string{f.At.Sheet, f.At.Table}]; ok && f.Past == nil {
			f.Oldest, f.Newest, f.Begun = age.oldest, age.newest, age.begun
		}
	}
}

// An age is what the rows of a table say of theirs.
type age struct {
	oldest, newest string
	begun          bool
}
