package code

import "slices"

// maxInputs bounds the values of requests that are noted for one file.
const maxInputs = 40

// input notes a value that is read from a request.
func (a *analysis) input(name string) {
	if len(a.inputs) < maxInputs && !dull(name) && !shouting(name) && !slices.Contains(a.inputs, name) {
		a.inputs = append(a.inputs, name)
	}
}

// asks tells whether the value in [lo, hi) is what a client sends.
func (a *analysis) asks(lo, hi int) bool {
	if lo >= hi || a.kind(lo) != tokName {
		return false
	}
	c := a.chain(lo, hi)
	for i := range c.parts {
		if a.word(&c.parts[i]).any(isRequest) {
			return true
		}
	}
	return false
}

// besides gives each flow from a request the other values asked for in the file,
// and says in an alias that a person typed it: the diagnostic of a form is health
// data, that of a compiler is not.
func (a *analysis) besides() {
	slices.Sort(a.inputs)
	for i := range a.flows {
		f := &a.flows[i].Source
		if f.Container != "" || len(f.Neighbours) > 0 || !slices.Contains(a.inputs, f.Name) {
			continue
		}
		f.Aliases = append(f.Aliases[:len(f.Aliases):len(f.Aliases)], "champ_"+f.Name)
		if len(a.inputs) > 1 {
			f.Neighbours = a.inputs
		}
	}
}
