package reconcile

// declarations judges the register itself, by the rules of rules/law. The rules
// are built in and held by tests: one that does not read raises nothing here.
func declarations(r *run) []Gap {
	if r.Register == nil {
		return nil
	}
	gaps, err := Declarations(r.Rules, r.Register, OnRegister, r.Date)
	if err != nil {
		return nil
	}
	seen := map[string]bool{}
	for _, g := range r.gaps {
		if g.Kind == NIRNotAuthorised {
			seen[g.Treatment] = true
		}
	}
	kept := gaps[:0]
	for _, g := range gaps {
		// A NIR found says more than the same NIR declared.
		if g.Kind != NIRNotAuthorised || !seen[g.Treatment] {
			kept = append(kept, g)
		}
	}
	return kept
}

// CheckRegister is `ecart register check`: the declaration alone, as a result
// that reports can write.
func CheckRegister(in Input) (Result, error) {
	if _, err := openLawBook(); err != nil {
		return Result{}, err
	}
	r := &run{Input: in, targets: map[string]Target{}, gaps: map[string]*Gap{}, sightings: newSightings()}
	r.add(declarations(r)...)
	return r.result(), nil
}
