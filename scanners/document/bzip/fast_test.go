package bzip

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"
)

// TestBeforeFour wants of random bytes, of which few differ, that none of those told
// to stand before four equal ones starts such a row.
func TestBeforeFour(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 2_000 {
		p := make([]byte, rnd.IntN(200))
		few := 1 + rnd.IntN(6)
		for i := range p {
			p[i] = byte(rnd.IntN(few))
		}
		n := beforeFour(p)
		for i := range n {
			if i+3 < len(p) && p[i] == p[i+1] && p[i] == p[i+2] && p[i] == p[i+3] {
				t.Fatalf("%v: %d bytes, but four are equal at %d", p, n, i)
			}
		}
		if n+3 > len(p) && n > 0 {
			t.Fatalf("%d bytes of %d: whether the last ones begin a row is not known yet", n, len(p))
		}
	}
}

func TestTurn(t *testing.T) {
	p := make([]byte, 1_000)
	for i := range p {
		p[i] = byte(i * 7)
	}
	for n := range len(p) {
		got, want := make([]byte, n), make([]byte, n)
		turn(got, p[:n])
		turnWords(want, p[:n])
		if !bytes.Equal(got, want) {
			t.Fatalf("%d bytes differ", n)
		}
	}
}

// TestFourLanes compares four blocks put in order at once with the same one after
// the other.
func TestFourLanes(t *testing.T) {
	line := []byte("le dossier de la cliente est complet, celui de son mari ne l'est pas\n")
	text := bytes.Repeat(line, 420_000/len(line))
	for i := 0; i < len(text); i += 997 {
		text[i] = byte(i)
	}
	r := &reader{bits: bitReader{r: bytes.NewReader(pack(t, text, "-1"))}}
	r.refill()
	if r.n != 4 {
		t.Fatalf("%d blocks", r.n)
	}
	for i := range r.blocks {
		k := &r.blocks[i]
		if len(k.lane.pieces) == 0 {
			t.Fatal("a block was not put in order by its runs")
		}
		alone := lane{pieces: k.lane.pieces}
		alone.at, alone.off = whereTo(k, &r.ways)
		want := make([]byte, k.size+ahead-1)
		alone.run(want)
		if !bytes.Equal(k.text, want[:k.size]) {
			t.Errorf("block %d differs", i)
		}
	}
	if got, err := io.ReadAll(NewReader(bytes.NewReader(pack(t, text, "-1")))); err != nil || !bytes.Equal(got, text) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// whereTo returns the piece where the text of k starts.
func whereTo(k *block, w *ways) (at, off uint32) {
	w.find(k)
	return w.index.find(int32(k.origin))
}
