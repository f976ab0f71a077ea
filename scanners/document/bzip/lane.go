package bzip

// A lane puts one block in order. In the order of contexts the bytes that follow
// a run of equal bytes stand together too, so the way from each byte to the next
// one of the text is told by a piece per run: a few thousand steps in the second
// level cache, where a table of 900,000 numbers misses it at every byte.
type lane struct {
	pieces []piece
	starts []int32 // of the pieces
	order  []int32 // pieces by where they lead
	at     uint32  // the piece of the next byte
	off    uint32  // and where in it
}

// A piece is a stretch of equal bytes of which each leads to the one behind where
// the one before it leads. Eight bytes, so that the pieces of a block stay in the
// cache.
type piece struct {
	dest uint32 // the piece where its first byte leads
	off  uint8  // and the place in it
	size uint8
	char byte
}

// longest bounds a piece: one that leads to many others would be long in finding
// the right one.
const longest = 64

// start makes the pieces of k.
func (l *lane) start(k *block) {
	var first, place [257]int32 // of each byte: its pieces, its place
	for _, r := range k.runs {
		first[int(r.char)+1] += (r.size + longest - 1) / longest
		place[int(r.char)+1] += r.size
	}
	for c := range 256 {
		first[c+1] += first[c]
		place[c+1] += place[c]
	}
	n := int(first[256])
	l.pieces, l.starts, l.order = room(l.pieces, n), room(l.starts, n), l.order[:0]
	for _, r := range k.runs {
		for left := r.size; left > 0; left -= longest {
			size := min(left, longest)
			i := first[r.char]
			l.pieces[i], l.starts[i] = piece{char: r.char, size: uint8(size)}, place[r.char]
			l.order = append(l.order, i)
			first[r.char]++
			place[r.char] += size
		}
	}
	l.lead()
	l.at, l.off = 0, uint32(k.origin)
	l.settle()
}

// lead finds where each piece leads. Both lists go up, so one walk will do.
func (l *lane) lead() {
	at, in := int32(0), int32(0)
	for _, i := range l.order {
		for at >= l.starts[in]+int32(l.pieces[in].size) {
			in++
		}
		p := &l.pieces[i]
		p.dest, p.off = uint32(in), uint8(at-l.starts[in])
		at += int32(p.size)
	}
}

// settle finds the piece that off is in.
func (l *lane) settle() {
	for l.off >= uint32(l.pieces[l.at].size) {
		l.off -= uint32(l.pieces[l.at].size)
		l.at++
	}
}

func room[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	return list[:n]
}

// run writes the next bytes of the text to out.
func (l *lane) run(out []byte) {
	pieces, at, off := l.pieces, l.at, l.off
	for i := range out {
		out[i], at, off = step(pieces, at, off)
	}
	l.at, l.off = at, off
}

// runFour does the same for four lanes at once: while one waits for its next
// piece the others go on.
func runFour(l *[4]*lane, out *[4][]byte) {
	a, b, c, d := l[0].pieces, l[1].pieces, l[2].pieces, l[3].pieces
	ai, bi, ci, di := l[0].at, l[1].at, l[2].at, l[3].at
	ao, bo, co, do := l[0].off, l[1].off, l[2].off, l[3].off
	n := len(out[0])
	oa, ob, oc, od := out[0][:n], out[1][:n], out[2][:n], out[3][:n]
	for i := range oa {
		oa[i], ai, ao = step(a, ai, ao)
		ob[i], bi, bo = step(b, bi, bo)
		oc[i], ci, co = step(c, ci, co)
		od[i], di, do = step(d, di, do)
	}
	l[0].at, l[1].at, l[2].at, l[3].at = ai, bi, ci, di
	l[0].off, l[1].off, l[2].off, l[3].off = ao, bo, co, do
}

// step returns the byte at off in a piece and where the next one is. Most often
// that is in the piece led to or in the one behind it, which no branch could
// foresee: that much is arithmetic.
func step(pieces []piece, at, off uint32) (byte, uint32, uint32) {
	p := &pieces[at]
	at, off = p.dest, off+uint32(p.off)
	size := uint32(pieces[at].size)
	beyond := uint32(int32(size-1-off) >> 31) // all ones when off is behind the piece
	at, off = at-beyond, off-size&beyond
	for off >= uint32(pieces[at].size) {
		off -= uint32(pieces[at].size)
		at++
	}
	return p.char, at, off
}
