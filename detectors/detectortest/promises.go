package detectortest

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
)

// Promises tests what the engine relies on, on noise and on the texts given: a
// match is inside the text and no longer than MaxLen, depends on the bytes near
// it only, and costs no allocation.
func Promises(t *testing.T, d *detectors.Detector, texts ...[]byte) {
	t.Helper()
	if d.ID == "" || d.Title == "" || d.Category == "" || d.MaxLen <= 0 || d.Trigger == 0 || d.Verify == nil {
		t.Fatalf("%s: ID, Title, Category, MaxLen, Trigger and Verify are all needed", d.ID)
	}
	for _, text := range append(noise(200), texts...) {
		if problem := Broken(d, text); problem != "" {
			t.Errorf("%s: %s in a text of %d bytes", d.ID, problem, len(text))
			return
		}
	}
	for _, text := range texts {
		if n := testing.AllocsPerRun(1, func() { everywhere(d, text) }); n > 0 {
			t.Errorf("%s: Verify allocates %.0f times", d.ID, n)
			return
		}
	}
}

func everywhere(d *detectors.Detector, text []byte) {
	for at := range text {
		d.Verify(text, at)
	}
}

// Broken says which promise Verify breaks at some offset of text; empty for none.
func Broken(d *detectors.Detector, text []byte) string {
	for at := range text {
		m := d.Verify(text, at)
		switch {
		case m.Len < 0, m.Start < 0, m.Start+m.Len > len(text):
			return "a match leaves the text"
		case m.Len > d.MaxLen:
			return "a match is longer than MaxLen"
		case m.Len > 0 && m.Len < d.MinLen:
			return "a match is shorter than MinLen"
		case m.Len > 0 && d.Third != "" && strings.IndexByte(d.Third, text[at+2]) < 0:
			return "a match without its Third"
		case m.Len == 0 && m != (detectors.Match{}):
			return "no match, but not the zero Match"
		case m.Len > 0 && m.Sort != detectors.NearMiss && m.Grade == detectors.None:
			return "a match without grade"
		}
		if near := inWindow(d, text, at); near != m {
			return "a match depends on bytes far from it"
		}
	}
	return ""
}

// inWindow asks d with no more of the text than it may read.
func inWindow(d *detectors.Detector, text []byte, at int) detectors.Match {
	lo, hi := max(0, at-16), min(len(text), at+d.MaxLen+16)
	if d.Trigger&(detectors.OnAt|detectors.OnAngles|detectors.OnWord) != 0 {
		lo = max(0, at-d.MaxLen-16)
	}
	m := d.Verify(text[lo:hi], at-lo)
	if m.Len > 0 {
		m.Start += lo
	}
	return m
}

// fragments are what detectors look for, in pieces: glued at random they make
// texts that are nearly right, and wrong in all ways.
var fragments = []string{
	"1", "2", "85", "05", "78", "006", "084", "91", "2A", "2B", "99", "000", "0", "06", "39", "98", "12", "34", "+33", "(0)", "0033", "+44 20 79",
	"FR", "76", "DE89", "MC", "GB29NWBK", "4242", "5555", "3782", "822463", "10005", "48.8566", ",", "2.3522", "-", ".", " ", "\u00a0", "\u202f", ":", "::", "fe80",
	"2001:db8:", "192.0.2.", "@", "contact", "anne.essai", "courrier.example", ".fr", "rue", " de la ", "Paix", "75011", " Paris", "bis", ", ", "<<", "P<FRA", "IDFRA",
	"48°51'24\"N", " 2°21'07\"E", "$GPRMC,", "*6A", "geo:", "é", "né le ", "12/05/1985", "12 mai 1985", "à Lyon", "AA-123-BB", "GA1.2.", "GA1.2.123456789.1234567890",
	"N02BE01", "HBQK002", "01C02Z", "718-7", "AB12CD34", "E11.9", "\n", "\r\n", "\t", ";", "\"", "'", "’", "=", "/", "\\n", "%20", "_", "€", "\xff", "\xc3", "\xe2\x80", "xn--", "8FW4V75V+8Q",
	"00:1A:2B:3C:4D:5E", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "AMI 4", "WBA", "3400930000",
}

// noise returns n texts of glued fragments and random bytes, the same each time.
func noise(n int) [][]byte {
	r := rand.New(rand.NewPCG(20261122, 7))
	texts := make([][]byte, n)
	for i := range texts {
		for len(texts[i]) < 120 {
			if r.IntN(12) == 0 {
				texts[i] = append(texts[i], byte(r.IntN(256)))
				continue
			}
			texts[i] = append(texts[i], fragments[r.IntN(len(fragments))]...)
		}
	}
	return texts
}
