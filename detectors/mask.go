package detectors

import "strings"

// Mask returns name with what looks like a value in it replaced by ‹category›.
// Every name passes here before it enters a Location: files are called by the
// numbers of persons, and headers of tables without a header are values.
func (s *Scanner) Mask(name string) string {
	if !mayHoldValue(name) {
		return name
	}
	hits := s.inName(apart(name))
	hits = append(hits, s.inName(unglued(name, ibanHead))...)
	hits = strongest(append(hits, s.inName(unglued(name, numberHead))...))
	var b strings.Builder
	end := 0
	for _, h := range hits {
		b.WriteString(name[end:h.start])
		b.WriteString("‹" + s.engine.dets[h.source].Category + "›")
		end = int(h.end)
	}
	b.WriteString(name[end:])
	return b.String()
}

// apart returns name with what ties a value to its neighbours in names of files
// made blank, byte for byte: `dossier-1850…-scan`, `paie_1850…_2023` and
// `jean@mail.example.csv`.
func apart(name string) []byte {
	text := []byte(name)
	for i := 1; i+1 < len(text); i++ {
		switch {
		case text[i] == '-' && (letterAt(text, i-1) && digitAt(text, i+1) || digitAt(text, i-1) && letterAt(text, i+1)),
			text[i] == '_' && digitAt(text, i-1) != digitAt(text, i+1),
			text[i] == '_' && longRun(text, i),
			text[i] == '.' && letterAt(text, i-1) && longRun(text, i),
			(text[i] == '-' || text[i] == '.' || text[i] == '_') && ibanHead(text, i+1):
			text[i] = ' '
		}
	}
	for i := len(text) - 1; i > 0 && len(text)-i <= 6; i-- {
		if text[i] == '.' {
			text[i] = ' '
			break
		}
	}
	return text
}

// unglued returns name with the letter before each head of a value made blank:
// ribFR76…, NIR1850….
func unglued(name string, head func(text []byte, i int) bool) []byte {
	text := apart(name)
	for i := 0; i+1 < len(text); i++ {
		if letterAt(text, i) && head(text, i+1) {
			text[i] = ' '
		}
	}
	return text
}

// numberHead tells whether nine digits or more begin at i.
func numberHead(text []byte, i int) bool { return digitRun(text, i) >= 9 }

// ibanHead tells whether two letters, two digits and twelve more of either begin at i.
func ibanHead(text []byte, i int) bool {
	if i+16 > len(text) || !letterAt(text, i) || !letterAt(text, i+1) || !digitAt(text, i+2) || !digitAt(text, i+3) {
		return false
	}
	for _, c := range text[i : i+16] {
		if c >= 0x80 || classes[c]&(isDigit|isLetter) == 0 {
			return false
		}
	}
	return true
}

// longRun tells whether seven digits or more stand on one side of text[i]: the
// numbers of persons, not the parts of a date.
func longRun(text []byte, i int) bool {
	before, after := 0, 0
	for before < 7 && digitAt(text, i-1-before) {
		before++
	}
	for after < 7 && digitAt(text, i+1+after) {
		after++
	}
	return before == 7 || after == 7
}

// mayHoldValue is a quick look: every value masked has 7 digits or an '@'.
func mayHoldValue(name string) bool {
	digits := 0
	for i := range len(name) {
		switch {
		case name[i] >= '0' && name[i] <= '9':
			digits++
		case name[i] == '@':
			return true
		}
	}
	return digits >= 7
}

// inName returns the values in a name, in order, the strongest where two
// overlap. Values of grade B count: a name is no place to look for context.
func (s *Scanner) inName(text []byte) []hit {
	var seen sight
	s.finder.find(text, &seen)
	var hits []hit
	for _, ev := range seen.shapes {
		if ev.kind == someOctets || ev.kind == aDecimal || ev.kind == aPlate {
			continue // versions, sizes and product codes
		}
		for _, det := range s.engine.asked[ev.kind] {
			m := s.engine.dets[det].Verify(text, int(ev.at))
			if m.Len > 0 && m.Sort != NearMiss && m.Grade >= B {
				hits = append(hits, hit{start: int32(m.Start), end: int32(m.Start + m.Len), source: int32(det), tier: sure, confidence: int16(m.Grade)})
			}
		}
	}
	return strongest(hits)
}
