package columns

import (
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
)

// systems makes a system of each name, without locations: where it keeps data is for
// people to say.
func (b *builder) systems(t *register.Treatment, names []string) {
	for _, name := range names {
		id := ""
		for _, s := range b.reg.Systems {
			if forms.Key(s.Name) == forms.Key(name) {
				id = s.ID
			}
		}
		if id == "" {
			id = forms.IDs{}.New(name)
			for b.reg.System(id) != nil {
				id += "-2"
			}
			b.reg.Systems = append(b.reg.Systems, register.System{ID: id, Name: name})
		}
		t.Systems = append(t.Systems, id)
	}
}
