package detectors

// A classLoop finds events byte by byte: the plain finder, against which the
// fast one is tested.
type classLoop struct{ engine *Engine }

func (f classLoop) find(text []byte, s *sight) {
	s.reset(len(text))
	clear(s.starts)
	before := uint8(0) // class of the byte before: letter, digit, or 0
	for i := 0; i < len(text); i++ {
		class := classes[text[i]] & (isDigit | isLetter)
		if class == isLetter && !letterAt(text, i) {
			class = 0
		}
		if class != 0 && before == 0 {
			s.starts[i/block] |= 1 << (i % block)
		}
		switch {
		case class == isDigit && before == 0:
			s.shapes = numberEvents(f.engine, text, i, s.shapes)
		case class == isLetter:
			f.letter(text, i, before, s)
		case class == 0:
			s.shapes = signEvents(text, i, s.shapes)
		}
		before = class
	}
}

// numberEvents appends what starts with the number at i.
func numberEvents(e *Engine, text []byte, i int, list []event) []event {
	run := digitRun(text, i)
	n, ev := countDigits(text, i, run), event{at: int32(i), run: uint8(run) + 1}
	if n >= 9 && e.nine {
		ev.kind = number9
		list = append(list, ev)
	}
	if n >= 10 && text[i] == '0' {
		ev.kind = number10
		list = append(list, ev)
	}
	switch {
	case n >= 14:
		ev.kind = number14
		list = append(list, ev)
	case n == 13:
		ev.kind = number13
		list = append(list, ev)
	}
	return list
}

// signEvents appends what is seen by the sign at i.
func signEvents(text []byte, i int, list []event) []event {
	switch text[i] {
	case '+':
		if digitAt(text, i+1) {
			list = append(list, event{at: int32(i), kind: aPlus})
		}
	case '@':
		if mailSign(text, i) {
			list = append(list, event{at: int32(i), kind: anAt})
		}
	case '.':
		list = dotEvents(text, i, list)
	case ':':
		if at, ok := colonChain(text, i); ok {
			list = append(list, event{at: int32(at), kind: someColons})
		}
	case 0xC2:
		if at, ok := degrees(text, i); ok {
			list = append(list, event{at: int32(at), kind: aDegree})
		}
	case '<':
		if filler(text, i) {
			list = append(list, event{at: int32(i), kind: anAngle})
		}
	}
	return list
}

// dotEvents appends the octets and decimals around the dot at i.
func dotEvents(text []byte, i int, list []event) []event {
	if !digitAt(text, i+1) {
		return list
	}
	at, ok := shortNumber(text, i)
	if !ok {
		return list
	}
	if octets(text, i) {
		list = append(list, event{at: int32(at), kind: someOctets})
	}
	if fourDigits(text, i+1) {
		list = append(list, event{at: int32(at), kind: aDecimal})
	}
	return list
}

// letter sees what starts with the letter at i, before it the class.
func (f classLoop) letter(text []byte, i int, before uint8, s *sight) {
	if before == 0 {
		s.shapes = shapeEvents(text, i, s.shapes)
	}
	if before == 0 || before == isLetter && camelAt(text, i) {
		if end := wordEnd(text, i); end-i >= minWord {
			s.words = f.engine.words.find(text, i, end, s.words)
		}
	}
}

// shapeEvents appends the shapes that start with two letters at i.
func shapeEvents(text []byte, i int, list []event) []event {
	if ibanShape(text, i) {
		list = append(list, event{at: int32(i), kind: anIBAN})
	}
	if plateShape(text, i) {
		list = append(list, event{at: int32(i), kind: aPlate})
	}
	return list
}

// camelAt tells whether a capital at i starts a new word: dateNaissance. Behind an
// accent it does not: SIÈGE, SÉCURITÉ and MÉDECIN are one word each.
func camelAt(text []byte, i int) bool {
	return classes[text[i]]&isUpper != 0 && classes[text[i-1]]&isUpper == 0 && text[i-1] < 0x80
}

// wordEnd returns the end of the word that starts at i.
func wordEnd(text []byte, i int) int {
	for i++; letterAt(text, i) && !camelAt(text, i); i++ {
	}
	return i
}
