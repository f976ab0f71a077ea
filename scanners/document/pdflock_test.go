package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEncryptedPDF reads what qpdf and Ghostscript encrypted without a password
// to open with: the text must be that of the plain file.
func TestEncryptedPDF(t *testing.T) {
	plain := read(t, "people.pdf", contentOf(t, "testdata/real/people.pdf"))
	files, err := filepath.Glob("testdata/locked/open-*.pdf")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		o := read(t, path, contentOf(t, path))
		got, want := strings.Fields(o.text.String()), strings.Fields(plain.text.String())
		if len(o.unread) > 0 || !strings.HasPrefix(strings.Join(got, " "), strings.Join(want, " ")) { // Ghostscript adds properties
			t.Errorf("%s: unread %q, text %q", path, o.unread, o.text.String())
		}
	}
}

func TestStringsOfEncryptedPDF(t *testing.T) {
	for _, how := range []string{"rc4-128", "aes-128", "aes-256"} {
		o := read(t, "a.pdf", contentOf(t, "testdata/locked/strings-"+how+".pdf"))
		if got := strings.Fields(o.text.String()); strings.Join(got, " ") != "Note dans la marge Title: Dossier de paie Author: Anouk Exemple nom : Valeur du champ" {
			t.Errorf("%s: %q, unread %q", how, got, o.unread)
		}
	}
}

func TestPDFWithAPasswordIsUnread(t *testing.T) {
	o := read(t, "a.pdf", contentOf(t, "testdata/locked/password.pdf"))
	if len(o.unread) != 1 || o.unread[0] != "a.pdf: encrypted" || o.text.Len() > 0 {
		t.Errorf("unread %q, text %q", o.unread, o.text.String())
	}
}

func contentOf(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
