package bzip

// A stretch is a row of places in the order of contexts that say the same bytes,
// and of which each leads to the place behind where the one before it leads.
type stretch struct {
	start, size int32
	dest        int32  // where its first place leads
	text        uint32 // the bytes said on the way, the first lowest
}

// stretches makes a stretch of each run: the bytes that follow equal bytes stand
// together too. It appends to list.
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
// of the stretches in list says as many bytes as bits tells, and the new ones twice as many.
func double(list, out []stretch, x *index, bits int) []stretch {
	out = room(out, 2*len(list))[:0]
	for _, s := range list {
		in, off := x.find(s.dest)
		for beside := int32(off); s.size > 0; in, beside = in+1, 0 {
			next := &list[in]
			size := min(s.size, next.size-beside)
			out = append(out, stretch{s.start, size, next.dest + beside, s.text | next.text<<bits})
			s.start, s.dest, s.size = s.start+size, s.dest+size, s.size-size
		}
	}
	return out
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
	for bits := 8; bits < 8*ahead; bits *= 2 {
		w.index.mark(w.list, k.size)
		w.spare = double(w.list, w.spare, &w.index, bits)
		w.list, w.spare = w.spare, w.list
	}
	w.spare = cut(w.list, w.spare)
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

// An index finds the stretch of a place. It is apart from the stretches so that
// it stays in the cache.
type index struct {
	first  []uint32 // for every 16th place, the stretch it is in
	starts []int32  // of the stretches; where the last one ends
}

// mark turns the index to list, which has n places.
func (x *index) mark(list []stretch, n int) {
	x.first, x.starts = room(x.first, n>>4+1), room(x.starts, len(list)+1)
	next := 0
	for i, s := range list {
		x.starts[i] = s.start
		for ; next<<4 < int(s.start+s.size); next++ {
			x.first[next] = uint32(i)
		}
	}
	x.starts[len(list)] = int32(n)
}

// find returns the stretch of a place, and where in it that is.
func (x *index) find(place int32) (at, off uint32) {
	at = x.first[place>>4]
	for place >= x.starts[at+1] {
		at++
	}
	return at, uint32(place - x.starts[at])
}
