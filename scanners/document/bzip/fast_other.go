//go:build !amd64 || purego

package bzip

// runFour runs lanes one after the other: what there is no assembly for.
func runFour(l *[4]*lane, out *[4][]byte) {
	for i, k := range l {
		k.run(out[i])
	}
}

func turn(out, p []byte) { turnWords(out, p) }

func beforeFour([]byte) int { return 0 }
