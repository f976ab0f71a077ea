package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestPST(t *testing.T) {
	table := "nom;nir\n" + strings.Repeat("Anouk;x\n", 2000) // more than one block
	for _, wide := range []bool{true, false} {
		for crypt := range byte(3) {
			t.Run(fmt.Sprintf("wide=%v,crypt=%d", wide, crypt), func(t *testing.T) {
				o := read(t, "a.pst", mailStore(wide, crypt, []byte(table)))
				for _, want := range []string{
					"From: Anouk Exemple\n", "Subject: Re: Dossier\n", "To: Bruno <bruno@courrier.example>\nTo: Chloé <chloe@courrier.example>\n", "un été à Nîmes.",
					"Name: Dora Exemple\nMobile telephone: 06 39 98 10 30\nField: dora@courrier.example\n", strings.Repeat("Anouk;x\n", 2000),
				} {
					if !strings.Contains(o.text.String(), want) {
						t.Errorf("%q is not in %.300q", want[:min(len(want), 90)], o.text.String())
					}
				}
				if len(o.unread) > 0 || fmt.Sprint(o.columns) != "[paie.nom paie.nir]" || fmt.Sprint(o.dates) != "[2025-03-04]" {
					t.Errorf("unread %q, columns %q, dates %q", o.unread, o.columns, o.dates)
				}
			})
		}
	}
}

func TestPlacesInPST(t *testing.T) {
	o := &places{}
	o.formats = Formats()
	if err := Read(t.Context(), o.formats, opened("a.pst", mailStore(true, 1, []byte("x"))), o); err != nil {
		t.Fatal(err)
	}
	want := "[a.pst!/Réception/message-8193 a.pst!/Réception/message-8193!/paie.csv a.pst!/Réception/message-8194]"
	if got := fmt.Sprint(o.parts); got != want {
		t.Errorf("got %s", got)
	}
}

// places notes the parts of a file.
type places struct {
	taken
	parts []string
}

func (o *places) Part(f *File) error {
	o.parts = append(o.parts, f.At.Path)
	return Read(context.Background(), o.formats, f, o)
}

func TestBrokenPST(t *testing.T) {
	whole := mailStore(true, 1, bytes.Repeat([]byte("texte\n"), 3000))
	for _, n := range []int{100, 600, 2000, len(whole) - 700} {
		if o := read(t, "a.pst", whole[:n]); len(o.unread) == 0 {
			t.Errorf("%d bytes of %d: nothing unread", n, len(whole))
		}
	}
	large := append([]byte(nil), whole...)
	large[10] = 36
	if o := read(t, "a.ost", large); len(o.unread) != 1 || !strings.Contains(o.unread[0], "OST") {
		t.Errorf("unread %q", o.unread)
	}
}

func FuzzPST(f *testing.F) {
	f.Add(mailStore(true, 0, []byte("x")))
	f.Add(mailStore(false, 0, bytes.Repeat([]byte("y"), 9000)))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, u := range read(t, "a.pst", b).unread {
			if strings.Contains(u, "reader failed") {
				t.Error(u)
			}
		}
	})
}

func TestPackedRTF(t *testing.T) {
	// The example of MS-OXRTFCP 4.1.1.
	packed := []byte("\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0")
	got, err := unpackRTF(bytes.NewReader(packed))
	if want := "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
}

// A store that serves far more than it holds is a bomb, wherever it is noticed.
func TestPSTServesNoEnd(t *testing.T) {
	whole := mailStore(true, 1, bytes.Repeat([]byte("texte\n"), 3000))
	p, err := openPST(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	var data uint64
	if err := p.walk(func(n pstNode) error {
		if n.number&pstKind == pstMessage {
			data = n.data
		}
		return nil
	}); err != nil || data == 0 {
		t.Fatalf("no message: %v", err)
	}
	for range (pstLeast+pstServed*p.size)/64 + 1 {
		if _, err = p.block(data); err != nil {
			break
		}
	}
	if !errors.Is(err, bomb) {
		t.Errorf("got %v", err)
	}
}
