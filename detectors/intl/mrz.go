package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// MRZ finds the machine-readable zones of passports, identity cards, visas and
// residence permits.
//
// Unit:   one document, so one person, with name, birth date and nationality.
// Shape:  3 lines of 30 (TD1), 2 of 36 (TD2, and the French card of before
// 2021) or 2 of 44 (TD3); capitals, digits and '<'; check digits 7-3-1.
// Source: ICAO Doc 9303 parts 3 to 7.
// Errors: misses zones that text recognition spoilt, and single lines.
var MRZ = &detectors.Detector{
	ID:       "intl.mrz",
	Title:    "Machine-readable zone of an identity document",
	Category: "id_document",
	MaxLen:   96,
	Trigger:  detectors.OnAngles,
	Context:  "identity_card",
	Verify:   verifyMRZ,
}

// A zone is up to three lines of the same length.
type zone struct {
	line  [3][]byte
	lines int
	start int
	end   int
}

func verifyMRZ(text []byte, at int) detectors.Match {
	if at == 0 || !mrzByte(text[at-1]) || text[at-1] == '<' {
		return detectors.Match{} // a stream operator, or not the first of its run
	}
	length := lineLength(text, at)
	if length != 30 && length != 36 && length != 44 {
		return detectors.Match{}
	}
	var z zone
	z.read(text, at, length)
	switch {
	case length == 44 && z.lines >= 2:
		return z.judge(z.td3())
	case length == 36 && z.lines >= 2:
		return z.judge(z.td2())
	case length == 30 && z.lines == 3:
		return z.judge(z.td1())
	}
	return detectors.Match{}
}

func mrzByte(c byte) bool { return shape.Upper(c) || shape.Digit(c) || c == '<' }

// lineLength returns the length of the row of MRZ characters round text[at].
func lineLength(text []byte, at int) int {
	start, end := mrzRow(text, at)
	return end - start
}

// mrzRow returns the bounds of the row, looking at most 45 bytes each way.
func mrzRow(text []byte, at int) (start, end int) {
	for start = at; start > 0 && at-start < 45 && mrzByte(text[start-1]); start-- {
	}
	for end = at; end < len(text) && end-at < 45 && mrzByte(text[end]); end++ {
	}
	return start, end
}

// read takes the row round text[at] and the rows of the same length above and
// below it.
func (z *zone) read(text []byte, at, length int) {
	z.start, _ = mrzRow(text, at)
	for range 2 {
		above, ok := rowAbove(text, z.start, length)
		if !ok {
			break
		}
		z.start = above
	}
	for i := z.start; z.lines < 3 && i < len(text); {
		s, e := mrzRow(text, i)
		if s != i || e-s != length {
			break
		}
		z.line[z.lines] = text[s:e]
		z.lines++
		z.end = e
		i = next(text, e)
	}
}

// rowAbove returns the start of the row of that length on the line before
// text[start].
func rowAbove(text []byte, start, length int) (int, bool) {
	i := start
	for i > 0 && start-i < 8 && blankByte(text[i-1]) {
		i--
	}
	if i == start || i < length {
		return 0, false
	}
	s, e := mrzRow(text, i-1)
	return s, e == i && e-s == length
}

// next returns the offset of the first byte after the line end at text[i].
func next(text []byte, i int) int {
	for n := 0; i < len(text) && n < 8 && blankByte(text[i]); n++ {
		i++
	}
	return i
}

func blankByte(c byte) bool { return c == '\n' || c == '\r' || c == ' ' || c == '\t' }

func (z *zone) judge(ok bool) detectors.Match {
	if !ok {
		return shape.Miss(z.start, z.end)
	}
	m := shape.Hit(z.start, z.end, detectors.A)
	m.Specimen = specimens.Document(number(z.line[0][5:14])) || specimens.Document(number(z.line[1][:9])) || string(z.line[0][2:5]) == "UTO" || string(z.line[1][15:18]) == "UTO"
	return m
}

// number cuts the filler after a document number.
func number(s []byte) []byte {
	for len(s) > 0 && s[len(s)-1] == '<' {
		s = s[:len(s)-1]
	}
	return s
}

// checked tells whether the character after each field is its check digit.
func checked(line []byte, fields ...[2]int) bool {
	for _, f := range fields {
		got := line[f[1]]
		if want := checkdigit.MRZ(line[f[0]:f[1]]); got != want && (got != '<' || want != '0') {
			return false
		}
	}
	return true
}

func (z *zone) td3() bool {
	return checked(z.line[1], [2]int{0, 9}, [2]int{13, 19}, [2]int{21, 27})
}

func (z *zone) td2() bool {
	if string(z.line[0][:5]) == "IDFRA" { // the French card of 1988 to 2021
		return checked(z.line[1], [2]int{0, 12}, [2]int{27, 33})
	}
	return checked(z.line[1], [2]int{0, 9}, [2]int{13, 19}, [2]int{21, 27})
}

func (z *zone) td1() bool {
	return checked(z.line[0], [2]int{5, 14}) && checked(z.line[1], [2]int{0, 6}, [2]int{8, 14})
}
