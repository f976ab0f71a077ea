package fr

import "testing"

// The look-up of seats holds three bits for each in a word of 64, and wants five bytes.
func TestSeatsFit(t *testing.T) {
	if 3*len(seats) > 64 {
		t.Errorf("%d seats: more than a word has bits for", len(seats))
	}
	for _, w := range seats {
		if len(w) < 5 {
			t.Errorf("%s: shorter than five bytes", w)
		}
		text := append([]byte("SOCIÉTÉ DURBEC, "), w...)
		if at := append(text, " : 12 rue des Lilas"...); !ofOrganisation(at, len(text)+3) {
			t.Errorf("%s: not found before an address", w)
		}
	}
}
