package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// permissions notes what an application asks of a phone or a browser.
func (s *source) permissions(u *unit) {
	for i := range u.toks {
		t := &u.toks[i]
		if t.kind != tokName {
			continue
		}
		for _, w := range s.words.asking[string(u.src[t.start:t.end])] {
			alone := w.member == "" && (u.isMember(i-1) || u.kind(i-1) == tokText)
			if alone || w.member != "" && u.isMember(i+1) && u.is(i+2, w.member) {
				s.permission(w.permission, int(t.line))
			}
		}
	}
}

// An asking is a word that asks for a permission: by itself, or with the member
// behind it.
type asking struct {
	member     string
	permission *permission
}

// askings returns the words that ask, by their first name.
func askings(list []permission) map[string][]asking {
	words := map[string][]asking{}
	for i := range list {
		for _, w := range list[i].Words {
			name, member, _ := strings.Cut(w, ".")
			words[name] = append(words[name], asking{member, &list[i]})
		}
	}
	return words
}

// asked is the container of what a permission gives: the user of the application.
const asked = "utilisateur"

// permission declares what a permission gives, once a file.
func (s *source) permission(p *permission, line int) {
	for i := range s.columns {
		if s.columns[i].Container == asked && s.columns[i].Name == p.Name {
			return
		}
	}
	if s.seen.aside {
		return
	}
	s.columns = append(s.columns, declared{Column: item.Column{Container: asked, Name: p.Name, Line: line}})
}
