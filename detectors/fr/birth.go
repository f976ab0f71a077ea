package fr

import (
	"sync"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/rules"
)

// BirthDate finds dates where a birth is spoken of.
//
// Unit:   one person.
// Shape:  12/05/1985, 12.5.85, 1985-05-12, 12 mai 1985, 1er mars 1960.
// Source: —
// Errors: the first date within 40 bytes of the words of a birth, whatever it
// is of; other dates near count in a column of that name only.
var BirthDate = &detectors.Detector{
	ID:       "fr.birth-date",
	Title:    "Date of birth",
	Category: "birth_date",
	MaxLen:   64, // a date of 24 bytes within 40 of its word
	Trigger:  detectors.OnWord | detectors.OnDate,
	Words:    "birth",
	Context:  "birth",
	Verify:   verifyBirthDate,
}

// BirthPlace finds the town after the words of a birth: "né le … à Lyon".
//
// Unit:   one person.
// Shape:  a phrase of rules/context/birth.yml and, within 40 bytes, "à", "in"
// or ':' and a capitalised word.
// Source: —
// Errors: reads the birth place of a public figure as readily as another.
var BirthPlace = &detectors.Detector{
	ID:       "fr.birth-place",
	Title:    "Place of birth",
	Category: "birth_place",
	MaxLen:   90,
	Trigger:  detectors.OnWord,
	Words:    "birth_place",
	InCode:   detectors.C,
	Verify:   verifyBirthPlace,
}

// months in French and English, folded; the index modulo 12 is the month.
var months = sync.OnceValue(func() []string { return rules.ValueWords().Months })

func verifyBirthDate(text []byte, at int) detectors.Match {
	if shape.Digit(text[at]) {
		return dateAt(text, at, detectors.C)
	}
	lines := 0
	for i := at; i < len(text) && i < at+40 && lines < 2; i++ {
		if text[i] == '\n' {
			lines++
		}
		if shape.Digit(text[i]) && (i == 0 || !shape.Digit(text[i-1]) && text[i-1] != '(') {
			if m := dateAt(text, i, detectors.A); m.Len > 0 {
				return m
			}
		}
	}
	return detectors.Match{}
}

// dateAt reads the date at text[at], to be worth grade.
func dateAt(text []byte, at int, grade detectors.Grade) detectors.Match {
	if !shape.Digit(text[at]) || !shape.Starts(text, at) {
		return detectors.Match{}
	}
	var p [3]int
	first, i := digits(text, at, 4)
	width := i - at
	if end := writtenDate(text, i, first); end > 0 && width <= 2 {
		return shape.Hit(at, end, grade)
	}
	p[0] = first
	if i >= len(text) || (text[i] != '/' && text[i] != '-' && text[i] != '.') {
		return detectors.Match{}
	}
	sep := text[i]
	start := i + 1
	p[1], i = digits(text, start, 2)
	if i == start || i >= len(text) || text[i] != sep {
		return detectors.Match{}
	}
	start = i + 1
	p[2], i = digits(text, start, 4)
	last := i - start
	if !dateEnds(text, i) || sep == '.' && last == 2 && start-at < 6 {
		return detectors.Match{} // 3.2.16 is a version
	}
	switch {
	case width == 4 && last <= 2 && calendar(p[2], p[1], p[0]):
	case width <= 2 && last == 4 && calendar(p[0], p[1], p[2]):
	case width <= 2 && last == 2 && calendar(p[0], p[1], 1900+p[2]):
	default:
		return detectors.Match{}
	}
	if p[1] == 1 && (p[0] == 1 || p[2] == 1) && placeholder(p[0]+p[2]-1) {
		grade = detectors.C
	}
	return shape.Hit(at, i, grade)
}

// placeholder tells whether programs write the first of January of that year
// for a date they do not know.
func placeholder(year int) bool { return year == 1900 || year == 1901 || year == 1970 }

// dateEnds lets the time of an ISO date follow.
func dateEnds(text []byte, i int) bool {
	return shape.Ends(text, i) || i+1 < len(text) && text[i] == 'T' && shape.Digit(text[i+1])
}

// writtenDate reads the month and year of "12 mai 1985" at text[i], after the
// day. It returns the end, 0 when it is no date.
func writtenDate(text []byte, i, day int) int {
	if end := ordinals.At(text, i); end > 0 {
		i = end
	}
	blank := shape.Blank(text, i, 3)
	if blank == i {
		return 0
	}
	for m, name := range months() {
		end := shape.Word(text, blank, name)
		if end == 0 {
			continue
		}
		if end < len(text) && (text[end] == '.' || text[end] == ',') {
			end++
		}
		start := shape.Blank(text, end, 3)
		year, stop := digits(text, start, 4)
		if stop-start == 4 && calendar(day, m%12+1, year) && shape.Ends(text, stop) {
			return stop
		}
		return 0
	}
	return 0
}

// towards is the word before the town.
var towards = shape.NewWords("a", "au")

// ordinals follow the day: 1er, 2nd.
var ordinals = shape.NewWords("er", "st", "nd", "rd", "th")

// digits reads up to limit digits; it returns their value and the offset after
// them.
func digits(text []byte, at, limit int) (value, end int) {
	for end = at; end < len(text) && end-at < limit && shape.Digit(text[end]); end++ {
		value = value*10 + int(text[end]-'0')
	}
	return value, end
}

// calendar tells whether a person may be born that day, or that day with day
// and month swapped. The bounds are wide because there is no clock here.
func calendar(day, month, year int) bool {
	if month > 12 {
		day, month = month, day
	}
	return day >= 1 && day <= 31 && month >= 1 && month <= 12 && year >= 1880 && year <= 2050
}

func verifyBirthPlace(text []byte, at int) detectors.Match {
	stop := min(at+60, len(text))
	for i := shape.Letters(text, at); i < stop; i++ {
		if text[i] == '\n' || text[i] == ';' {
			break
		}
		if i > at && text[i] == ' ' || text[i] == ':' {
			// The town alone: the date between is a datum of its own.
			if start, end := placeAfter(text, i, text[at]|0x20 == 'b'); end > 0 {
				return shape.Hit(start, end, detectors.A)
			}
		}
	}
	return detectors.Match{}
}

// placeAfter reads ": Lyon", " à Lyon" or, in English, " in Lyon" at text[i]. It
// returns where the town stands; end is 0 when there is none.
func placeAfter(text []byte, i int, english bool) (start, end int) {
	if text[i] != ':' {
		next := towards.At(text, i+1)
		if english {
			next = shape.Word(text, i+1, "in")
		}
		if next == 0 {
			return 0, 0
		}
		i = next
	} else {
		i++
	}
	start = shape.Blank(text, i, 3)
	end = shape.Letters(text, start)
	if start == i || end-start < 3 || !shape.Capital(text, start) {
		return 0, 0
	}
	return start, end
}
