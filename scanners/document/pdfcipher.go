package document

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rc4" //nolint:gosec // what the PDF specification names
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"io"
)

// reader decrypts a stream; one that cannot be decrypted reads as empty.
func (c pdfCipher) reader(r io.Reader, key []byte) io.Reader {
	switch c {
	case pdfRC4:
		s, err := rc4.NewCipher(key) //nolint:gosec // as above
		if err != nil {
			return bytes.NewReader(nil)
		}
		return cipher.StreamReader{S: s, R: r}
	case pdfAES128, pdfAES256:
		block, err := aes.NewCipher(key)
		if err != nil {
			return bytes.NewReader(nil)
		}
		return &cbcReader{r: r, block: block}
	}
	return r
}

// decrypt decrypts a string; what does not decrypt stays as it is.
func (c pdfCipher) decrypt(s, key []byte) []byte {
	b, err := io.ReadAll(c.reader(bytes.NewReader(s), key))
	if err != nil {
		return s
	}
	return b
}

// A cbcReader decrypts blocks whose first is the start vector and whose last is
// padded. It keeps one block back, because the last one is cut.
type cbcReader struct {
	r     io.Reader
	block cipher.Block
	mode  cipher.BlockMode
	buf   [4096]byte
	ready []byte // decrypted, to be handed out
	kept  []byte // decrypted, the last block so far
	spare [aes.BlockSize]byte
	end   bool
}

func (c *cbcReader) Read(p []byte) (int, error) {
	for len(c.ready) == 0 {
		if c.end {
			return 0, io.EOF
		}
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// fill decrypts some more blocks.
func (c *cbcReader) fill() error {
	if c.mode == nil {
		var start [aes.BlockSize]byte
		if _, err := io.ReadFull(c.r, start[:]); err != nil {
			c.end = true
			return nil //nolint:nilerr // nothing encrypted: nothing
		}
		c.mode = cipher.NewCBCDecrypter(c.block, start[:])
	}
	own := copy(c.buf[:], c.kept)
	n, err := io.ReadFull(c.r, c.buf[own:])
	c.end = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if err != nil && !c.end {
		return err
	}
	n -= n % aes.BlockSize // what is more was no part of it
	c.mode.CryptBlocks(c.buf[own:own+n], c.buf[own:own+n])
	out := c.buf[:own+n]
	if c.end {
		c.ready = unpadded(out)
		return nil
	}
	last := max(0, len(out)-aes.BlockSize)
	c.kept = c.spare[:copy(c.spare[:], out[last:])]
	c.ready = out[:last]
	return nil
}

// unpadded cuts what fills the last block. A wrong padding stays: text with some
// bytes too many reads better than text with some too few.
func unpadded(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	if n := int(b[len(b)-1]); n >= 1 && n <= aes.BlockSize && n <= len(b) {
		return b[:len(b)-n]
	}
	return b
}

// openAES256 is the way of revisions 5 and 6.
func (l *pdfLock) openAES256() []byte {
	if len(l.user) < 48 || len(l.sealed) < 32 {
		return nil
	}
	hash := func(salt []byte) []byte {
		sum := sha256.Sum256(salt)
		if l.revision == 5 {
			return sum[:]
		}
		return hardened(sum[:])
	}
	if string(hash(l.user[32:40])) != string(l.user[:32]) {
		return nil
	}
	block, err := aes.NewCipher(hash(l.user[40:48]))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, l.sealed[:32])
	return key
}

// hardened is algorithm 2.B of ISO 32000-2 for an empty password.
func hardened(k []byte) []byte {
	for round := 0; ; round++ {
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := bytes.Repeat(k, 64)
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		sum := 0
		for _, b := range e[:16] {
			sum += int(b) // 256 is 1 modulo 3
		}
		switch sum % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		case 2:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if round >= 63 && int(e[len(e)-1]) <= round-31 {
			return k[:32]
		}
	}
}
