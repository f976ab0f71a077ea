package document

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/ecart-rgpd/ecart/item"
)

// Mail reads messages as mail programs save them: headers, texts, attachments.
var Mail = Format{Name: "mail", Match: isMail, Read: readMail}

// Mbox reads boxes of messages.
var Mbox = Format{
	Name: "mbox",
	Match: func(name string, head []byte) bool {
		return bytes.HasPrefix(head, []byte("From ")) && (extension(name) == "mbox" || extension(name) == "mbx" || isMail(".eml", afterLine(head)))
	},
	Read: readMbox,
}

// isMail goes by the name, and for others by two headers that only mails have.
func isMail(name string, head []byte) bool {
	switch extension(name) {
	case "eml", "emlx", "mht", "mhtml":
		return isText(head) && bytes.IndexByte(head, ':') > 0
	case "", "txt", "msg", "mail":
	default:
		return false
	}
	seen, headers := 0, 0
	for line := range bytes.Lines(head) {
		key, _, ok := bytes.Cut(line, []byte(":"))
		switch {
		case len(line) > 0 && (line[0] == ' ' || line[0] == '\t'):
			continue
		case !ok || bytes.ContainsAny(key, " \t"):
			return seen >= 2 && headers > 2
		}
		headers++
		switch strings.ToLower(string(key)) {
		case "received", "return-path", "message-id", "mime-version", "delivered-to", "from", "subject":
			seen++
		}
	}
	return seen >= 3
}

func afterLine(b []byte) []byte {
	_, rest, _ := bytes.Cut(b, newline)
	return rest
}

func readMail(ctx context.Context, f *File, out Out) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	b := bufio.NewReaderSize(r, 64<<10)
	if extension(fileName(f.At.Path)) == "emlx" {
		_, _ = b.ReadString('\n') // Apple puts the length first
	}
	return newMessage(ctx, f, out).read(b)
}

// maxHeader bounds the headers of a message, in bytes.
const maxHeader = 1 << 20

// A message is one message being read.
type message struct {
	ctx   context.Context
	f     *File
	out   Out
	parts int // files met
	depth int // multiparts around
}

func newMessage(ctx context.Context, f *File, out Out) *message {
	return &message{ctx: ctx, f: f, out: out}
}

func (l *message) read(r io.Reader) error {
	limited := &headerLimit{r: r, left: maxHeader}
	m, err := mail.ReadMessage(limited)
	if err != nil {
		return Corrupt
	}
	limited.left = -1
	header := textproto.MIMEHeader(m.Header)
	if err := l.headers(header); err != nil {
		return err
	}
	if day, err := mail.ParseDate(header.Get("Date")); err == nil {
		dated(l.out, day.UTC().Format("2006-01-02"))
	}
	return l.body(header, m.Body)
}

// headerLimit keeps a message without an end of headers from filling memory.
type headerLimit struct {
	r    io.Reader
	left int // -1: no limit any more
}

func (h *headerLimit) Read(p []byte) (int, error) {
	if h.left < 0 {
		return h.r.Read(p)
	}
	if h.left == 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := h.r.Read(p[:min(len(p), h.left)])
	h.left -= n
	return n, err
}

// shown are the headers read, in this order.
var shown = []string{
	"From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Subject", "Return-Path", "Delivered-To", "X-Original-To", "X-Originating-Ip",
	"Received", "Organization", "X-Sender", "Disposition-Notification-To", "Resent-From", "Resent-To", "Comments", "Keywords",
}

// headers hands over who wrote to whom about what.
func (l *message) headers(h textproto.MIMEHeader) error {
	text := newProse(l.out, l.f.At, item.Meta)
	for _, key := range shown {
		for _, v := range h.Values(key) {
			text.addString(key + ": " + decodeWords(v))
			if err := text.end(); err != nil {
				return err
			}
		}
	}
	return text.flush()
}

var words = mime.WordDecoder{CharsetReader: charsetReader}

// decodeWords reads `=?utf-8?q?…?=`, or returns the header as it is.
func decodeWords(s string) string {
	if d, err := words.DecodeHeader(s); err == nil {
		return d
	}
	return s
}

// charsetReader decodes a declared charset; an unknown one is guessed at.
func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return UTF8(r), nil //nolint:nilerr // guessed at instead
	}
	return e.NewDecoder().Reader(r), nil
}

// body reads one entity: several parts, a text, or a file.
func (l *message) body(h textproto.MIMEHeader, r io.Reader) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return l.multipart(r, params["boundary"])
	}
	r = decodeTransfer(h.Get("Content-Transfer-Encoding"), r)
	disposition, more, _ := mime.ParseMediaType(h.Get("Content-Disposition")) // broken: none
	name := decodeWords(more["filename"])
	if name == "" {
		name = decodeWords(params["name"])
	}
	switch {
	case disposition != "attachment" && name == "" && kind == "text/html":
		return readHTML(l.text(params["charset"], r), l.f.At, l.out)
	case disposition != "attachment" && name == "" && strings.HasPrefix(kind, "text/"):
		return l.plain(l.text(params["charset"], r))
	}
	return l.file(kind, name, r)
}

// text decodes the charset of a body. What is said to be ASCII or nothing is
// often neither.
func (l *message) text(charset string, r io.Reader) io.Reader {
	switch strings.ToLower(charset) {
	case "", "us-ascii", "ascii", "utf-8", "utf8":
		return UTF8(r)
	}
	d, _ := charsetReader(charset, r) // never fails
	return d
}

// plain hands over a text body.
func (l *message) plain(r io.Reader) error {
	text := newProse(l.out, l.f.At, item.Prose)
	var b [16 << 10]byte
	for {
		n, err := r.Read(b[:])
		text.add(b[:n])
		if err := text.long(); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			return text.flush()
		}
		if err != nil {
			_ = text.flush() // what was read counts
			return err
		}
	}
}

// multipart reads each part in turn.
func (l *message) multipart(r io.Reader, boundary string) error {
	if l.depth++; l.depth > maxNested {
		return tooDeep
	}
	defer func() { l.depth-- }()
	for parts := multipart.NewReader(r, boundary); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return Truncated
		}
		if err := l.body(part.Header, part); err != nil {
			return err
		}
		if err := l.ctx.Err(); err != nil {
			return err
		}
	}
}

// file hands over an attachment, or a message within the message.
func (l *message) file(kind, name string, r io.Reader) error {
	l.parts++
	if name == "" {
		name = "part-" + strconv.Itoa(l.parts) + endings[kind]
	}
	return l.f.stream(l.out, path.Base(strings.ReplaceAll(name, `\`, "/")), -1, r)
}

// endings of parts without a name.
var endings = map[string]string{
	"message/rfc822": ".eml", "text/calendar": ".ics", "text/html": ".html", "text/plain": ".txt", "text/csv": ".csv",
	"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "text/vcard": ".vcf",
}

// decodeTransfer undoes the encoding a body travels in.
func decodeTransfer(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &onlyBase64{r})
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// onlyBase64 drops what some programs put between the letters.
type onlyBase64 struct{ r io.Reader }

func (o *onlyBase64) Read(p []byte) (int, error) {
	for {
		n, err := o.r.Read(p)
		k := 0
		for _, c := range p[:n] {
			if letter(c) || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[k] = c
				k++
			}
		}
		if k > 0 || err != nil {
			return k, err
		}
	}
}

// readMbox hands over each message as a part.
func readMbox(ctx context.Context, f *File, out Out) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	b := &box{r: bufio.NewReaderSize(r, 64<<10)}
	n := 1
	for ; b.more(); n++ {
		if err := f.stream(out, f.messageName(n), -1, b); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, b); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if f.stretch != nil {
		f.stretch.Lines = n
	}
	return nil
}

// A box reads one message of an mbox at a time.
type box struct {
	r     *bufio.Reader
	start bool // at the start of a line
	end   bool // of the message
}

// more passes over the `From ` line of the next message; false at the end.
func (b *box) more() bool {
	for {
		if head, err := b.r.Peek(5); string(head) == "From " {
			break
		} else if err != nil {
			return false
		}
		if !b.skipLine() {
			return false
		}
	}
	b.start, b.end = true, false
	return b.skipLine()
}

func (b *box) skipLine() bool {
	for {
		_, err := b.r.ReadSlice('\n')
		if err == nil {
			return true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return false
		}
	}
}

// Read reads up to the next `From ` line.
func (b *box) Read(p []byte) (int, error) {
	if b.end {
		return 0, io.EOF
	}
	if b.start {
		if head, _ := b.r.Peek(5); string(head) == "From " {
			b.end = true
			return 0, io.EOF
		}
	}
	line, err := b.r.Peek(min(len(p), 32<<10))
	if len(line) == 0 {
		b.end = true
		return 0, err
	}
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i+1]
	}
	b.start = line[len(line)-1] == '\n'
	n := copy(p, line)
	_, err = b.r.Discard(n)
	return n, err
}
