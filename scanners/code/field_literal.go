package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// held reads the keys of object literals that stand for a person: they are set to a
// variable whose name, or type, ends with a word of holders. Other literals are
// settings, labels or routes.
func (u *unit) held(holders *patterns) []declared {
	if u.lang != script {
		return nil
	}
	var all []declared
	for i := 1; i < len(u.toks); i++ {
		if !u.is(i, "{") || !u.is(i-1, "=") {
			continue
		}
		name := u.holder(i-2, holders)
		if name == "" {
			continue
		}
		for _, r := range u.split(i+1, u.after(i)-1) {
			if k := u.literalKey(r); k >= 0 && !u.described(k+2) {
				line := int(u.toks[k].line)
				all = append(all, declared{Column: item.Column{Container: name, Name: u.text(k), Line: line, Comment: u.commentBeside(line)}})
			}
		}
	}
	return all
}

// holder returns the name or type before `= {` when it says a person.
func (u *unit) holder(i int, holders *patterns) string {
	for n := 0; n < 4 && u.kind(i) == tokName; n++ {
		if holders.has(lastWord(u.text(i))) || holders.has(fold(u.text(i))) {
			return u.text(i)
		}
		if !u.is(i-1, ":") {
			return ""
		}
		i -= 2
	}
	return ""
}

// lastWord is the last word of a camel or snake name, folded: newUser is user.
func lastWord(name string) string {
	at := strings.LastIndexByte(name, '_') + 1
	for i := len(name) - 1; i > at; i-- {
		if name[i] >= 'A' && name[i] <= 'Z' && isLower(name[i-1]) {
			at = i
			break
		}
	}
	return fold(name[at:])
}

// described tells whether the value at i is an address or a text for people: then
// the literal names things rather than holds them.
func (u *unit) described(i int) bool {
	text := u.text(i)
	return u.kind(i) == tokText && (strings.HasPrefix(text, "/") || strings.HasPrefix(text, "http") || strings.ContainsAny(text, " {"))
}
