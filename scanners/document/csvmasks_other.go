//go:build !amd64 || purego

package document

func ends(text []byte, a, b byte, out []uint64) { endsGo(text, a, b, out) }
