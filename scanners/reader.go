package scanners

import (
	"context"
	"errors"
	"fmt"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// A reader reads items, one after the other, into findings.
type reader struct {
	options  Options
	scanners []*detectors.Scanner // one for each depth of containers
	depth    int
	item     item.Item
	result   Result
	date     string // newest date the documents of the item offered
}

// read reads one item. A panic of a format's library is that item's fault alone.
func (r *reader) read(ctx context.Context, target string, it item.Item) (res Result) {
	r.item, r.depth, r.date = it, 0, ""
	r.result = Result{Target: target, Path: r.scanner().Mask(it.At.Path), Coverage: item.Coverage{Items: 1}, Stretch: it.Stretch}
	r.item.At.Path = r.result.Path
	defer func() {
		if it.Close != nil {
			it.Close()
		}
		if p := recover(); p != nil {
			r.scanners = nil // their state is not to be trusted
			r.unread(r.item.At, fmt.Sprintf("the reader failed on it (%T)", p))
			res = r.result
		}
	}()
	if r.recall(&r.item) {
		r.everyone()
		return r.result
	}
	switch {
	case it.Skip != "":
		r.result.Coverage.Skip(it.Skip)
	case it.Unread != "":
		r.unread(r.item.At, it.Unread)
	case it.Quiet:
		r.result.Coverage.Read, r.result.Coverage.Bytes = 1, it.Size
	case it.Segments != nil:
		r.table()
	default:
		r.file(ctx)
	}
	r.finish()
	r.remember(&r.item, ctx.Err() != nil)
	return r.result
}

// table reads an item that hands over its segments itself.
func (r *reader) table() {
	s := r.scanner()
	s.Begin(r.item.At, r.begin())
	sampled, begun, oldest, newest := false, false, "", ""
	err := r.item.Segments(func(seg *item.Segment) error {
		r.result.Coverage.Bytes += int64(len(seg.Text))
		if r.options.Progress != nil {
			r.options.Progress()
		}
		sampled = sampled || seg.Sampled
		if seg.Oldest != "" {
			oldest, newest, begun = seg.Oldest, seg.Newest, seg.Begun
		}
		return s.Add(seg)
	})
	first := len(r.result.Findings)
	r.take(s)
	found := r.result.Findings[first:]
	for i := range found {
		found[i].Oldest, found[i].Newest, found[i].Begun = oldest, newest, begun
	}
	if sampled {
		r.result.Coverage.Sampled = []string{r.item.At.Path}
	}
	r.count(r.item.At, err)
}

// take gathers what a scanner found, and where a pattern of the user was stopped.
func (r *reader) take(s *detectors.Scanner) {
	for _, u := range s.Unread() {
		r.unread(u.At, u.Reason)
	}
	r.result.Findings = append(r.result.Findings, s.End()...)
}

// file reads an item that is a file.
func (r *reader) file(ctx context.Context) {
	if r.item.Stretch != nil {
		r.stretch(ctx)
		return
	}
	f := &document.File{At: r.item.At, Size: r.item.Size, Open: r.item.Open}
	read := r.result.Coverage.Read
	r.count(f.At, r.open(ctx, f))
	if r.item.Blob != "" && r.result.Coverage.Read == read+1 {
		r.result.Coverage.Bytes = r.item.Size // git's own count of a blob
	}
}

// open reads a file, or a part of one, with a scanner of its own.
func (r *reader) open(ctx context.Context, f *document.File) error {
	s := r.scanner()
	s.Begin(f.At, r.begin())
	o := &out{reader: r, scanner: s, ctx: ctx, path: f.At.Path}
	return r.told(s, o, document.Read(ctx, r.options.Formats, f, o))
}

// told gathers what came of a file.
func (r *reader) told(s *detectors.Scanner, o *out, err error) error {
	first := len(r.result.Findings)
	r.take(s)
	if o.ages != nil {
		o.ageing(r.result.Findings[first:])
	}
	if err == nil && (o.lost || o.skipped && !o.read) {
		return errCounted
	}
	return err
}

// begin tells the detectors what the item asks for.
func (r *reader) begin() detectors.Options {
	return detectors.Options{Each: r.options.Each, Added: r.item.Added, History: r.item.History, Marks: r.options.Marks[r.result.Target]}
}

// scanner returns the scanner of the current depth.
func (r *reader) scanner() *detectors.Scanner {
	for len(r.scanners) <= r.depth {
		r.scanners = append(r.scanners, r.options.Engine.Scanner())
	}
	return r.scanners[r.depth]
}

// errCounted says that a file was skipped or not read, and is counted already.
var errCounted = errors.New("counted")

// count counts a file as read, or says why it was not.
func (r *reader) count(at item.Location, err error) {
	switch {
	case err == nil:
		r.result.Coverage.Read++
	case errors.Is(err, errCounted):
	default:
		r.unread(at, err.Error())
	}
}

func (r *reader) unread(at item.Location, reason string) {
	at.Path = r.scanner().Mask(at.Path)
	r.result.Coverage.Unread = append(r.result.Coverage.Unread, item.Unread{At: at, Reason: reason})
}

// everyone gives all findings the access rights of the item, as they are now:
// those of a folder change without the file.
func (r *reader) everyone() {
	for i := range r.result.Findings {
		r.result.Findings[i].Everyone = r.item.Everyone
	}
}

// finish gives all findings the date of the item.
func (r *reader) finish() {
	if len(r.result.Findings) == 0 {
		return
	}
	r.everyone()
	date := r.date
	if date == "" && !r.item.Date.IsZero() {
		date = r.item.Date.UTC().Format("2006-01-02")
	}
	for i := range r.result.Findings {
		if f := &r.result.Findings[i]; f.Date == "" {
			f.Date = date
		}
	}
	if r.item.History {
		r.result.Blob = r.item.Blob
	}
}
