package share

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// ahead is how many items are listed before the first is read, when they are to
// be read in order of promise: some 100 MB of names at most.
const ahead = 200_000

// An Ordered source yields small and telling files first, so that a first report
// exists early. Its order is as stable as that of the source it takes from.
type Ordered struct {
	From interface {
		Items(ctx context.Context) iter.Seq2[item.Item, error]
	}
}

// Items yields the items of the source, sorted by promise in stretches.
func (o Ordered) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		var list []item.Item
		flush := func() bool {
			slices.SortStableFunc(list, func(a, b item.Item) int { return promise(b) - promise(a) })
			for _, it := range list {
				if !yield(it, nil) {
					return false
				}
			}
			list = list[:0]
			return true
		}
		for it, err := range o.From.Items(ctx) {
			if err != nil {
				if !flush() || !yield(it, err) {
					return
				}
				continue
			}
			if it.History { // of no name yet, and its bytes are in memory
				if !flush() || !yield(it, nil) {
					return
				}
				continue
			}
			if list = append(list, it); len(list) >= ahead && !flush() {
				return
			}
		}
		flush()
	}
}

// Place asks the source that knows history, when there is one.
func (o Ordered) Place(ctx context.Context, blobs []string) (map[string]item.Past, error) {
	if p, ok := o.From.(interface {
		Place(ctx context.Context, blobs []string) (map[string]item.Past, error)
	}); ok {
		return p.Place(ctx, blobs)
	}
	return nil, nil
}

// promise rates how soon an item should be read: tables and documents before
// archives and pictures, small before large.
func promise(it item.Item) int {
	name := strings.ToLower(it.At.Path)
	score := 0
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		score = telling[name[i+1:]]
	}
	for size := it.Size; size > 64<<10; size >>= 2 {
		score -= 3
	}
	return score
}

// telling rates kinds of files by how much they say in how few bytes.
var telling = func() map[string]int {
	m := map[string]int{}
	for score, list := range map[int]string{
		12: "csv tsv xlsx xls ods xlsm", 10: "sql db sqlite mdb json xml vcf ldif", 8: "eml msg docx doc odt pdf rtf txt",
		4: "pptx odp html htm md log yaml yml ini conf mbox", -6: "zip 7z rar gz tar xz zst pst", -8: "jpg jpeg png heic tif tiff",
		-12: "mp4 mov avi mkv mp3 iso exe dll vmdk",
	} {
		for _, ext := range strings.Fields(list) {
			m[ext] = score
		}
	}
	return m
}()
