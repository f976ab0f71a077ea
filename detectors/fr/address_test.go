package fr

import (
	"strings"
	"testing"
)

// Each seat is seen wherever it stands, in capitals too.
func TestMaySeat(t *testing.T) {
	if len(seats) > 21 {
		t.Fatalf("%d seats, 21 have a bit each", len(seats))
	}
	for _, w := range seats {
		if len(w) < 5 {
			t.Errorf("%s is too short to be seen", w)
		}
		for before := range 7 {
			for _, text := range []string{string(w), strings.ToUpper(string(w[:1])) + string(w[1:])} {
				near := strings.Repeat("x", before) + text
				if w[0] < 0x80 && (!maySeat([]byte(near)) || !ofOrganisation([]byte(near), len(near))) {
					t.Errorf("%q is not seen", near)
				}
			}
		}
	}
	if maySeat([]byte("12345;Martin;Jean;13/12/1960;75011;Paris")) {
		t.Error("a row of a table is an organisation's")
	}
}
