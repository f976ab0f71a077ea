package mailbox

import (
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// Every word can be met, none is lost to a slip of the list and none stands twice.
func TestWords(t *testing.T) {
	v := rules.ValueWords().Email
	for _, lists := range [][][]string{{v.Roles, v.Houses}, {v.Placeholders}} {
		seen := map[string]bool{}
		for _, list := range lists {
			for _, w := range list {
				var buf [longest]byte
				if got, ok := first([]byte(w), &buf); !ok || string(got) != w {
					t.Errorf("%q can never be met", w)
				}
				if seen[w] {
					t.Errorf("%q stands twice", w)
				}
				seen[w] = true
			}
		}
	}
	for _, p := range v.Providers {
		if !ofProvider([]byte(p)) {
			t.Errorf("%q is longer than what is looked up", p)
		}
	}
	if len(words().providers) != len(v.Providers) {
		t.Error("a provider stands twice")
	}
}

func TestOfRole(t *testing.T) {
	const own = "entreprise.example"
	provider := rules.ValueWords().Email.Providers[0]
	for _, c := range []struct {
		why, local, domain string
		want               bool
	}{
		{"a role", "contact", own, true},
		{"a role anywhere", "contact", provider, true},
		{"in two words", "no-reply", own, true},
		{"of a place", "Support-Paris", own, true},
		{"joining", "adhesion", own, true},
		{"a long one", "protectiondesdonnees", own, true},
		{"a house at its own domain", "union.locale", own, true},
		{"a house alone at its own domain", "bureau", own, true},
		{"a surname at a provider", "bureau.anne", provider, false},
		{"a household at a provider", "maison", provider, false},
		{"capitals at a provider", "Union.Essai", "GMAIL.com", false},
		{"below a provider it is a domain of its own", "bureau", "essai." + provider, true},
		{"a person", "anne.bureau", own, false},
		{"starts like a role", "informa.essai", own, false},
		{"longer than all roles", "protectiondesdonneespersonnelles", own, false},
	} {
		if got := OfRole([]byte(c.local), []byte(c.domain)); got != c.want {
			t.Errorf("%s: %t", c.why, got)
		}
	}
}

func TestToFillIn(t *testing.T) {
	for local, want := range map[string]bool{"prenom.nom": true, "Prenom": true, "xxx": true, "anne.essai": false} {
		if got := ToFillIn([]byte(local)); got != want {
			t.Errorf("%s: %t", local, got)
		}
	}
}
