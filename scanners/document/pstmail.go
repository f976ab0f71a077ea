package document

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"

	"github.com/ecart-rgpd/ecart/item"
)

// pstLabels are the properties with text that are worth reading, with the name
// they are given: those of mails as in msgHeaders, and those of contacts.
var pstLabels = []struct {
	id   int
	name string
}{
	{0x0C1A, "From"},
	{0x0C1F, "From"},
	{0x5D01, "From"},
	{0x0042, "From"},
	{0x0065, "From"},
	{0x5D02, "From"},
	{0x0E04, "To"},
	{0x0E03, "Cc"},
	{0x0E02, "Bcc"},
	{0x0037, "Subject"},
	{0x3001, "Name"},
	{0x3A06, "Given name"},
	{0x3A11, "Surname"},
	{0x3A08, "Telephone"},
	{0x3A09, "Telephone"},
	{0x3A1B, "Telephone"},
	{0x3A1C, "Mobile telephone"},
	{0x3A24, "Fax"},
	{0x3A15, "Postal address"},
	{0x3A16, "Company"},
	{0x3A17, "Job title"},
	{0x3A18, "Department"},
	{0x3A27, "City"},
	{0x3A59, "City"},
	{0x3A5B, "Postal code"},
	{0x3A5D, "Street"},
	{0x3A29, "Street"},
	{0x3A2A, "Postal code"},
	{0x3A48, "Spouse"},
	{0x3A4F, "Nickname"},
	{0x3A50, "Web page"},
	{0x3A51, "Web page"},
	{0x007D, "Headers"},
}

// The other properties of a message that are read.
const (
	pstClass    = 0x001A
	pstBody     = 0x1000
	pstRTF      = 0x1009
	pstHTML     = 0x1013
	pstSent     = 0x0039
	pstReceived = 0x0E06
	pstBirthday = 0x3A42
	pstReceive  = 0x0692 // number of the node with the table of receivers
	pstData     = 0x3701
)

// A pstMail hands over one message.
type pstMail struct {
	*pstObject
	f     *File
	out   Out
	depth int // messages around
}

// pstHeaders bounds the headers of one message, in bytes.
const pstHeaders = 16 << 20

func (m *pstMail) read(ctx context.Context) error {
	if err := m.headers(); err != nil {
		return err
	}
	if err := m.body(ctx); err != nil {
		return err
	}
	if err := m.attachments(ctx); err != nil {
		return err
	}
	if m.lost != "" {
		m.out.Unread(m.f.At, string(m.lost))
	}
	return nil
}

// headers reads who wrote to whom about what, or whose card it is.
func (m *pstMail) headers() error {
	text := newProse(m.out, m.f.At, item.Meta)
	said := map[string]bool{} // a sender stands in up to six properties
	left := pstHeaders
	line := func(label, s string) error {
		if s = label + ": " + s; said[s] || strings.HasSuffix(s, ": ") {
			return nil
		}
		if left -= len(s); left < 0 {
			return bomb
		}
		said[s] = true
		text.addString(s)
		return text.end()
	}
	known := map[int]bool{pstBody: true, pstClass: true, 0x0070: true, 0x300B: true, 0x0E1D: true}
	for _, l := range pstLabels {
		known[l.id] = true
		s := m.string(l.id)
		if l.id == 0x0037 && len(s) >= 2 && s[0] == 1 { // how long `Re: ` is comes first
			s = s[2:]
		}
		if err := line(l.name, s); err != nil {
			return err
		}
	}
	for _, id := range []int{pstSent, pstReceived} {
		if t, ok := m.time(id); ok {
			dated(m.out, t.Format(time.DateOnly))
		}
	}
	if t, ok := m.time(pstBirthday); ok {
		if err := line("Birthday", t.Format(time.DateOnly)); err != nil {
			return err
		}
	}
	if err := m.receivers(line); err != nil {
		return err
	}
	if class := m.string(pstClass); class != "" && !strings.HasPrefix(class, "IPM.Note") { // a contact, an appointment: fields of its own
		for _, id := range m.order {
			if !known[id] && (id >= 0x8000 || id >= 0x3A00 && id < 0x3B00) {
				if err := line("Field", m.string(id)); err != nil {
					return err
				}
			}
		}
	}
	return text.flush()
}

// time reads a moment; false when there is none.
func (m *pstMail) time(id int) (time.Time, bool) {
	p, ok := m.props[id]
	if !ok || p.kind != pstTime {
		return time.Time{}, false
	}
	b := m.item(p.value)
	if len(b) < 8 {
		return time.Time{}, false
	}
	const to1970 = 11_644_473_600 // seconds since 1601
	return time.Unix(int64(le64(b)/10_000_000)-to1970, 0).UTC(), true
}

// receivers reads the table of those a message went to.
func (m *pstMail) receivers(line func(label, s string) error) error {
	n, ok := m.sub(pstReceive)
	if !ok {
		return nil
	}
	t, err := m.file.table(n)
	if err != nil {
		m.out.Unread(m.f.At, "the list of receivers is corrupt")
		return nil //nolint:nilerr // it is said, and the rest is read
	}
	err = t.each(func(text func(int) string) error {
		address := text(0x39FE)
		if address == "" {
			address = text(0x3003)
		}
		return line("To", strings.TrimSpace(text(0x3001)+" <"+address+">"))
	})
	if t.lost != "" {
		m.lose(t.lost)
	}
	return err
}

// body reads the plain text, else HTML, else rich text.
func (m *pstMail) body(ctx context.Context) error {
	if p, ok := m.props[pstBody]; ok && (p.kind == pstText || p.kind == pstBytes8) {
		r, _ := m.open(p.value)
		return newMessage(ctx, m.f, m.out).plain(m.decoded(p.kind, r))
	}
	if p, ok := m.props[pstHTML]; ok {
		r, _ := m.open(p.value)
		return readHTML(m.decoded(p.kind, r), m.f.At, m.out)
	}
	p, ok := m.props[pstRTF]
	switch {
	case !ok:
		return nil
	case p.kind != pstBinary:
		m.lose(Corrupt)
		return nil
	}
	packed, _ := m.open(p.value)
	b, err := unpackRTF(packed)
	if err != nil {
		m.lose(err)
	}
	if len(b) == 0 {
		return nil
	}
	return readRTFText(b, m.f.At, m.out)
}

// decoded reads the text of a body.
func (m *pstMail) decoded(kind int, r io.Reader) io.Reader {
	if kind == pstText {
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(r)
	}
	return UTF8(r)
}

// attachments hands over the files of a message, and reads messages within it as
// part of it.
func (m *pstMail) attachments(ctx context.Context) error {
	n := 0
	for _, sub := range m.subs {
		if sub.number&pstKind != pstAttachment {
			continue
		}
		n++
		o, err := m.file.object(sub.data, sub.sub)
		if err != nil {
			m.out.Unread(m.f.At.Inside("part-"+strconv.Itoa(n)), reason(err))
			continue
		}
		if err := m.attachment(ctx, o, n); err != nil {
			return err
		}
		if o.lost != "" {
			m.lose(o.lost)
		}
	}
	return nil
}

func (m *pstMail) attachment(ctx context.Context, o *pstObject, n int) error {
	p, ok := o.props[pstData]
	if !ok {
		return nil // a link to a file elsewhere
	}
	if p.kind == pstInner {
		return m.inside(ctx, o, p)
	}
	name := o.string(0x3707)
	if name == "" {
		name = o.string(0x3704)
	}
	if name == "" {
		name = "part-" + strconv.Itoa(n)
	}
	_, size := o.open(p.value)
	return m.f.part(m.out, name, size, func() (io.ReadCloser, error) {
		r, _ := o.open(p.value)
		return io.NopCloser(r), nil
	})
}

// inside reads a message that is attached to a message.
func (m *pstMail) inside(ctx context.Context, o *pstObject, p pstProp) error {
	b := o.item(p.value)
	if len(b) < 4 {
		m.lose(Corrupt)
		return nil
	}
	n, ok := o.sub(le32(b))
	if !ok || n.number&pstKind != pstMessage {
		m.lose(Corrupt)
		return nil
	}
	if m.depth >= maxNested {
		return tooDeep
	}
	inner, err := m.file.object(n.data, n.sub)
	if err != nil {
		return err
	}
	return (&pstMail{pstObject: inner, f: m.f, out: m.out, depth: m.depth + 1}).read(ctx)
}
