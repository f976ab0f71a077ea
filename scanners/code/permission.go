package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// permissions notes what an application asks of a phone or a browser.
func (s *source) permissions(u *unit) {
	for i := range u.toks {
		if u.toks[i].kind != tokName {
			continue
		}
		for n := range s.words.permissions {
			p := &s.words.permissions[n]
			for _, w := range p.Words {
				if a, b, dotted := strings.Cut(w, "."); dotted {
					if u.is(i, a) && u.isMember(i+1) && u.is(i+2, b) {
						s.permission(p, int(u.toks[i].line))
					}
				} else if u.is(i, w) && (u.isMember(i-1) || u.kind(i-1) == tokText) {
					s.permission(p, int(u.toks[i].line))
				}
			}
		}
	}
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
