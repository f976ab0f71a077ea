package rules

import "sync"

// A Declared is one of the words that are ids in a register: a legal basis, a
// condition of Art. 9, a safeguard, a role, a key.
type Declared struct {
	Kind  string `yaml:"kind"` // basis condition safeguard role recipient field
	ID    string `yaml:"id"`
	DPV   string `yaml:"dpv"` // term of the Data Privacy Vocabulary; empty for none
	Label Text   `yaml:"label"`
}

// DeclaredWord returns the word of a kind with this id; its label is the id when
// there is none.
func DeclaredWord(kind, id string) Declared {
	all, err := declared()
	if err == nil {
		for _, d := range all {
			if d.Kind == kind && d.ID == id {
				return d
			}
		}
	}
	return Declared{Kind: kind, ID: id, Label: Text{FR: id, EN: id}}
}

var declared = sync.OnceValues(func() ([]Declared, error) { return List[Declared](nil, "declared") })
