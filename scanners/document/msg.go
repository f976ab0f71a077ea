package document

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// The properties of an Outlook message that hold text, by their number.
var msgHeaders = []struct{ id, name string }{
	{"0C1A", "From"}, {"0C1F", "From"}, {"5D01", "From"}, {"0E04", "To"}, {"0E03", "Cc"}, {"0E02", "Bcc"}, {"0037", "Subject"}, {"007D", "Headers"},
}

// readMSG reads an Outlook message: headers, text, HTML, receivers, attachments
// and messages within it.
func readMSG(ctx context.Context, o *oleFile) error {
	return o.message(ctx, "")
}

// message reads the message whose streams stand below prefix.
func (o *oleFile) message(ctx context.Context, prefix string) error {
	text := newProse(o.out, o.f.At, item.Meta)
	for _, h := range msgHeaders {
		if s := o.property(prefix, h.id); s != "" {
			text.addString(h.name + ": " + s)
			if err := text.end(); err != nil {
				return err
			}
		}
	}
	for _, name := range o.names {
		if rest, ok := strings.CutPrefix(name, prefix+"__recip_version1.0_"); ok && strings.Contains(rest, "/__substg1.0_39FE") {
			dir := name[:strings.LastIndexByte(name, '/')+1]
			text.addString("To: " + o.property(dir, "3001") + " <" + o.property(dir, "39FE") + ">")
			if err := text.end(); err != nil {
				return err
			}
		}
	}
	if err := text.flush(); err != nil {
		return err
	}
	if err := o.messageBody(prefix); err != nil {
		return err
	}
	return o.attachments(ctx, prefix)
}

// messageBody reads the plain text, else the HTML.
func (o *oleFile) messageBody(prefix string) error {
	if s := o.property(prefix, "1000"); s != "" {
		text := newProse(o.out, o.f.At, item.Prose)
		text.addString(strings.ReplaceAll(s, "\r\n", "\n"))
		return text.flush()
	}
	b, err := o.bytes(prefix + "__substg1.0_10130102")
	if err != nil {
		return err
	}
	if len(b) == 0 {
		return o.richBody(prefix)
	}
	return readHTML(UTF8(bytes.NewReader(b)), o.f.At, o.out)
}

// richBody reads the rich text that stands alone.
func (o *oleFile) richBody(prefix string) error {
	packed, err := o.bytes(prefix + "__substg1.0_10090102")
	if err != nil || len(packed) == 0 {
		return err
	}
	b, err := unpackRTF(bytes.NewReader(packed))
	if err != nil && len(b) > 0 { // what comes before the fault is read
		o.out.Unread(o.f.At, reason(err))
	} else if err != nil {
		return err
	}
	return readRTFText(b, o.f.At, o.out)
}

// property returns a text property, in UTF-16 or bytes.
func (o *oleFile) property(prefix, id string) string {
	if b, err := o.bytes(prefix + "__substg1.0_" + id + "001F"); err == nil && b != nil {
		return utf16LE(b)
	}
	b, err := o.bytes(prefix + "__substg1.0_" + id + "001E")
	if err != nil {
		return ""
	}
	return string(latin(bytes.TrimRight(b, "\x00")))
}

// attachments hands over the files of a message.
func (o *oleFile) attachments(ctx context.Context, prefix string) error {
	seen := map[string]bool{}
	for _, name := range o.names {
		rest, ok := strings.CutPrefix(name, prefix+"__attach_version1.0_")
		if !ok {
			continue
		}
		number, _, _ := strings.Cut(rest, "/")
		dir := prefix + "__attach_version1.0_" + number + "/"
		if seen[dir] {
			continue
		}
		seen[dir] = true
		if err := o.attachment(ctx, dir, len(seen)); err != nil {
			return err
		}
	}
	return nil
}

func (o *oleFile) attachment(ctx context.Context, dir string, n int) error {
	if o.streams[dir+"__substg1.0_3701000D/__properties_version1.0"] != nil && strings.Count(dir, "__attach") < maxNested {
		return o.message(ctx, dir+"__substg1.0_3701000D/")
	}
	s := o.streams[dir+"__substg1.0_37010102"]
	if s == nil {
		return nil
	}
	name := o.property(dir, "3707")
	if name == "" {
		name = o.property(dir, "3704")
	}
	if name == "" {
		name = "part-" + strconv.Itoa(n)
	}
	return o.f.part(o.out, name, s.Size, func() (io.ReadCloser, error) {
		if _, err := s.Seek(0, io.SeekStart); err != nil {
			return nil, Corrupt
		}
		return io.NopCloser(s), nil
	})
}
