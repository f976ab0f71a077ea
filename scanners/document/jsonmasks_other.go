//go:build !amd64 || purego

package document

func mask(text []byte, out []jsonMasks) { maskGo(text, out) }
