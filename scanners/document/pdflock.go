package document

import (
	"bytes"
	"crypto/md5" //nolint:gosec // what the PDF specification names
	"crypto/rc4" //nolint:gosec // same
	"encoding/binary"
	"io"
)

// A pdfKeys decrypts a file that opens without a password: many programs encrypt
// only to forbid printing or copying, and every reader shows such a file.
// ISO 32000-2, 7.6.
type pdfKeys struct {
	file    *pdfFile
	key     []byte
	streams pdfCipher
	strings pdfCipher
	meta    bool // the metadata are encrypted too
}

// A pdfCipher is how one kind of data is encrypted.
type pdfCipher int

const (
	pdfPlain pdfCipher = iota
	pdfRC4
	pdfAES128
	pdfAES256
)

// A pdfLock is what the Encrypt dictionary says.
type pdfLock struct {
	revision    int
	bytes       int // of the key
	owner, user []byte
	sealed      []byte // the key of the file under the user's, from revision 5
	rights      uint32
	id          []byte
	meta        bool
}

// unlock tries the empty password.
func (p *pdfFile) unlock() error {
	d := p.dict(p.trailer["Encrypt"])
	if name := p.name(d["Filter"]); name != "" && name != "Standard" {
		return Encrypted
	}
	k := &pdfKeys{file: p, meta: d["EncryptMetadata"] != false}
	l := &pdfLock{
		revision: p.int(d["R"]), bytes: max(p.int(d["Length"]), 40) / 8, rights: uint32(int64(p.float(d["P"]))), meta: k.meta,
		owner: p.bytes(d["O"]), user: p.bytes(d["U"]), sealed: p.bytes(d["UE"]),
	}
	if ids := p.array(p.trailer["ID"]); len(ids) > 0 {
		l.id = p.bytes(ids[0])
	}
	switch version := p.int(d["V"]); version {
	case 1:
		l.bytes = 5
		k.streams, k.strings = pdfRC4, pdfRC4
	case 2, 3:
		k.streams, k.strings = pdfRC4, pdfRC4
	case 4, 5:
		if version == 4 {
			l.bytes = 16
		}
		k.streams, k.strings = p.cipher(d, "StmF"), p.cipher(d, "StrF")
	default:
		return Encrypted
	}
	if k.key = l.open(); k.key == nil {
		return Encrypted
	}
	p.keys = k
	return nil
}

func (p *pdfFile) bytes(v any) []byte {
	s, _ := p.get(v).(pdfString)
	return s
}

// cipher looks up a crypt filter by the key that names it.
func (p *pdfFile) cipher(d pdfDict, key pdfName) pdfCipher {
	name := p.name(d[key])
	switch p.name(p.dict(p.dict(d["CF"])[name])["CFM"]) {
	case "V2":
		return pdfRC4
	case "AESV2":
		return pdfAES128
	case "AESV3":
		return pdfAES256
	}
	return pdfPlain // Identity, None
}

// pdfPad fills up a password: with an empty one, it is all there is.
var pdfPad = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// open returns the key of the file; nil when it asks for a password.
func (l *pdfLock) open() []byte {
	if l.revision >= 5 {
		return l.openAES256()
	}
	if len(l.owner) < 32 || len(l.user) < 16 || l.bytes < 5 || l.bytes > 16 {
		return nil
	}
	h := md5.New() //nolint:gosec // as above
	for _, part := range [][]byte{pdfPad, l.owner[:32], binary.LittleEndian.AppendUint32(nil, l.rights), l.id} {
		h.Write(part)
	}
	if l.revision >= 4 && !l.meta {
		h.Write([]byte("\xFF\xFF\xFF\xFF"))
	}
	key := h.Sum(nil)
	if l.revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:l.bytes]) //nolint:gosec // as above
			key = sum[:]
		}
	}
	if key = key[:l.bytes]; !l.fits(key) {
		return nil
	}
	return key
}

// fits compares what a key makes of known text with what the file says.
func (l *pdfLock) fits(key []byte) bool {
	if l.revision == 2 {
		return string(rc4Of(key, pdfPad)[:16]) == string(l.user[:16])
	}
	h := md5.New() //nolint:gosec // as above
	h.Write(pdfPad)
	h.Write(l.id)
	text := h.Sum(nil)
	for i := range 20 {
		turned := make([]byte, len(key))
		for j := range key {
			turned[j] = key[j] ^ byte(i)
		}
		text = rc4Of(turned, text)
	}
	return string(text) == string(l.user[:16])
}

// rc4Of returns b encrypted or decrypted, which is the same.
func rc4Of(key, b []byte) []byte {
	c, err := rc4.NewCipher(key) //nolint:gosec // as above
	if err != nil {
		return b // no key has a length that is refused
	}
	out := make([]byte, len(b))
	c.XORKeyStream(out, b)
	return out
}

// objectKey returns the key of one object.
func (k *pdfKeys) objectKey(c pdfCipher, number int) []byte {
	if c == pdfAES256 {
		return k.key
	}
	generation := k.file.generation(number)
	b := append([]byte(nil), k.key...)
	b = append(b, byte(number), byte(number>>8), byte(number>>16), byte(generation), byte(generation>>8))
	if c == pdfAES128 {
		b = append(b, "sAlT"...)
	}
	sum := md5.Sum(b) //nolint:gosec // as above
	return sum[:min(len(k.key)+5, 16)]
}

// generation reads the second number of `12 0 obj`.
func (p *pdfFile) generation(number int) int {
	if number < 0 || number >= len(p.at) || p.at[number] == 0 {
		return 0
	}
	var head [32]byte
	n, _ := p.r.ReadAt(head[:], p.at[number]-1) // short at the end of the file
	l := &pdfLexer{b: head[:n]}
	l.next()
	v, _ := l.next()
	g, _ := v.(float64)
	return int(g)
}

// reader decrypts a stream.
func (k *pdfKeys) reader(r io.Reader, s *pdfBody) io.Reader {
	c := k.streams
	if s.dict["Type"] == pdfName("Metadata") {
		var head [len(xmpHead)]byte
		n, err := io.ReadFull(r, head[:])
		r = io.MultiReader(bytes.NewReader(head[:n]), r)
		if err == nil && string(head[:]) == xmpHead || !k.meta {
			c = pdfPlain
		}
	}
	if k.file.plain(s) {
		c = pdfPlain
	}
	return c.reader(r, k.objectKey(c, s.number))
}

// xmpHead is how metadata start. Ghostscript leaves them plain in a file that
// says they are encrypted.
const xmpHead = "<?xpacket"

// plain tells whether a stream says that it is not encrypted.
func (p *pdfFile) plain(s *pdfBody) bool {
	for i, f := range p.list(s.dict["Filter"]) {
		if p.name(f) != "Crypt" {
			continue
		}
		params := p.list(s.dict["DecodeParms"])
		if i >= len(params) {
			return true
		}
		name := p.name(p.dict(params[i])["Name"])
		return name == "" || name == "Identity"
	}
	return false
}

// decrypted decrypts the strings of object n.
func (p *pdfFile) decrypted(v any, n int) any {
	if p.keys == nil || p.keys.strings == pdfPlain {
		return v
	}
	switch v := v.(type) {
	case pdfString, pdfArray, pdfDict:
		return p.keys.strings.open(v, p.keys.objectKey(p.keys.strings, n))
	case *pdfBody:
		v.dict, _ = p.keys.strings.open(v.dict, p.keys.objectKey(p.keys.strings, n)).(pdfDict)
	}
	return v
}

// open decrypts the strings in v.
func (c pdfCipher) open(v any, key []byte) any {
	switch v := v.(type) {
	case pdfString:
		return pdfString(c.decrypt(v, key))
	case pdfArray:
		for i := range v {
			v[i] = c.open(v[i], key)
		}
	case pdfDict:
		for name := range v {
			v[name] = c.open(v[name], key)
		}
	}
	return v
}
