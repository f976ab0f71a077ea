package bzip

import "math/bits"

// A stretch is a row of places in the order of contexts that say the same bytes,
// and of which each leads to the place behind where the one before it leads.
type stretch struct {
	start, size int32
	dest        int32  // where its first place leads
	text        uint32 // the bytes said on the way, the first lowest
}

// stretches makes a stretch of each run: the bytes that follow equal bytes stand
// together too. It uses the room of list.
func (k *block) stretches(list []stretch) []stretch {
	var first, place [257]int32 // of each byte: its stretches, its place
	for _, r := range k.runs {
		first[int(r.char)+1]++
		place[int(r.char)+1] += r.size
	}
	for c := range 256 {
		first[c+1] += first[c]
		place[c+1] += place[c]
	}
	list = room(list, len(k.runs))
	at := int32(0)
	for _, r := range k.runs {
		list[first[r.char]] = stretch{start: place[r.char], size: r.size, dest: at, text: uint32(r.char)}
		first[r.char]++
		place[r.char] += r.size
		at += r.size
	}
	return list
}

// double goes every way twice: where a stretch leads over several, it is cut. Each
// of the stretches in list says as many bytes as said tells in bits, and the new
// ones twice as many. Over how many a stretch leads can not be foreseen, but most
// often it is one or two: the second is always written, and counted where it is one.
func double(list, out []stretch, x *index, said int) []stretch {
	out = room(out, 2*len(list)+1) // each new one ends where an old one ends, or leads to the end of one
	n := 0
	for i := range list {
		s := &list[i]
		in, off := x.find(s.dest)
		beside := int32(off)
		next := &list[in]
		size := min(s.size, next.size-beside)
		out[n] = stretch{s.start, size, next.dest + beside, s.text | next.text<<said}
		n++
		for rest := s.size - size; ; {
			in = min(in+1, uint32(len(list)-1))
			next = &list[in]
			more := min(rest, next.size)
			out[n] = stretch{s.start + s.size - rest, more, next.dest, s.text | next.text<<said}
			n += int(uint32(-rest) >> 31)
			if rest -= more; rest == 0 {
				break
			}
		}
	}
	return out[:n]
}

// ways are the stretches of one block, made and used before those of the next.
type ways struct {
	list, spare []stretch
	index       index
}

// find returns the stretches of k that say ahead bytes, none longer than a piece
// may be, and marks the index of them.
func (w *ways) find(k *block) []stretch {
	w.list = k.stretches(w.list)
	for said := 8; said < 8*ahead; said *= 2 {
		w.index.mark(w.list, k.size)
		w.spare = double(w.list, w.spare, &w.index, said)
		w.list, w.spare = w.spare, w.list
	}
	w.spare = cut(w.list, room(w.spare, len(w.list)+k.size/longest))
	w.index.mark(w.spare, k.size)
	return w.spare
}

// cut cuts stretches so that none is longer than a piece may be.
func cut(list, out []stretch) []stretch {
	out = out[:0]
	for _, s := range list {
		for ; s.size > longest; s.size -= longest {
			out = append(out, stretch{s.start, longest, s.dest, s.text})
			s.start, s.dest = s.start+longest, s.dest+longest
		}
		out = append(out, s)
	}
	return out
}

// An index finds the stretch of a place by counting those that start up to it. It
// is apart from the stretches so that it stays in the cache.
type index struct {
	words  []word
	starts []int32 // of the stretches
}

// A word has a bit for each of 64 places where a stretch starts.
type word struct {
	marks  uint64
	before uint32 // how many start before these places
}

// mark turns the index to list, which has n places.
func (x *index) mark(list []stretch, n int) {
	x.words, x.starts = room(x.words, n>>6+1), room(x.starts, len(list))
	clear(x.words)
	for i := range list {
		start := list[i].start
		x.starts[i] = start
		x.words[start>>6].marks |= 1 << (start & 63)
	}
	before := uint32(0)
	for i := range x.words {
		x.words[i].before = before
		before += uint32(bits.OnesCount64(x.words[i].marks))
	}
}

// find returns the stretch of a place, and where in it that is.
func (x *index) find(place int32) (at, off uint32) {
	w := &x.words[place>>6]
	at = w.before + uint32(bits.OnesCount64(w.marks<<(63-place&63))) - 1
	return at, uint32(place - x.starts[at])
}
