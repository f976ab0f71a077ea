package scanners_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/share"
)

// A large file of lines gives the same read in stretches as read whole: the same
// findings, counts, lines and columns.
func TestStretches(t *testing.T) {
	vocabulary, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := all.Engine(vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range linedFiles() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, each := range []bool{false, true}[:1+len(name)%2] { // names of odd length
				read := func(stretch int64, workers int) (list []scanners.Result) {
					targets := []scanners.Target{{Name: "t", Source: share.Folder(dir, "t", share.Options{})}}
					o := scanners.Options{Engine: engine, Formats: document.Formats(), Workers: workers, Stretch: stretch, Each: each}
					for it, err := range targets[0].Source.Items(t.Context()) {
						if n := len(scanners.Stretches(&it, o)); err != nil || stretch < 1<<30 && n < 2 {
							t.Fatalf("%d stretches, %v: the test tests nothing", n, err)
						}
					}
					for r := range scanners.Scan(t.Context(), targets, o) {
						list = append(list, r)
					}
					return list
				}
				want, got := print(t, read(1<<40, 1)), print(t, read(1<<20, 2))
				if want != got {
					t.Errorf("each %t: whole\n%s\nin stretches\n%s", each, shorten(want), shorten(got))
				}
				if !strings.Contains(want, "email") {
					t.Error("nothing is found")
				}
			}
		})
	}
}

func print(t *testing.T, list []scanners.Result) string {
	var b strings.Builder
	for _, r := range list {
		for _, f := range r.Findings {
			text, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s\n", text)
		}
		fmt.Fprintf(&b, "%+v\n", r.Coverage)
	}
	return b.String()
}

func shorten(s string) string { return s[:min(len(s), 1000)] }

// linedFiles are large files of the formats that can be cut.
func linedFiles() map[string][]byte {
	person := func(i int) string { return fmt.Sprintf("odette.vauclair%d@boite-perso.example", i) }
	make := func(head string, line func(i int) string) []byte {
		var b bytes.Buffer
		b.WriteString(head)
		for i := 0; b.Len() < 3<<20; i++ {
			b.WriteString(line(i))
		}
		return b.Bytes()
	}
	return map[string][]byte{
		"table.csv": make("id;nom;courriel;telephone;remarque\n", func(i int) string {
			return fmt.Sprintf("%d;Vauclair;%s;06 39 98 %02d %02d;rien à dire de particulier\n", i, person(i), i%100, i/100%100)
		}),
		"quoted.csv": make("Export du jour\n\nid,nom,adresse,courriel\n", func(i int) string {
			return fmt.Sprintf("%d,Vauclair,\"%d rue de la Paix,\n75002 Paris\",%s\n", i, i%90+1, person(i))
		}),
		"latin1.csv": bytes.ReplaceAll(make("numéro;prénom;courriel\n", func(i int) string {
			return fmt.Sprintf("%d;Zoé;%s\n", i, person(i))
		}), []byte("é"), []byte{0xE9}),
		"events.jsonl": make("", func(i int) string {
			return fmt.Sprintf(`{"id": %d, "user": {"email": %q, "name": "Vauclair"}, "note": "rien {à} dire"}`+"\n", i, person(i))
		}),
		"server.log": make("", func(i int) string {
			return fmt.Sprintf("2026-03-04 10:11:12 INFO login user=%s ip=192.0.2.%d path=/a/b/c\n", person(i), i%250)
		}),
		"lettre.txt": make("", func(i int) string {
			return fmt.Sprintf("Bonjour,\nvoici ce que nous avons dit à %s,\net rien de plus.\n\n", person(i))
		}),
	}
}

// A stretch that could not be read is said, and the lines behind it are not
// numbered wrong.
func TestStretchUnread(t *testing.T) {
	j := &scanners.Joiner{}
	for i, r := range stretched(3) {
		if i == 1 {
			r.Coverage.Read, r.Coverage.Lines = 0, 0
			r.Coverage.Unread = unreadAt(r.Path)
			r.Findings = nil
		}
		j.Add(r)
	}
	r := j.Result()
	if !j.Full() || r.Coverage.Read != 0 || len(r.Coverage.Unread) != 1 {
		t.Errorf("%+v", r.Coverage)
	}
	if len(r.Findings) != 1 || r.Findings[0].Count != 2 || len(r.Findings[0].Lines) != 1 {
		t.Errorf("%+v", r.Findings)
	}
}

// stretched makes the results of n stretches of ten lines with one finding each, on
// their third line.
func stretched(n int) (list []scanners.Result) {
	for i := range n {
		line := 3
		if i > 0 {
			line += item.FarLine - 1
		}
		at := item.Location{Target: "t", Path: "a.csv", Place: item.Place{Line: line}}
		list = append(list, scanners.Result{
			Target: "t", Path: "a.csv", Stretch: &item.Stretch{Number: i, Of: n}, Coverage: item.Coverage{Items: 1, Read: 1, Lines: 10},
			Findings: []detectors.Finding{{At: at, Lines: []int{line}, Category: "email", Evidence: detectors.ByValue, Count: 1}},
		})
	}
	return list
}

func unreadAt(path string) []item.Unread {
	return []item.Unread{{At: item.Location{Target: "t", Path: path}, Reason: "test"}}
}
