package bzip

// inOrder puts a block in order by a table of one number a byte: the place it
// leads to, and the byte. It serves blocks of which the runs are short.
func (k *block) inOrder(table []uint32) []uint32 {
	var place [257]uint32
	for _, r := range k.runs {
		place[int(r.char)+1] += uint32(r.size)
	}
	for c := range 256 {
		place[c+1] += place[c]
	}
	table = room(table, k.size)
	i := uint32(0)
	for _, r := range k.runs {
		for range r.size {
			table[place[r.char]] = i<<8 | uint32(r.char)
			place[r.char]++
			i++
		}
	}
	at := uint32(k.origin)
	for n := range k.text {
		v := table[at]
		k.text[n], at = byte(v), v>>8
	}
	return table
}
