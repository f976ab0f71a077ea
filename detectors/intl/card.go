package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// Card finds the numbers of payment cards.
//
// Unit:   one card, so one account.
// Shape:  12 to 19 digits with the prefix and length of a scheme, and Luhn; bare
// or grouped as on cards: 4-4-4-4, 4-6-5, 4-6-4.
// Source: ISO/IEC 7812-1; the schemes' published ranges.
// Errors: one long number in 50 has prefix, length and Luhn by luck; lengths
// other than 15 and 16, bare, need a word.
var Card = &detectors.Detector{
	ID:       "intl.card",
	Title:    "Payment card number",
	Category: "payment_card",
	MaxLen:   34,
	Trigger:  detectors.OnDigits13,
	Context:  "card",
	InCode:   detectors.B,
	InLog:    detectors.B,
	First:    detectors.Runs(4, 6, 8) | detectors.RunsTo(19)&^detectors.RunsTo(12),
	Verify:   verifyCard,
}

// CardCode finds the security codes of payment cards.
//
// Unit:   one card.
// Shape:  3 or 4 digits; no check.
// Source: the schemes; CNIL, délibération n° 2018-303.
// Errors: any such number after the name of the code; years are left out.
var CardCode = &detectors.Detector{
	ID:       "intl.card-code",
	Title:    "Payment card security code",
	Category: "payment_card",
	MaxLen:   4,
	Trigger:  detectors.OnContext,
	Context:  "card_code",
	InCode:   detectors.C,
	Verify:   verifyCardCode,
}

func verifyCard(text []byte, at int) detectors.Match {
	if first := text[at]; first < '2' || first > '6' {
		return detectors.Match{}
	}
	length, bare := cardLength(text, at)
	if length == 0 || bare && scheme(text[at:at+length]) == detectors.None { // most long numbers, not to be read
		return detectors.Match{}
	}
	var n shape.Number
	if !n.Read(text, at, length, nil) || !cardGroups(&n) || shape.Repeats(n.Bytes()[1:]) {
		return detectors.Match{}
	}
	s := n.Bytes()
	strength := scheme(s)
	if strength == detectors.None {
		return detectors.Match{}
	}
	if !checkdigit.Luhn(s) {
		return shape.Miss(at, n.End)
	}
	if !n.Plain() && !n.Mixed {
		strength = detectors.A
	}
	return shape.Specimen(at, n.End, strength, specimens.Card(s))
}

// cardLength counts the digits of the number at text[at], separators apart; 0
// when there are too many or too few for a card. bare tells that there are no
// separators.
func cardLength(text []byte, at int) (n int, bare bool) {
	i := at
	for i < len(text) {
		if shape.Digit(text[i]) {
			n++
			i++
			if n > 19 {
				return 0, false
			}
			continue
		}
		gap := shape.Gap(text, i)
		if gap == 0 || text[i] == '.' || i+gap >= len(text) || !shape.Digit(text[i+gap]) {
			break
		}
		if n >= 12 && i-at == n { // bare: what follows a blank is another number
			break
		}
		i += gap
	}
	if n < 13 {
		return 0, false
	}
	return n, i-at == n
}

func cardGroups(n *shape.Number) bool {
	return n.Plain() || n.Is(4, 4, 4, 4) || n.Is(4, 6, 5) || n.Is(4, 6, 4) || n.Is(4, 4, 4, 4, 3) || n.Is(4, 4, 4, 3) || n.Is(8, 8) || n.Is(6, 4, 6) || n.Is(4, 4, 4, 1)
}

// scheme judges prefix and length: A for the common lengths of the large
// schemes, B for what many other numbers share.
func scheme(s []byte) detectors.Grade {
	p2, p4 := int(checkdigit.Number(s[:2])), int(checkdigit.Number(s[:4]))
	switch n := len(s); {
	case s[0] == '4' && n == 16, n == 16 && p2 >= 51 && p2 <= 55, n == 16 && p4 >= 2221 && p4 <= 2720:
		return detectors.A
	case n == 15 && (p2 == 34 || p2 == 37):
		return detectors.A
	case s[0] == '4' && (n == 13 || n == 19):
		return detectors.B
	case n == 14 && (p2 == 36 || p2 == 38 || p2 == 39 || p4 >= 3000 && p4 <= 3059 || p4 == 3095):
		return detectors.B
	case n >= 16 && (p4 >= 3528 && p4 <= 3589 || p4 == 6011 || p4 >= 6440 && p4 <= 6599 || p2 == 62):
		return detectors.B
	case n >= 13 && (p4 == 5018 || p4 == 5019 || p4 == 5020 || p4 == 5038 || p4 == 5893 || p4 == 6304 || p4 == 6331 || p4 >= 6759 && p4 <= 6763):
		return detectors.B
	}
	return detectors.None
}

// grouped tells whether the digits of text[at:end] are a group of a longer
// number: another of 3 or more stands one separator away.
func grouped(text []byte, at, end int) bool {
	separator := func(i int) bool { return text[i] == ' ' || text[i] == '-' || text[i] == '.' }
	after, before := 0, 0
	if end < len(text) && separator(end) {
		for i := end + 1; i < len(text) && after < 3 && shape.Digit(text[i]); i++ {
			after++
		}
	}
	if at > 0 && separator(at-1) {
		for i := at - 2; i >= 0 && before < 3 && shape.Digit(text[i]); i-- {
			before++
		}
	}
	return after >= 3 || before >= 3
}

func verifyCardCode(text []byte, at int) detectors.Match {
	end := at
	for end < len(text) && end-at < 5 && shape.Digit(text[end]) {
		end++
	}
	if at > 0 && text[at-1] == '(' { // the length of a column
		return detectors.Match{}
	}
	if end-at != 3 && end-at != 4 || !shape.Starts(text, at) || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	if grouped(text, at, end) {
		return detectors.Match{}
	}
	if y := string(text[at : at+2]); end-at == 4 && (y == "19" || y == "20") {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.B)
}
