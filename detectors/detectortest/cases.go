package detectortest

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// A Case is one value and what Verify says of it.
type Case struct {
	Why   string // the reason it is there
	Value string
	// Want is A, B or C, with "specimen" after it for a published one; "near"
	// for a near miss; "-" for nothing.
	Want string
}

// Judge tests that d reads each value, whole, as the case wants: alone, between
// words, in quotes, and at the end of a sentence; and that it refuses the value
// when it is glued to letters or digits.
func Judge(t *testing.T, d *detectors.Detector, cases []Case) {
	t.Helper()
	for _, c := range cases {
		for _, around := range [][2]string{{"", ""}, {"voir ", " ici"}, {`"`, `"`}, {": ", ".\n"}, {"(", "), puis"}, {"a;", ";b"}, {"\u00ab\u00a0", "\u00a0\u00bb"}} {
			text := around[0] + c.Value + around[1]
			if got := verdict(d, text, len(around[0]), len(c.Value)); got != c.Want {
				t.Errorf("%s: %s: between %q and %q: %s, want %s", d.ID, c.Why, around[0], around[1], got, c.Want)
			}
		}
		if c.Want == "-" || c.Want == "near" {
			continue
		}
		for _, around := range [][2]string{{"x7", ""}, {"", "7x"}, {"é9", "é"}} {
			text := around[0] + c.Value + around[1]
			if got := verdict(d, text, len(around[0]), len(c.Value)); got != "-" && got != "near" {
				t.Errorf("%s: %s: glued between %q and %q: %s, want nothing", d.ID, c.Why, around[0], around[1], got)
			}
		}
	}
}

// verdict asks d where the engine would and says what it sees of the value at
// text[start:start+length].
func verdict(d *detectors.Detector, text string, start, length int) string {
	seen := "-"
	for at := range text {
		if !asks(d, text, at) {
			continue
		}
		m := d.Verify([]byte(text), at)
		if m.Len == 0 || m.Start != start || m.Len != length {
			continue
		}
		if m.Sort != detectors.NearMiss {
			return grades[m.Grade] + strings.Repeat(" specimen", btoi(m.Sort == detectors.Specimen))
		}
		seen = "near"
	}
	return seen
}

var grades = [...]string{detectors.None: "none", detectors.C: "C", detectors.B: "B", detectors.A: "A"}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// asks tells whether the engine may ask d at text[at]: at its sign, or at the
// start of a word or number.
func asks(d *detectors.Detector, text string, at int) bool {
	switch {
	case d.Trigger&detectors.OnAt != 0:
		return text[at] == '@'
	case d.Trigger&detectors.OnAngles != 0:
		return strings.HasPrefix(text[at:], "<<")
	case d.Trigger&detectors.OnPlus != 0 && text[at] == '+':
		return true
	case d.Trigger&detectors.OnColons != 0 && text[at] == ':':
		return true
	}
	b := []byte(text)
	return shape.WordByte(b, at) && (at == 0 || !shape.WordByte(b, at-1))
}
