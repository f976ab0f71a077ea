//go:build linux

package fleet

import (
	"fmt"
	"path"
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/scanners"
)

// Who gathers knows the paths of the files that were read, of those he wants, as
// one process does: of a part that is listed, and of one walked whole.
func TestWantedPaths(t *testing.T) {
	data := t.TempDir()
	for i := range 60 {
		write(t, data, fmt.Sprintf("share/%02d.py", i), "x = 1\n")
		write(t, data, fmt.Sprintf("share/%02d.txt", i), "rien\n")
		write(t, data, fmt.Sprintf("base/%02d.py", i), "x = 1\n")
	}
	write(t, data, "share/image.py", "\x89PNG\r\n\x1a\n\x00\x00\x00\x00") // not read
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	w.options.Wanted = func(name string) bool { return path.Ext(name) == ".py" }
	var want, got []string
	for r := range scanners.Scan(t.Context(), w.targets, w.options) {
		if r.Coverage.Read > 0 && w.options.Wanted(r.Path) {
			want = append(want, r.Target+" "+r.Path)
		}
	}
	q := inside(t)
	lead := begin(t, q, "paths").Coordinate(t.Context(), w.targets, w.options)
	startInside(t, q, w)
	for r := range lead.Results(t.Context()) {
		for _, p := range r.Paths {
			got = append(got, r.Target+" "+p)
		}
	}
	if len(want) < 120 || !slices.Equal(got, want) {
		t.Errorf("%d paths, want %d: %v", len(got), len(want), got)
	}
}
