package detectors

// This file finds all shapes of a block at once by shifts and ands of its
// masks, without a branch. What it marks as events is a superset: the functions
// of shapes.go have the last word. The byte k further on is at `x>>k | next<<(64-k)`,
// the one k before at `x<<k | prev>>(64-k)`.

// derive computes the rows that others look ahead at, for blocks and one before
// and after them. The outermost blocks lack
// a neighbour; only their inner bytes are looked at.
func (m *masks) derive(blocks int) {
	var dp, c2p, e2p, small uint64 // of the block before: digit, leads, small letters of ASCII
	for j := range m.digit[:blocks+2] {
		var dn uint64
		if j+1 < len(m.digit) {
			dn = m.digit[j+1]
		}
		d, c2, e2, upper := m.digit[j], m.c2[j], m.e2[j], m.upper[j]
		letter := m.letter[j]
		after, before := d>>1|dn<<63, d<<1|dp>>63
		number := d | m.sep[j]&before&after
		if c2|e2|c2p|e2p != 0 {
			two, three, third := c2<<1|c2p>>63, e2<<1|e2p>>63, e2<<2|e2p>>62
			letter &^= c2 | e2 | two | three | third
			after2, before2 := d>>2|dn<<62, d<<2|dp>>62
			number |= c2&before&after2 | two&before2&after
			number |= e2&before&(d>>3|dn<<61) | three&before2&after2 | third&(d<<3|dp>>61)&after
		}
		lower := letter &^ (upper | m.high[j])
		camel := upper & (lower<<1 | small>>63)
		m.letter[j] = letter
		m.word[j] = letter | d
		m.inside[j] = letter &^ camel
		m.camel[j] = camel
		m.number[j] = number
		m.decimal[j] = m.dot[j] & before & after
		dp, c2p, e2p, small = d, c2, e2, lower
	}
}

// mark finds the events and words of the window.
func (m *masks) mark(blocks int, nine bool) {
	for j := 1; j <= blocks; j++ {
		m.starts[j] = m.word[j] &^ (m.word[j]<<1 | m.word[j-1]>>63)
		m.events[j] = m.numbers(j, nine) | m.signs(j) | m.letters(j)
		in, inn := m.inside[j], m.inside[j+1]
		start := m.letter[j]&m.starts[j] | m.camel[j]
		m.words[j] = start & (in>>1 | inn<<63) & (in>>2 | inn<<62)
	}
}

// numbers marks the starts of numbers of 13 bytes and more, of 10 that start
// with 0, and the letter of Corsica: the seventh sign of a number.
func (m *masks) numbers(j int, nine bool) uint64 {
	n, nn := m.number[j], m.number[j+1]
	two, twon := n&(n>>1|nn<<63), nn&(nn>>1)
	four, fourn := two&(two>>2|twon<<62), twon&(twon>>2)
	eight := four & (four>>4 | fourn<<60)
	ten := eight & (two>>8 | twon<<56)
	thirteen := eight & (four>>8 | fourn<<56) & (n>>12 | nn<<52)
	start := m.digit[j] & m.starts[j]
	found := start & (thirteen | ten&m.zero[j])
	if nine {
		found |= start & eight & (n>>8 | nn<<56)
	}
	p := m.number[j-1]
	six := (n<<1 | p>>63) & (n<<2 | p>>62) & (n<<3 | p>>61) & (n<<4 | p>>60) & (n<<5 | p>>59) & (n<<6 | p>>58)
	return found | m.letter[j]&(m.digit[j]<<1|m.digit[j-1]>>63)&six
}

// signs marks '@', '+', dots, colons, degrees and fillers.
func (m *masks) signs(j int) uint64 {
	d, dn, dp := m.digit[j], m.digit[j+1], m.digit[j-1]
	w, wn, wp := m.word[j], m.word[j+1], m.word[j-1]
	found := m.at[j] & (w>>1 | wn<<63)
	found |= m.plus[j] & (d>>1 | dn<<63)
	found |= m.c2[j] & (d<<1 | dp>>63)
	found |= m.lt[j] & (m.lt[j]>>1 | m.lt[j+1]<<63) & (w<<1 | wp>>63)
	q, qn := m.decimal[j], m.decimal[j+1]
	pair := q & (q>>2 | qn<<62 | q>>3 | qn<<61 | q>>4 | qn<<60)
	pairn := qn & (qn>>2 | qn>>3 | qn>>4)
	found |= q & (pair>>2 | pairn<<62 | pair>>3 | pairn<<61 | pair>>4 | pairn<<60)
	found |= q & (d>>2 | dn<<62) & (d>>3 | dn<<61) & (d>>4 | dn<<60)
	if c := m.colon[j]; c != 0 {
		found |= colons(c, m.colon[j+1])
	}
	return found
}

// colons marks the colons with three more within reach of each other, with
// "::" within reach, or that are the first of "::".
func colons(c, next uint64) uint64 {
	chain, chainn := reach(c, next, c, next)
	if chain|chainn == 0 {
		return 0 // no two of them near each other
	}
	double, doublen := c&(c>>1|next<<63), next&(next>>1)
	chain, chainn = reach(c, next, chain, chainn)
	chain, _ = reach(c, next, chain, chainn)
	first, _ := reach(c, next, double, doublen)
	return double | chain | first
}

// reach returns the bits of c that have a bit of t 1 to 5 bytes further on.
func reach(c, cn, t, tn uint64) (uint64, uint64) {
	near := t>>1 | tn<<63 | t>>2 | tn<<62 | t>>3 | tn<<61 | t>>4 | tn<<60 | t>>5 | tn<<59
	nearn := tn>>1 | tn>>2 | tn>>3 | tn>>4 | tn>>5
	return c & near, cn & nearn
}

// letters marks two letters and two digits (IBAN), and two letters and three
// digits (plates).
func (m *masks) letters(j int) uint64 {
	l, ln := m.letter[j]&^m.high[j], m.letter[j+1]&^m.high[j+1]
	d, dn := m.digit[j], m.digit[j+1]
	s, sn := m.sep[j], m.sep[j+1]
	two := l & m.starts[j] & (l>>1 | ln<<63)
	d3 := d>>3 | dn<<61
	d4 := d>>4 | dn<<60
	near := two & (d>>2 | dn<<62) & d3
	far := two & (s>>2 | sn<<62) & d3 & d4 & (d>>5 | dn<<59)
	wide := m.word[j]>>4 | m.word[j+1]<<60 | s>>4 | sn<<60 | m.high[j]>>4 | m.high[j+1]<<60
	return near&wide | far
}
