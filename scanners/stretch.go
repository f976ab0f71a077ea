package scanners

import (
	"context"
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// stretchSize is about how many bytes of a large file are read as one piece: as
// much as a batch of a fleet holds.
const stretchSize = 64 << 20

// Changed is why a piece of a file that was written to since it was cut is not
// read.
const Changed = string(document.Changed)

// Stretches returns the pieces in which an item is read, in order; nil when it is
// read whole. A single process and a fleet read the same pieces and put them
// together in the same way, which is why their reports are the same.
func Stretches(it *item.Item, o Options) []item.Stretch {
	size := o.Stretch
	if size == 0 {
		size = stretchSize
	}
	if it.Size < 2*size || it.Open == nil || it.Skip != "" || it.Unread != "" || it.History || it.Added != nil || it.Stretch != nil {
		return nil
	}
	cuts, kind := document.Cuts(o.Formats, &document.File{At: it.At, Size: it.Size, Open: it.Open}, size)
	var list []item.Stretch
	for i := 1; i < len(cuts); i++ {
		list = append(list, item.Stretch{Number: i - 1, Of: len(cuts) - 1, From: cuts[i-1], To: cuts[i], Kind: kind})
	}
	return list
}

// Piece makes an item one of its stretches.
func Piece(it item.Item, s item.Stretch) item.Item {
	it.Stretch = &s
	if it.Identity != "" {
		it.Identity += "/" + strconv.Itoa(s.Number) + "-" + strconv.Itoa(s.Of)
	}
	return it
}

// whole reads an item, a large file stretch by stretch.
func (r *reader) whole(ctx context.Context, target string, it item.Item) Result {
	list := Stretches(&it, r.options)
	if len(list) == 0 {
		return r.read(ctx, target, it)
	}
	if it.Close != nil {
		defer it.Close()
		it.Close = nil
	}
	j := &Joiner{Each: r.options.Each}
	for _, s := range list {
		j.Add(r.read(ctx, target, Piece(it, s)))
		if ctx.Err() != nil {
			break
		}
	}
	return j.Result()
}

// stretch reads one piece of a file.
func (r *reader) stretch(ctx context.Context) {
	at := r.item.Stretch
	s := r.scanner()
	s.Begin(r.item.At, r.begin())
	o := &out{reader: r, scanner: s, ctx: ctx, path: r.item.At.Path}
	piece := &document.Stretch{From: at.From, To: at.To}
	f := &document.File{At: r.item.At, Size: r.item.Size, Open: r.item.Open}
	err := r.told(s, o, document.ReadStretch(ctx, r.options.Formats, f, piece, o))
	r.count(r.item.At, err)
	if err == nil {
		r.result.Coverage.Lines = piece.Lines
	}
}
