//go:build !amd64 || purego

package document

func validUTF8(b []byte) bool { return validBytes(b) }
