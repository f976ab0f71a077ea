package reconcile

// A linkedPair is two kinds of gap that one act of a person settles, when they are
// about one category in one object: the second is told with the first.
type linkedPair struct {
	main, under Kind
	category    string
}

var linkedPairs = []linkedPair{
	// A NIR that is neither declared nor allowed: declaring it would not help.
	{UndeclaredCategory, NIRNotAuthorised, "nir"},
	{UndeclaredSystem, NIRNotAuthorised, "nir"},
	// A security code goes, declared or not.
	{ForbiddenData, UndeclaredCategory, "payment_card"},
	{ForbiddenData, UndeclaredSystem, "payment_card"},
}

// link marks the gaps that are told with another. They stay, as notes, in what
// machines read; people see one gap and one act.
func link(gaps []Gap) {
	type key struct {
		kind             Kind
		category, object string
	}
	at := map[key]*Gap{}
	for i := range gaps {
		if g := &gaps[i]; g.leads() {
			at[key{g.Kind, g.Category, g.Object}] = g
		}
	}
	for i := range gaps {
		g := &gaps[i]
		for _, p := range linkedPairs {
			main := at[key{p.main, p.category, g.Object}]
			if g.Kind != p.under || g.Category != p.category || main == nil || !oneThing(g) {
				continue
			}
			g.Under, g.Level = main.RuleID(), Note
			if p.under == NIRNotAuthorised {
				main.Also = p.under
			}
		}
	}
}

// leads tells whether other gaps may be told with this one.
func (g *Gap) leads() bool {
	for _, p := range linkedPairs {
		if g.Kind == p.main && g.Category == p.category {
			return true
		}
	}
	return false
}

// oneThing tells whether the object of a gap holds one thing, as a column does:
// what is forbidden in a file says nothing of the rest of the file. The NIR is
// one wherever it is.
func oneThing(g *Gap) bool {
	return g.Category == "nir" || g.Object != g.At.Target+":"+g.At.Path || g.At.Column != ""
}
