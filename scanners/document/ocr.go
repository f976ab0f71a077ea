package document

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/gif" // sizes of pictures
	_ "image/jpeg"
	_ "image/png"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/ecart-rgpd/ecart/item"
)

// An OCR reads the letters in pictures with the program tesseract, when the user
// asks for it. Pictures reach it on its standard input alone: it is given no
// name of a file, and nothing is written.
type OCR struct {
	program   string
	languages string // "fra+eng"
}

// Bounds on what is given to tesseract.
const (
	ocrBytes  = 64 << 20 // of a picture
	ocrPixels = 100e6
	ocrLeast  = 64 * 64 // pixels under which a picture is an icon
	ocrText   = 4 << 20 // bytes of text
	ocrHangs  = 15 * time.Minute
)

// The reasons for not reading the letters of a picture.
const (
	ocrFailed = Reason("tesseract could not read the picture")
	ocrLarge  = Reason("a picture larger than is given to tesseract")
)

// FindOCR looks for tesseract and its French; it takes English beside or instead.
func FindOCR(ctx context.Context) (*OCR, error) {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return nil, errors.New("tesseract is not installed: install it with its French (tesseract-ocr-fra), or scan without --ocr")
	}
	list, err := exec.CommandContext(ctx, program, "--list-langs").Output()
	if err != nil {
		return nil, errors.New("tesseract does not list its languages: check that it runs, or scan without --ocr")
	}
	var found []string
	for _, lang := range []string{"fra", "eng"} {
		if slices.Contains(strings.Fields(string(list)), lang) {
			found = append(found, lang)
		}
	}
	if len(found) == 0 {
		return nil, errors.New("tesseract has neither French nor English: install tesseract-ocr-fra, or scan without --ocr")
	}
	return &OCR{program, strings.Join(found, "+")}, nil
}

// text returns the lines of a picture. The pictures of one page are one column
// of text: columns would be torn apart, labels from their values.
func (o *OCR) text(ctx context.Context, picture []byte) ([]byte, error) {
	if !readable(picture) {
		return nil, ocrFailed
	}
	ctx, cancel := context.WithTimeout(ctx, ocrHangs) // a program that hangs is said, like one that fails
	defer cancel()
	cmd := exec.CommandContext(ctx, o.program, "stdin", "stdout", "-l", o.languages, "--psm", "4")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // the workers share the machine out
	cmd.Stdin = bytes.NewReader(picture)
	out := &limited{left: ocrText}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil {
		return nil, ocrFailed
	}
	return out.b, nil
}

// limited keeps the first bytes and drops the rest.
type limited struct {
	b    []byte
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.b, l.left = append(l.b, p[:n]...), l.left-n
	return len(p), nil
}

// readable tells whether bytes are a picture by their first ones. What is none
// tesseract takes for a list of files to open.
func readable(b []byte) bool {
	for _, magic := range []string{"\xFF\xD8\xFF", "\x89PNG\r\n", "II*\x00", "MM\x00*", "P5\n", "P6\n", "GIF8", "BM", "\x00\x00\x00\x0CjP", "\xFF\x4F\xFF\x51"} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return true
		}
	}
	return len(b) > 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
}

// pixels returns how many a picture has; 0 when its form does not tell.
func pixels(b []byte) float64 {
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return 0
	}
	return float64(c.Width) * float64(c.Height)
}

// read hands over the text in a picture; false when it is too small to hold any.
func (o *OCR) read(ctx context.Context, r io.Reader, at item.Location, out Out) (bool, error) {
	b, err := io.ReadAll(io.LimitReader(r, ocrBytes+1))
	switch n := pixels(b); {
	case err != nil:
		return false, err
	case len(b) > ocrBytes, n > ocrPixels:
		return false, ocrLarge
	case n > 0 && n < ocrLeast:
		return false, nil
	}
	text, err := o.text(ctx, b)
	if err != nil || len(bytes.TrimSpace(text)) == 0 {
		return true, err
	}
	at.Line = 1
	return true, out.Segment(&item.Segment{At: at, Kind: item.Prose, Text: text})
}

// FormatsOCR returns Formats, with the letters in pictures and scanned pages read
// by ocr; nil is none.
func FormatsOCR(ocr *OCR) []Format {
	list := Formats()
	if ocr == nil {
		return list
	}
	for i := range list {
		switch list[i].Name {
		case PDF.Name:
			list[i].Read = func(ctx context.Context, f *File, out Out) error { return readPDF(ctx, f, out, ocr) }
		case Image.Name:
			list[i].Read = func(ctx context.Context, f *File, out Out) error { return readImage(ctx, f, out, ocr) }
		}
	}
	return list
}
