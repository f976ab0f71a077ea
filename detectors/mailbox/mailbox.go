// Package mailbox tells, from the words of rules/values.yml, whose mailbox an
// address is: a person's, a role's, or one to be filled in.
package mailbox

import (
	"sync"

	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/rules"
)

// longest is the length of the longest first word looked up, in bytes, and longestDomain
// that of the longest domain of a provider.
const longest, longestDomain = 24, 24

// OfRole tells whether an address is of a role or a machine, not a person's: the
// first word of its local part, up to '.', '-', '_' or '+', or all of it, is one of
// roles; or it is what an organisation is called by, at a domain of its own.
// union@syndicat.example is nobody's, union.essai@ at a provider of mailboxes is
// somebody's.
func OfRole(local, domain []byte) bool {
	var buf [longest]byte
	word, ok := first(local, &buf)
	if !ok {
		return false
	}
	w := words()
	return w.roles[string(word)] || w.houses[string(word)] && !ofProvider(domain)
}

// ToFillIn tells whether a local part is to be filled in: prenom.nom@….
func ToFillIn(local []byte) bool {
	var buf [longest]byte
	word, ok := first(local, &buf)
	return ok && words().placeholders[string(word)]
}

// first returns the first word of a local part in small letters, in buf; none when
// it is longer than any that is looked up.
func first(local []byte, buf *[longest]byte) ([]byte, bool) {
	n := 0
	for i, c := range local {
		if c == '-' || c == '_' || c == '.' || c == '+' {
			if i < 3 { // e-mail, no-reply, no.reply
				continue
			}
			break
		}
		if n == len(buf) {
			return nil, false
		}
		buf[n] = small(c)
		n++
	}
	return buf[:n], true
}

// ofProvider tells whether anybody gets a mailbox at domain.
func ofProvider(domain []byte) bool {
	var buf [longestDomain]byte
	if len(domain) > len(buf) {
		return false
	}
	for i, c := range domain {
		buf[i] = small(c)
	}
	return words().providers[string(buf[:len(domain)])]
}

func small(c byte) byte {
	if shape.Upper(c) {
		return c | 0x20
	}
	return c
}

type vocabulary struct{ roles, houses, placeholders, providers map[string]bool }

// words are read when the first address is met: a run without any does not pay for
// them.
var words = sync.OnceValue(func() *vocabulary {
	v := rules.ValueWords().Email
	return &vocabulary{roles: set(v.Roles), houses: set(v.Houses), placeholders: set(v.Placeholders), providers: set(v.Providers)}
})

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
