//go:build !amd64 || purego

package bzip

func runFour(l *[4]*lane, out *[4][]byte) { runEach(l, out) }

func turn(out, p []byte) { turnWords(out, p) }

func beforeFour([]byte) int { return 0 }
