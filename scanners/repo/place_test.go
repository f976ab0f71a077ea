package repo

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPlace asks where blobs of every kind of past were born and removed.
func TestPlace(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "init", "-q", "-b", "main")
	at := func(rev string) string { return strings.TrimSpace(run(t, dir, "rev-parse", rev)) }
	commit := func(name, text string) (id string) {
		if text == "" {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		} else {
			writeFile(t, filepath.Join(dir, name), text)
		}
		run(t, dir, "add", "-A")
		run(t, dir, "commit", "-qm", "x")
		return at("HEAD")
	}
	type place struct {
		name, blob, commit, removed, path string
		reachable                         bool
	}
	var want []place
	commit("base.txt", "base\n")

	born := commit("rh/paie é.csv", "un")
	blob := at("HEAD:rh/paie é.csv")
	commit("rh/paie é.csv", "deux")
	commit("rh/paie é.csv", "un")
	want = append(want, place{"removed twice, the last counts", blob, born, commit("rh/paie é.csv", ""), "rh/paie é.csv", true})

	run(t, dir, "checkout", "-qb", "side")
	born = commit("side.txt", "side")
	want = append(want, place{"side branch", at("HEAD:side.txt"), born, "", "side.txt", false})

	run(t, dir, "checkout", "-q", "main")
	run(t, dir, "checkout", "-qb", "tagged")
	born = commit("tagged.txt", "tagged")
	want = append(want, place{"annotated tag of a deleted branch", at("HEAD:tagged.txt"), born, "", "tagged.txt", false})
	run(t, dir, "tag", "-a", "v0", "-m", "x")
	run(t, dir, "checkout", "-q", "main")
	run(t, dir, "branch", "-qD", "tagged")

	run(t, dir, "checkout", "-qb", "gone")
	born = commit("gone.txt", "gone")
	want = append(want, place{"deleted branch, by the reflog", at("HEAD:gone.txt"), born, "", "gone.txt", false})
	run(t, dir, "checkout", "-q", "main")
	run(t, dir, "branch", "-qD", "gone")

	// Removed on main while another branch still had it, then merged: the merge
	// did not remove it.
	born = commit("both.txt", "both")
	blob = at("HEAD:both.txt")
	run(t, dir, "checkout", "-qb", "topic")
	commit("topic.txt", "topic")
	run(t, dir, "checkout", "-q", "main")
	removed := commit("both.txt", "")
	run(t, dir, "merge", "-q", "--no-ff", "--no-commit", "topic")
	merge := commit("merge.txt", "born in the merge")
	want = append(want,
		place{"removed before a merge", blob, born, removed, "both.txt", true},
		place{"born in a merge", at("HEAD:merge.txt"), merge, commit("merge.txt", ""), "merge.txt", true})

	writeFile(t, filepath.Join(dir, "brouillon.csv"), "brouillon")
	run(t, dir, "stash", "-q", "-u")
	want = append(want, place{"untracked file of a stash", at("stash@{0}^3:brouillon.csv"), at("stash@{0}^3"), "", "brouillon.csv", false})

	h, err := OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{strings.Repeat("0", 39) + "1"}
	for _, w := range want {
		ids = append(ids, w.blob)
	}
	got, err := h.Place(context.Background(), ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range want {
		p := got[w.blob]
		if p.Commit != w.commit || p.Removed != w.removed || p.Path != w.path || p.Reachable != w.reachable || p.Date.IsZero() {
			t.Errorf("%s: got %+v, want %+v", w.name, p, w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d places for %d blobs that commits hold", len(got), len(want))
	}
}
