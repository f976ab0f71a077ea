package names

import (
	"slices"
	"strings"
)

// declared weighs type, length and key.
func (w *weigher) declared(c *candidate) {
	r := &w.j.book.rules[c.rule]
	if why := w.refused(r); why.fr != "" {
		c.score -= 1
		w.say(c, why, -1)
	}
	if r.media && w.kind == isBlob && r.category != "communication_content" {
		c.score += 0.25
		w.say(c, where{"des octets : l'image elle-même", "bytes: the picture itself"}, 0.25)
	}
	if w.isConstant() {
		c.score -= 0.6
		w.say(c, where{"une constante du code", "a constant of the code"}, -0.6)
	}
	if r.declared && w.c.Length == 0 || r.length.Min == 0 && r.length.Max > 0 && (w.c.Length == 0 || w.c.Length > r.length.Max) {
		c.score -= 0.5 // a rule of short slots only: a title of five letters
		w.say(c, where{"n'est pas déclaré assez court", "not declared short enough"}, -0.5)
	}
	if n := w.c.Length; n > 0 && w.kind != isBool && w.kind != isInt && w.kind != isDecimal {
		switch {
		case r.length.Min > 0 && n < r.length.Min:
			c.score -= 0.5
			w.say(c, where{"longueur déclarée trop courte", "declared too short"}, -0.5)
		case r.length.Min >= 8 && r.length.Max > 0 && n <= r.length.Max:
			c.score += 0.1
			w.say(c, where{"la longueur déclarée convient", "declared length fits"}, 0.1)
		}
	}
}

// isConstant tells whether the name is a constant of a class, which holds a key
// or a label: GP_PASSWORD_REGEX of Constants. Columns in capitals have a length
// or stand in tables in capitals.
func (w *weigher) isConstant() bool {
	if w.c.Length > 0 || !strings.Contains(w.c.Name, "_") || w.c.Name != strings.ToUpper(w.c.Name) {
		return false
	}
	class := w.c.Container[strings.LastIndexAny(w.c.Container, `./\:`)+1:]
	return strings.EqualFold(w.c.Type, "string") && class != strings.ToUpper(class) && class != strings.ToLower(class)
}

// dated are the direct categories a date may be part of.
var dated = map[string]bool{"birth_date": true, "id_document": true, "payment_card": true}

// refused tells why the declared type cannot hold the category; empty when it can.
func (w *weigher) refused(r *rule) where {
	if r.category == "person_name" && w.c.Type == "emailaddress" {
		return where{"une adresse électronique n'est pas un nom", "a mailbox is no name"}
	}
	if w.kind == "" {
		if w.j.lexis.isClass(w.c.Type) && slices.ContainsFunc(w.j.lexis.machinery, func(end string) bool { return strings.HasSuffix(w.c.Type, end) }) {
			return where{"une pièce du programme", "a part of the program"}
		}
		if r.anywhere && w.j.lexis.isClass(w.c.Type) {
			return where{"une référence à un autre objet", "a reference to another object"}
		}
		return where{}
	}
	if w.kind == isMasked {
		return where{"des astérisques ne contiennent plus rien", "asterisks hold nothing any more"}
	}
	if r.direct {
		switch {
		case w.kind == isBool:
			return where{"un oui ou non ne contient pas cette donnée", "a yes or no holds no such value"}
		case w.kind == isRelation:
			return where{"une référence à un autre enregistrement", "a reference to another record"}
		case (w.kind == isDate || w.kind == isTime) && !dated[r.category]:
			return where{"une date ne contient pas cette donnée", "a date holds no such value"}
		}
	}
	for _, k := range r.not {
		if w.kind.is(k) {
			return where{"le type " + k + " ne contient pas cette donnée", "type " + k + " holds no such value"}
		}
	}
	return where{}
}
