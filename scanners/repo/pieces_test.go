package repo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

// The pieces of a past hold together what a whole walk yields, whoever reads
// them, at the same time too.
func TestPieces(t *testing.T) {
	h := grown(t)
	names := h.Pieces(t.Context())
	if len(names) < 4 {
		t.Fatalf("%d pieces: the test tests nothing", len(names))
	}
	want := contents(t, h.Items(t.Context()))
	lists := make([][]string, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { lists[i] = contents(t, h.PieceItems(t.Context(), name)) })
	}
	all.Wait()
	got := slices.Concat(lists...)
	if !slices.Equal(got, want) {
		t.Errorf("%d blobs in pieces, %d in all", len(got), len(want))
	}
}

// A piece of a pack that is no more is said.
func TestPieceOfAnotherPack(t *testing.T) {
	h := grown(t)
	for _, name := range []string{"0 0 5 pack-other", "7 0 5 pack", "", "0 0 99999999 " + h.shared().r.namesOf(0)} {
		said := ""
		for it, err := range h.PieceItems(t.Context(), name) {
			if err != nil {
				said = err.Error()
			} else {
				t.Errorf("%q yields %v", name, it.At)
			}
		}
		if said != errRepacked.Error() {
			t.Errorf("%q: %q", name, said)
		}
	}
}

// Small packs are one piece together, so that there are no more pieces for them.
func TestPiecesOfSmallPacks(t *testing.T) {
	h := grownIn(t, func(round int) bool { return round < 10 })
	want := contents(t, h.Items(t.Context()))
	for _, size := range []int64{50 << 10, 100 << 10, 300 << 10, 1 << 20} {
		h.PieceSize = size
		names, total, last := h.Pieces(t.Context()), int64(0), 0
		if names == nil {
			continue // small: one walk
		}
		for _, p := range h.shared().r.opened {
			total += p.file.size
		}
		var got []string
		for _, name := range names {
			last = max(last, strings.Count(name, "\n"))
			got = append(got, contents(t, h.PieceItems(t.Context(), name))...)
		}
		if most := int(total/size) + 2; len(names) > most || !slices.Equal(got, want) {
			t.Errorf("%d bytes: %d pieces, at most %d; %d blobs, want %d", size, len(names), most, len(got), len(want))
		}
		if size == 300<<10 && last == 0 {
			t.Error("every pack is a piece: the test tests nothing")
		}
	}
}

// Why the packs cannot be opened is told with it.
func TestPieceOfUnopened(t *testing.T) {
	h := grown(t)
	names := h.Pieces(t.Context())
	h = &History{store: h.store, bare: h.bare, git: h.git}
	for _, idx := range h.store.packs() {
		if err := os.Chmod(idx, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(idx, []byte("no index"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range h.PieceItems(t.Context(), names[0]) {
		if !errors.Is(err, errRepacked) || !strings.Contains(err.Error(), "corrupt") {
			t.Errorf("got %v", err)
		}
	}
}

func (r *blobReader) namesOf(n int) string {
	if r == nil {
		return ""
	}
	return r.names[n]
}

// contents are the bytes of all items, in order.
func contents(t *testing.T, items iter.Seq2[item.Item, error]) (list []string) {
	for it, err := range items {
		if err != nil {
			t.Error(err)
			continue
		}
		if it.Open == nil {
			list = append(list, it.Unread+it.Skip)
			continue
		}
		rc, err := it.Open()
		if err != nil {
			t.Error(err)
			continue
		}
		b, err := io.ReadAll(rc)
		if err != nil {
			t.Error(err)
		}
		list = append(list, it.Blob+string(b[:min(len(b), 20)]))
		if it.Close != nil {
			it.Close()
		}
	}
	return list
}

// grown makes a repository whose files change from commit to commit: two packs,
// and a loose object.
func grown(t *testing.T) *History {
	return grownIn(t, func(round int) bool { return round == 5 || round == 10 })
}

// grownIn makes a repository that is packed after some of twelve rounds.
func grownIn(t *testing.T, packed func(round int) bool) *History {
	t.Helper()
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := program{dir}.command(context.Background(), append([]string{"-c", "user.name=Odette", "-c", "user.email=odette@boite-perso.example"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git %s: %v\n%s", args[0], err, out)
		}
	}
	git("init", "-q")
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 12 {
		for f := range 20 {
			var b strings.Builder
			fmt.Fprintf(&b, "fichier %d, état %d\n", f, round)
			for range 200 {
				fmt.Fprintf(&b, "%x;odette.%d@boite-perso.example\n", random.Uint64(), random.IntN(1000))
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%02d.csv", f)), []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		git("add", ".")
		git("commit", "-q", "-m", "un état de plus")
		if packed(round) {
			git("repack", "-q", "-d")
		}
	}
	h, err := OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	h.PieceSize = 100 << 10
	return h
}
