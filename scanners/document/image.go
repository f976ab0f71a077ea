package document

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/bep/imagemeta"

	"github.com/ecart-rgpd/ecart/item"
)

// Image reads what is written about a picture: position, author, serial number,
// persons named. Its pixels are not read.
var Image = Format{
	Name:  "image",
	Match: func(_ string, head []byte) bool { return imageFormat(head) != 0 },
	Read:  func(ctx context.Context, f *File, out Out) error { return readImage(ctx, f, out, nil) },
}

// imageFormat tells the format by its magic; 0 when it is no picture we know.
func imageFormat(head []byte) imagemeta.ImageFormat {
	starts := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	brand := ""
	if len(head) > 12 && string(head[4:8]) == "ftyp" {
		brand = string(head[8:12])
	}
	switch {
	case starts("\xFF\xD8\xFF"):
		return imagemeta.JPEG
	case starts("\x89PNG\r\n\x1A\n"):
		return imagemeta.PNG
	case starts("II*\x00"), starts("MM\x00*"):
		return imagemeta.TIFF
	case starts("RIFF") && len(head) > 12 && string(head[8:12]) == "WEBP":
		return imagemeta.WebP
	case brand == "heic", brand == "heix", brand == "mif1", brand == "msf1", brand == "heim", brand == "hevc":
		return imagemeta.HEIF
	case brand == "avif":
		return imagemeta.AVIF
	}
	return 0
}

func readImage(ctx context.Context, f *File, out Out, ocr *OCR) error {
	r, size, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	p := &photo{text: newProse(out, f.At, item.Meta), out: out}
	sound, notes := false, io.NewSectionReader(r, 0, size)
	if format := imageFormat(f.Head); format == imagemeta.PNG {
		sound = p.png(notes)
	} else {
		sound = p.decode(notes, format)
	}
	if p.fail != nil {
		return p.fail
	}
	if !sound {
		out.Unread(f.At, "what is written about the picture is corrupt")
	}
	if err := p.position(); err != nil {
		return err
	}
	if err := p.text.flush(); err != nil {
		return err
	}
	if ocr != nil && imageFormat(f.Head) < imagemeta.HEIF {
		if read, err := ocr.read(ctx, io.NewSectionReader(r, 0, size), f.At, out); read || err != nil {
			return err
		}
	}
	out.Skipped(picture)
	return nil
}

// decode reads the notes of a picture; false when they are damaged.
func (p *photo) decode(r io.ReadSeeker, format imagemeta.ImageFormat) bool {
	_, err := imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: format,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag:       p.tag,
	})
	return err == nil
}

// A photo gathers what is said of a picture.
type photo struct {
	out      Out
	text     *prose
	lat, lon float64
	refs     [2]string
	fail     error
}

// told are the tags worth reading, in lower case.
var told = func() map[string]bool {
	m := map[string]bool{}
	for _, t := range strings.Fields("artist copyright cameraownername ownername bodyserialnumber serialnumber lensserialnumber imagedescription usercomment " +
		"documentname hostcomputer xpauthor xpcomment xptitle xpsubject xpkeywords creator byline caption caption-abstract headline credit source contact " +
		"description title subject personinimage rights keywords by-line writer-editor city sublocation province-state country-primarylocationname " +
		"creatorworkemail creatorworktelephone owner author comment regionname name personname") {
		m[t] = true
	}
	return m
}()

// tag takes one tag of the picture.
func (p *photo) tag(t imagemeta.TagInfo) error {
	name := strings.ToLower(t.Tag)
	switch name {
	case "gpslatitude":
		p.lat = degrees(t.Value)
	case "gpslongitude":
		p.lon = degrees(t.Value)
	case "gpslatituderef":
		p.refs[0] = fmt.Sprint(t.Value)
	case "gpslongituderef":
		p.refs[1] = fmt.Sprint(t.Value)
	case "datetimeoriginal", "createdate", "datetimedigitized", "modifydate":
		p.date(fmt.Sprint(t.Value))
	}
	if !told[name] {
		return nil
	}
	if v := strings.TrimSpace(strings.Trim(fmt.Sprint(t.Value), "\x00[]")); v != "" {
		p.text.addString(t.Tag + ": " + v)
		p.fail = p.text.end()
	}
	return p.fail
}

// degrees reads a coordinate, which XMP writes as text.
func degrees(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case string:
		var d, m float64
		var side string
		if n, _ := fmt.Sscanf(v, "%f,%f%s", &d, &m, &side); n < 2 { // another notation is not read
			return 0
		}
		if d += m / 60; side == "S" || side == "W" {
			d = -d
		}
		return d
	}
	return 0
}

// date offers the day a picture was taken: `2023:05:04 10:11:12`.
func (p *photo) date(v string) {
	if len(v) >= 10 {
		if day, err := time.Parse("2006:01:02", v[:10]); err == nil {
			dated(p.out, day.Format("2006-01-02"))
		}
	}
}

// position writes where the picture was taken, in the form of a geo URI.
func (p *photo) position() error {
	if p.lat == 0 && p.lon == 0 {
		return nil
	}
	if p.lat > 0 && strings.HasPrefix(strings.ToUpper(p.refs[0]), "S") {
		p.lat = -p.lat
	}
	if p.lon > 0 && strings.HasPrefix(strings.ToUpper(p.refs[1]), "W") {
		p.lon = -p.lon
	}
	p.text.addString(fmt.Sprintf("geo:%.6f,%.6f", p.lat, p.lon))
	return p.text.end()
}
