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
// Shape:  3 rows of 30 (TD1), 2 of 36 (TD2, and the French card of before
// 2021) or 2 of 44 (TD3); capitals, digits and '<'; check digits 7-3-1.
// Source: ICAO Doc 9303 parts 3 to 7.
// Errors: misses zones that text recognition spoilt, and single rows other than
// the second of TD2 and TD3.
var MRZ = &detectors.Detector{
	ID:       "intl.mrz",
	Title:    "Machine-readable zone of an identity document",
	Category: "id_document",
	MaxLen:   108,
	Trigger:  detectors.OnAngles,
	Context:  "identity_card",
	Verify:   verifyMRZ,
}

// A zone is up to three rows of the same length.
type zone struct {
	row   [3][]byte
	rows  int
	start int
	end   int
}

func verifyMRZ(text []byte, at int) detectors.Match {
	if at == 0 || !mrzByte(text[at-1]) || text[at-1] == '<' {
		return detectors.Match{} // a stream operator, or not the first of its run
	}
	var z zone
	start, end := mrzRow(text, at)
	switch end - start {
	case 88, 72: // rows glued together
		z.cut(text[start:end], 2)
		z.start, z.end = start, end
	case 90:
		z.cut(text[start:end], 3)
		z.start, z.end = start, end
	case 30, 36, 44:
		z.read(text, start, end-start)
	default:
		return detectors.Match{}
	}
	switch n := len(z.row[0]); {
	case n == 44 && z.rows >= 2:
		return z.judge(z.td3())
	case n == 36 && z.rows >= 2:
		return z.judge(z.td2())
	case n == 30 && z.rows == 3:
		return z.judge(z.td1())
	case n >= 36 && travelRow(z.row[0]): // the first row was cut away
		return shape.Specimen(z.start, z.end, detectors.A, specimens.Document(number(z.row[0][:9])) || string(z.row[0][10:13]) == "UTO")
	}
	return detectors.Match{}
}

func mrzByte(c byte) bool { return shape.Upper(c) || shape.Digit(c) || c == '<' }

// mrzRow returns the bounds of the MRZ characters round text[at], looking at
// most 91 bytes each way.
func mrzRow(text []byte, at int) (start, end int) {
	for start = at; start > 0 && at-start < 91 && mrzByte(text[start-1]); start-- {
	}
	for end = at; end < len(text) && end-at < 91 && mrzByte(text[end]); end++ {
	}
	return start, end
}

// cut divides text into n rows.
func (z *zone) cut(text []byte, n int) {
	length := len(text) / n
	for z.rows = 0; z.rows < n; z.rows++ {
		z.row[z.rows] = text[z.rows*length : (z.rows+1)*length]
	}
}

// read takes the row at text[start] and the rows of the same length above and
// below it.
func (z *zone) read(text []byte, start, length int) {
	z.start = start
	for range 2 {
		above, ok := rowAbove(text, z.start, length)
		if !ok {
			break
		}
		z.start = above
	}
	for i := z.start; z.rows < 3 && i < len(text); {
		s, e := mrzRow(text, i)
		if s != i || e-s != length {
			break
		}
		z.row[z.rows] = text[s:e]
		z.rows++
		z.end = e
		i = e
		for n := 0; n < 8 && i < len(text) && between(text, i); n++ {
			i++
		}
	}
}

// rowAbove returns the start of the row of that length before text[start].
func rowAbove(text []byte, start, length int) (int, bool) {
	i := start
	for i > 0 && start-i < 8 && between(text, i-1) {
		i--
	}
	if i == start || i < length {
		return 0, false
	}
	s, e := mrzRow(text, i-1)
	return s, e == i && e-s == length
}

// between tells whether text[i] may stand between two rows: a line end, written
// out or escaped as in JSON, a blank or a bar.
func between(text []byte, i int) bool {
	switch text[i] {
	case '\n', '\r', ' ', '\t', '|', '/', '\\':
		return true
	case 'n', 'r':
		return i > 0 && text[i-1] == '\\'
	}
	return false
}

func (z *zone) judge(ok bool) detectors.Match {
	if !ok {
		return shape.Miss(z.start, z.end)
	}
	m := shape.Hit(z.start, z.end, detectors.A)
	if specimens.Document(number(z.row[0][5:14])) || specimens.Document(number(z.row[1][:9])) || string(z.row[0][2:5]) == "UTO" || string(z.row[1][15:18]) == "UTO" {
		m.Sort = detectors.Specimen
	}
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

// travelRow checks number, birth and expiry of the second row of TD2 and TD3,
// and that a sex stands between.
func travelRow(row []byte) bool {
	sex := row[20]
	return checked(row, [2]int{0, 9}, [2]int{13, 19}, [2]int{21, 27}) && shape.Digit(row[13]) && (sex == 'M' || sex == 'F' || sex == 'X' || sex == '<')
}

func (z *zone) td3() bool { return travelRow(z.row[1]) }

func (z *zone) td2() bool {
	if string(z.row[0][:5]) == "IDFRA" { // the French card of 1988 to 2021
		return checked(z.row[1], [2]int{0, 12}, [2]int{27, 33})
	}
	return travelRow(z.row[1])
}

func (z *zone) td1() bool {
	return checked(z.row[0], [2]int{5, 14}) && checked(z.row[1], [2]int{0, 6}, [2]int{8, 14})
}
