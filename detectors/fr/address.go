package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Address finds French postal addresses from the kind of way: "12 bis, rue de
// l'Exemple, 75011 Paris".
//
// Unit:   one home or one place of business.
// Shape:  number, kind of way (rules/context/ways.yml), name; then often a
// postcode and a town. Without a number it takes the postcode.
// Source: norme AFNOR NF Z10-011; La Poste, SNA.
// Errors: misses hamlets and addresses without number or postcode; reads the
// address of a shop or a museum as readily as a person's, but for one behind the
// words of an organisation (rules/context, seats).
var Address = &detectors.Detector{
	ID:       "fr.address",
	Title:    "French postal address",
	Category: "postal_address",
	MaxLen:   140,
	Trigger:  detectors.OnWord,
	Words:    "ways",
	Context:  "address",
	Against:  "seats",
	InCode:   detectors.B,
	Verify:   verifyAddress,
}

// Postcode finds a postcode with its town, where an address is spoken of.
//
// Unit:   a town, part of an address.
// Shape:  5 digits of which two are a department, and a capitalised name.
// Source: La Poste, base officielle des codes postaux.
// Errors: 5-digit references before a capitalised word.
var Postcode = &detectors.Detector{
	ID:       "fr.postcode",
	Title:    "French postcode and town",
	Category: "postal_address",
	MaxLen:   50,
	Trigger:  detectors.OnContext,
	Context:  "address",
	Against:  "seats",
	First:    detectors.Runs(5),
	MinLen:   8,
	Verify:   verifyPostcode,
}

// reach is how far after the name of a way its postcode may stand, in bytes.
const reach = 60

func verifyAddress(text []byte, at int) detectors.Match {
	start, numbered := houseNumber(text, at)
	way := shape.Letters(text, at)
	if way < len(text) && text[way] == '.' { // av.
		way++
	}
	name, capital := wayName(text, way)
	if name == 0 {
		return detectors.Match{}
	}
	town := townAfter(text, name)
	switch {
	case numbered && town > 0:
		return shape.Hit(start, town, detectors.A)
	case numbered && (capital || surely(text, at)):
		grade := detectors.B
		if capital && surely(text, at) {
			grade = detectors.A
		}
		return shape.Hit(start, name, grade)
	case capital && town > 0:
		return shape.Hit(start, town, detectors.B)
	}
	return detectors.Match{}
}

// surely tells whether the kind of way at text[at] is nothing else in French
// or English: "place", "route" and "square" are.
func surely(text []byte, at int) bool {
	return sureWays.At(text, at) > 0
}

var (
	sureWays    = shape.NewWords("rue", "avenue", "boulevard", "impasse", "allee", "allees", "chemin", "quai", "faubourg", "ruelle", "venelle", "bld", "boul")
	repetitions = shape.NewWords("bis", "ter", "quater")
	particles   = shape.NewWords("de", "du", "des", "la", "le", "les", "l", "d", "aux", "au", "a")
)

// houseNumber looks back from text[at] for a number with bis, ter, quater or a
// letter. It returns where the address starts.
func houseNumber(text []byte, at int) (start int, ok bool) {
	i := back(text, at)
	if i > 0 && text[i-1] == ',' {
		i = back(text, i-1)
	}
	letters := i
	for i > 0 && at-i < 14 && shape.Letter(text[i-1]) {
		i--
	}
	if i < letters {
		if !repetition(text[i:letters]) {
			return at, false
		}
		i = back(text, i)
	}
	digits := i
	for i > 0 && digits-i < 5 && shape.Digit(text[i-1]) {
		i--
	}
	if i == digits || digits-i > 4 || text[i] == '0' || !shape.Starts(text, i) {
		return at, false
	}
	return i, true
}

// back returns the offset before the blanks that end at text[i-1].
func back(text []byte, i int) int {
	for i > 0 && text[i-1] == ' ' {
		i--
	}
	if i >= 2 && text[i-2] == 0xC2 && text[i-1] == 0xA0 {
		i -= 2
	}
	return i
}

func repetition(s []byte) bool {
	if len(s) == 1 {
		return s[0]|0x20 <= 'h'
	}
	return repetitions.At(s, 0) > 0
}

// wayName reads the name of a way: particles, then a word. It returns the end
// of that word, 0 when there is none, and whether the word has a capital.
func wayName(text []byte, at int) (end int, capital bool) {
	i := shape.Blank(text, at, 4)
	if i == at {
		return 0, false
	}
	particle := false
	for range 3 {
		next := particles.At(text, i)
		if next == 0 {
			break
		}
		particle = true
		i = next
		if i < len(text) && (text[i] == '\'' || text[i] == 0xE2) {
			i += apostrophe(text, i)
		} else {
			i = shape.Blank(text, i, 4)
		}
	}
	end = shape.Letters(text, i)
	if end == i { // rue du 8 mai 1945
		for end < len(text) && end-i < 4 && shape.Digit(text[end]) {
			end++
		}
		if end == i || !particle {
			return 0, false
		}
		return end, true
	}
	capital = shape.Capital(text, i)
	if end-i < 2 || !capital && !particle {
		return 0, false
	}
	return end, capital
}

func apostrophe(text []byte, i int) int {
	if text[i] == 0xE2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2] == 0x99 {
		return 3
	}
	return 1
}

// townAfter looks for a postcode and a town within reach of text[at]; it
// returns the end of the town, 0 when there is none. Two line ends may stand
// between, the end of a sentence may not.
func townAfter(text []byte, at int) int {
	stop, lines := min(at+reach, len(text)-6), 0
	for i := at; i < stop && lines < 3; i++ {
		switch c := text[i]; {
		case !beforeTown[c]:
		case c == '\n':
			lines++
		case c == ';', c == '<', c == '{', c == '(', c == '.' && text[i+1] <= ' ':
			return 0
		case shape.Digit(c) && !shape.Digit(text[i-1]):
			if end := town(text, i); end > 0 {
				return end
			}
			if lines > 0 && text[i-1] == '\n' { // the house number of the next address
				return 0
			}
		}
	}
	return 0
}

// beforeTown are the bytes that townAfter looks at.
var beforeTown = func() (t [256]bool) {
	for _, c := range []byte("\n;<{(.0123456789") {
		t[c] = true
	}
	return t
}()

// town reads a postcode and the first word of a town at text[at].
func town(text []byte, at int) int {
	if at+7 > len(text) || !shape.Starts(text, at) || at > 0 && text[at-1] == '#' {
		return 0
	}
	for i := at; i < at+5; i++ {
		if !shape.Digit(text[i]) {
			return 0
		}
	}
	if !department(text[at:at+2]) || string(text[at+2:at+5]) == "000" && text[at] == '0' && text[at+1] == '0' {
		return 0
	}
	i := at + 5
	if text[i] == ',' || text[i] == ';' {
		i++
	}
	i = shape.Blank(text, i, 6)
	end := shape.Letters(text, i)
	if i == at+5 || end-i < 2 || !shape.Capital(text, i) {
		return 0
	}
	return end
}

func verifyPostcode(text []byte, at int) detectors.Match {
	if !shape.Digit(text[at]) {
		return detectors.Match{}
	}
	if end := town(text, at); end > 0 {
		return shape.Hit(at, end, detectors.B)
	}
	return detectors.Match{}
}
