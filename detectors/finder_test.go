package detectors

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// kernels under test; the first is the plain one.
func kernelsHere() map[string]kernel {
	return map[string]kernel{"plain": plainKernel, "best": bestKernel}
}

// TestKernels compares the kernels with the class of each byte.
func TestKernels(t *testing.T) {
	text := make([]byte, 3*block+17)
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range text {
		text[i] = byte(rnd.Uint32())
	}
	for c := range 256 { // every byte, at every place of a block in turn
		text[c%len(text)] = byte(c)
	}
	for name, run := range kernelsHere() {
		var m masks
		m.load(run, text, 0)
		for k, r := range m.kernel() {
			for i, c := range text {
				got := r[1+i/block]>>(i%block)&1 == 1
				if want := classBits[c]>>k&1 == 1; got != want {
					t.Fatalf("%s: row %d, byte %#x at %d: %v", name, k, c, i, got)
				}
			}
			if r[0] != 0 || r[1+len(text)/block]>>(len(text)%block) != 0 || r[5] != 0 {
				t.Errorf("%s: row %d: bits outside of the text", name, k)
			}
		}
	}
}

// fragments are glued at random: they hold all shapes, cut and whole, and what
// is nearly one.
var fragments = []string{
	"2 85 05 75 056 942 12", "285057505694212", "2 53 07 2B 073 004 70", "253072a07300443", "2 53 07 2B 073 004", "2 53 07 2b 073 004 7", "253072A07", "053072A073", "2\u00a085\u202f05 75 056 942 12",
	"0639981723", "06 39 98 17 23", "06.39.98.17.23", "+33639981723", "+", "00", "0", "a@b.example", "@", "@Override",
	"192.168.1.10", "1.2.3", "10.20.30.40.50", "48.85661, 2.35222", "-2.3522", "48°51'24\"N", "12 °", "2001:db8::1", "fe80::1", "::1", "::",
	"std::string", "12:30:45", "00:1a:2b:3c:4d:5e", "a:b:c:d:e:f", ":", "FR76 3000 6000 0112", "DE89370400440532013000", "AB12", "ABC12", "AA-123-BB", "AA123BB", "aa 123", "P<UTOERIKSSON<<ANNA",
	"<<", "a<<b", "sécurité sociale", "Sécurité", "SECURITE", "numSecu", "num_secu", "téléphone", "tél", "téls", "portables", "Portable", "née le", "NÉ LE",
	"naissance", "dateNaissance", "date_de_naissance", "l’hôpital", "«nir»", "nirs", "SIREN", "siren404", "9siren", "x", "É", "œ", "\xe2", "\xc2", "\xe2\x80", "\xff",
	" ", "  ", ".", "-", "/", "\n", ";", ",", "\u00a0", "\u202f", "1", "12", "1234", "12345678", "123456789", "A", "aB", "Ab", "HTMLNir", "é9", "9é",
	strings.Repeat("a", 63), strings.Repeat("A", 70), strings.Repeat("1", 65), strings.Repeat(" ", 61), strings.Repeat("1.", 9), strings.Repeat("1:", 9),
}

func glue(rnd *rand.Rand, size int) []byte {
	var b bytes.Buffer
	for b.Len() < size {
		b.WriteString(fragments[rnd.IntN(len(fragments))])
	}
	return b.Bytes()
}

// sorted puts events in order, without the digits counted at them, and drops those
// said twice.
func sorted(list []event) []event {
	for i := range list {
		list[i].run = 0
	}
	slices.SortFunc(list, func(a, b event) int {
		if a.at != b.at {
			return int(a.at) - int(b.at)
		}
		return int(a.kind) - int(b.kind)
	})
	return slices.Compact(list)
}

// differ says where what the fast finder sees differs from the plain one's.
func differ(t *testing.T, e *Engine, text []byte) {
	t.Helper()
	var want sight
	classLoop{e}.find(text, &want)
	for name, run := range kernelsHere() {
		var got sight
		(&maskFinder{engine: e, run: run}).find(text, &got)
		for _, ev := range got.shapes {
			if n := digitRun(text, int(ev.at)); ev.run != 0 && int(ev.run)-1 != n {
				t.Fatalf("%s: %d digits at %d, not %d\nin %.300q", name, n, ev.at, int(ev.run)-1, text)
			}
		}
		diff(t, name, text, sorted(got.shapes), sorted(want.shapes))
		diff(t, name, text, got.words, want.words)
		diff(t, name, text, got.starts, want.starts)
	}
}

func diff[T comparable](t *testing.T, name string, text []byte, got, want []T) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("%s: %d of %d: got %+v, want %+v\nin %.300q", name, i, len(want), tail(got, i), tail(want, i), text)
		}
	}
}

func tail[T any](list []T, i int) []T { return list[min(i, len(list)):min(i+2, len(list))] }

func TestFindersAgree(t *testing.T) {
	e, err := New(toys())
	if err != nil {
		t.Fatal(err)
	}
	e.nine = true
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, size := range []int{1, 8, 60, 64, 70, 130, 500, 4090, 4100, 9000} {
		for range 300 {
			differ(t, e, glue(rnd, size))
		}
	}
}

func FuzzFinders(f *testing.F) {
	for _, s := range fragments {
		f.Add([]byte(s))
	}
	e, err := New(toys())
	if err != nil {
		f.Fatal(err)
	}
	e.nine = true
	f.Fuzz(func(t *testing.T, text []byte) { differ(t, e, text) })
}
