package scanners_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/share"
)

// containers are large files that hold others.
func containers(t *testing.T) map[string][]byte {
	filler := strings.Repeat("rien de particulier dans cette ligne\n", 400)
	var box, packed bytes.Buffer
	for i := range 250 {
		fmt.Fprintf(&box, "From x Thu May  4 10:11:12 2023\nFrom: odette.vauclair%d@boite-perso.example\nTo: accueil@mairie.example\nSubject: Dossier\nMIME-Version: 1.0\n", i)
		fmt.Fprintf(&box, "Content-Type: multipart/mixed; boundary=XX\n\n--XX\nContent-Type: text/plain\n\nBonjour, mon numéro est le 06 39 98 %02d %02d.\n>From there\n%s\n", i%100, i/100, filler)
		fmt.Fprintf(&box, "--XX\nContent-Type: text/csv; name=\"liste.csv\"\nContent-Disposition: attachment; filename=\"liste.csv\"\n\nnom;courriel\nVauclair;odette%d@boite-perso.example\n--XX--\n\n", i)
	}
	z := zip.NewWriter(&packed)
	for i := range 250 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("d%d/message-~%d.csv", i%7, i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "nom;courriel\nVauclair;odette%d@boite-perso.example\n%s", i, strings.Repeat("Vauclair;\n", 1500))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"boite.mbox": box.Bytes(), "dossier.zip": packed.Bytes()}
}

// A large box or archive gives the same read by messages or members as read whole.
func TestStretchesOfContainers(t *testing.T) {
	vocabulary, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := all.Engine(vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range containers(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
			read := func(stretch int64) (list []scanners.Result, pieces int) {
				source := share.Folder(dir, "t", share.Options{})
				o := scanners.Options{Engine: engine, Formats: document.Formats(), Workers: 2, Stretch: stretch}
				for it, err := range source.Items(t.Context()) {
					if err != nil {
						t.Fatal(err)
					}
					pieces = len(scanners.Stretches(&it, o))
				}
				for r := range scanners.Scan(t.Context(), []scanners.Target{{Name: "t", Source: source}}, o) {
					list = append(list, r)
				}
				return list, pieces
			}
			whole, none := read(1 << 40)
			cut, pieces := read(300 << 10)
			if none != 0 || pieces < 5 {
				t.Fatalf("%d and %d pieces", none, pieces)
			}
			if want, got := print(t, whole), print(t, cut); want != got || !strings.Contains(want, "email") {
				t.Errorf("whole\n%s\nin stretches\n%s", shorten(want), shorten(got))
			}
			if c := cut[0].Coverage; c.Items < 251 || c.Read != c.Items {
				t.Errorf("%+v", c)
			}
		})
	}
}

// A box of which a stretch is lost says so, and the messages behind the hole get no
// number that may be another's.
func TestStretchOfMessagesLost(t *testing.T) {
	stretch := func(n int) scanners.Result {
		r := stretched(3)[n]
		r.Stretch.Kind, r.Coverage = item.OfMessages, item.Coverage{Items: 3, Read: 3, Lines: 3}
		r.Findings[0].At.Path = "a.csv!/" + item.FarMessage + "2.eml!/x.csv"
		if n == 0 {
			r.Findings[0].At.Path = "a.csv!/message-2.eml!/x.csv"
		}
		return r
	}
	for _, c := range []struct {
		lost  int
		want  string
		items int
	}{{-1, "message-2 message-4 message-6", 7}, {1, "message-2 message-3~2", 5}, {0, "message-2~2 message-3~2", 5}} {
		j := &scanners.Joiner{}
		var got []string
		var all item.Coverage
		take := func(r scanners.Result) {
			for _, f := range r.Findings {
				got = append(got, strings.TrimSuffix(strings.TrimPrefix(f.At.Path, "a.csv!/"), ".eml!/x.csv"))
			}
			all.Add(r.Coverage)
		}
		for n := range 3 {
			r := stretch(n)
			if n == c.lost {
				r.Findings, r.Coverage = nil, item.Coverage{Items: 1, Unread: unreadAt("a.csv")}
			}
			j.Add(r)
			if ready, ok := j.Ready(); ok {
				take(ready)
			}
		}
		take(j.Result())
		if strings.Join(got, " ") != c.want || all.Items != c.items || all.Complete() != (c.lost < 0) {
			t.Errorf("lost %d: %v, %+v", c.lost, got, all)
		}
	}
}
