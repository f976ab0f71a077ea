package register

import "slices"

// A tree is a register on its way out: ordered, so that the same register gives
// the same bytes, with the comments that only YAML can hold.
type tree struct {
	pairs   []pair  // a mapping when keyed
	items   []*tree // a list when listed
	text    string  // else a scalar
	keyed   bool
	listed  bool
	bare    bool     // scalar written without quotes: a number
	block   bool     // one line a key or item, even when short
	comment string   // beside it
	words   string   // of a source: the words it rests on, which JSON writes as a key
	todo    []string // lines after its keys: what is still to be said
}

type pair struct {
	key   string
	value *tree
}

func mapping() *tree         { return &tree{keyed: true} }
func word(s string) *tree    { return &tree{text: s} }
func number(s string) *tree  { return &tree{text: s, bare: true} }
func list(ts ...*tree) *tree { return &tree{listed: true, items: ts} }

// add adds a key; a nil value is left out.
func (t *tree) add(key string, value *tree) {
	if value != nil {
		t.pairs = append(t.pairs, pair{key, value})
	}
}

// say adds a text, unless it is empty.
func (t *tree) say(key, text string) {
	if text != "" {
		t.add(key, word(text))
	}
}

// each adds a list; an empty one only when the key was there: an empty list is a
// statement.
func (t *tree) each(key string, has map[string]bool, items []*tree) {
	if len(items) > 0 || has[key] {
		t.add(key, list(items...))
	}
}

// forJSON returns t with what YAML says in comments as keys: the words of a source,
// and what is still to be said.
func (t *tree) forJSON() *tree {
	if t.words == "" && len(t.todo) == 0 {
		return t
	}
	out := *t
	out.pairs = slices.Clone(t.pairs)
	out.say("words", t.words)
	if len(t.todo) > 0 {
		out.add("todo", list(texts(t.todo)...))
	}
	return &out
}

func texts(all []string) []*tree {
	items := make([]*tree, len(all))
	for i, s := range all {
		items[i] = word(s)
	}
	return items
}

// trees makes a tree of each entry.
func trees[T any](all []T, of func(T) *tree) []*tree {
	items := make([]*tree, len(all))
	for i, v := range all {
		items[i] = of(v)
	}
	return items
}

// keys returns the keys of a mapping.
func (t *tree) keys() []string {
	all := make([]string, len(t.pairs))
	for i, p := range t.pairs {
		all[i] = p.key
	}
	return all
}

func (t *tree) has(key string) bool { return slices.Contains(t.keys(), key) }

// at returns entry i of a list, or the value of pair i.
func (t *tree) at(i int) *tree {
	if t.listed {
		return t.items[i]
	}
	return t.pairs[i].value
}
