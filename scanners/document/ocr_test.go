package document

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOCR reads one page in the forms scanners and office programs write it in.
func TestOCR(t *testing.T) {
	files, err := filepath.Glob("testdata/scanned/*")
	if err != nil || len(files) < 7 {
		t.Fatal(files, err)
	}
	ocr, err := FindOCR(t.Context())
	if err != nil {
		t.Skip(err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			o := &taken{formats: FormatsOCR(ocr)}
			if err := Read(context.Background(), o.formats, opened(filepath.Base(path), contentOf(t, path)), o); err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(o.text.String(), " ", "")
			if !strings.Contains(text, "150019999900183") || !strings.Contains(text, "FR7699999000010000001000088") || len(o.unread) > 0 {
				t.Errorf("unread %q, text %q", o.unread, o.text.String())
			}
		})
	}
}

func TestWithoutOCRScansAreUnread(t *testing.T) {
	for _, name := range []string{"fax.pdf", "jpeg.pdf", "lzw.pdf", "rgb.pdf", "cmyk.pdf"} {
		o := read(t, name, contentOf(t, "testdata/scanned/"+name))
		if strings.Join(o.unread, "") != name+": "+string(ImageOnly) {
			t.Errorf("unread %q", o.unread)
		}
	}
	if o := read(t, "page.png", contentOf(t, "testdata/scanned/page.png")); strings.Join(o.skipped, "") != picture {
		t.Errorf("skipped %q", o.skipped)
	}
}

// What is no picture must not reach tesseract, which would take it for a list of
// files to open.
func TestOCRTakesPicturesOnly(t *testing.T) {
	program, err := exec.LookPath("true")
	if err != nil {
		t.Skip(err)
	}
	o := &OCR{program, "fra"}
	if _, err := o.text(t.Context(), []byte("/etc/passwd\n")); err != ocrFailed { //nolint:errorlint // our own
		t.Errorf("got %v", err)
	}
	if _, err := o.text(t.Context(), []byte("P5\n1 1\n255\n\x00")); err != nil {
		t.Errorf("got %v", err)
	}
}
