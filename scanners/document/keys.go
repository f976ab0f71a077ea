package document

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// keys are the distinct places a document names: key paths of JSON and YAML,
// elements of XML. Place 0 is the document itself.
type keys struct {
	columns []item.Column
	names   []string
	parent  []int32
	kids    []int32 // how many children a place has
	next    []int32 // the child met after this one the last time, as a guess
	index   map[childKey]int32
	told    int // places whose neighbours were filled in
}

type childKey struct {
	parent int32
	name   string
}

// Bounds on places: keys that are identifiers of persons would otherwise make
// one place each. What is over them is called `*`.
const (
	maxKids   = 256
	maxPlaces = 4096
	maxKey    = 80 // bytes
	maxDepth  = 200
)

// newKeys starts a document; its own name stands as container of its first keys.
func newKeys(name string) *keys {
	return &keys{
		columns: []item.Column{{Container: name}}, names: []string{""}, parent: []int32{-1},
		kids: []int32{0}, next: []int32{0}, index: map[childKey]int32{}, told: 1,
	}
}

// child returns the place called name within parent. last is the place met
// before it: records repeat, so the one that followed last time is tried first.
func (k *keys) child(parent, last int32, name []byte) int32 {
	if n := k.next[last]; n > 0 && k.parent[n] == parent && k.names[n] == string(name) {
		return n
	}
	n, ok := k.index[childKey{parent, string(name)}]
	if !ok {
		n = k.add(parent, name)
	}
	k.next[last] = n
	return n
}

// add makes a place, or returns the one for keys that are no names.
func (k *keys) add(parent int32, key []byte) int32 {
	name := string(key)
	if !isKeyName(name) || k.kids[parent] >= maxKids || len(k.names) >= maxPlaces {
		name = "*"
		if n, ok := k.index[childKey{parent, name}]; ok {
			return n
		}
		if len(k.names) >= maxPlaces+maxKids {
			return parent
		}
	}
	n := int32(len(k.names))
	k.index[childKey{parent, name}] = n
	k.kids[parent]++
	k.names = append(k.names, name)
	k.parent = append(k.parent, parent)
	k.kids, k.next = append(k.kids, 0), append(k.next, 0)
	k.columns = append(k.columns, item.Column{Container: k.path(parent), Name: name})
	return n
}

// path writes a place as `client.adresse`; the document's own name when it is
// the whole of it.
func (k *keys) path(n int32) string {
	if n == 0 {
		return k.columns[0].Container
	}
	var names []string
	for ; n > 0; n = k.parent[n] {
		names = append(names, k.names[n])
	}
	for i, j := 0, len(names)-1; i < j; i, j = i+1, j-1 {
		names[i], names[j] = names[j], names[i]
	}
	return strings.Join(names, ".")
}

// list returns the places met so far as columns, each with its neighbours.
func (k *keys) list() []item.Column {
	if k.told == len(k.columns) {
		return k.columns
	}
	around := map[int32][]string{}
	for i, p := range k.parent {
		if i > 0 && len(around[p]) < near {
			around[p] = append(around[p], k.names[i])
		}
	}
	for i := k.told; i < len(k.columns); i++ {
		k.columns[i].Neighbours = around[k.parent[i]]
	}
	k.told = len(k.columns)
	return k.columns
}

// isKeyName tells names of keys from data used as keys, which must not be shown.
func isKeyName(s string) bool {
	if s == "" || len(s) > maxKey {
		return false
	}
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '@' && i > 0, c < ' ':
			return false
		case c >= '0' && c <= '9':
			digits++
		}
	}
	return digits < 6 && digits < len(s)
}

// A mark says which place the text from an offset on belongs to.
type mark struct{ at, place int32 }

// marks are in order of offset.
type marks []mark

// find returns the index of the mark that rules offset; -1 before the first.
func (m marks) find(offset int) int {
	lo, hi := 0, len(m)
	for lo < hi {
		if mid := (lo + hi) / 2; int(m[mid].at) <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}
