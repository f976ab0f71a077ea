package columns

import (
	"sync"

	"github.com/ecart-rgpd/ecart/register/policy"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file tells which key of a treatment a head fills, for tables without a map.

// fieldKeys are the keys that the fields of a policy fill.
var fieldKeys = map[string]string{
	"number": "ref", "name": "name", "purpose": "purposes", "subpurpose": "purposes", "basis": "legal_bases", "data": "data",
	"retention": "retention", "recipients": "recipients", "companies": "processors", "subjects": "data_subjects",
	"transfers": "transfers", "security": "security", "source": "origin", "role": "role",
}

// Keys of heads that say whose register it is.
const (
	organisationHead = "organisation"
	dpoHead          = "dpo"
)

// A heading names keys by the words of heads.
type heading struct{ set *terms.Set }

var loadHeads = sync.OnceValues(func() (*heading, error) {
	phrases, err := terms.Vocabulary("heads")
	if err != nil {
		return nil, err
	}
	set, err := terms.Compile(phrases)
	return &heading{set}, err
})

// key returns the key that a head fills, "" for none: the words of registers first,
// then those that policies share.
func (h *heading) key(label string) (string, error) {
	t := terms.Read(label)
	if len(t.Tokens) == 0 || len(t.Tokens) > 12 {
		return "", nil
	}
	for _, m := range h.set.Find(t) {
		if m.From == 0 && m.To == len(t.Tokens) {
			return m.ID, nil
		}
	}
	field, err := policy.FieldOf(label)
	return fieldKeys[field], err
}
