package names

import (
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
)

// maxComment is how many words of a comment are read: what comes later seldom
// says what the slot holds.
const maxComment = 10

// comment weighs the first clause of a comment, label or annotation. It speaks
// fully for a name that says nothing, and supports one that agrees.
func (w *weigher) comment(text string) {
	clause := firstClause(text)
	tokens := w.j.lexis.tokens(clause)
	if len(tokens) == 0 || len(tokens) > maxComment {
		tokens = tokens[:min(len(tokens), maxComment)]
	}
	n := len(w.out)
	scale := 0.7
	if w.opaque {
		scale = 1
	}
	if w.own&(technical|flag) != 0 && w.own&person == 0 || w.own == ref {
		return // the name says that this is about the datum, not the datum
	}
	w.weigh(tokens, where{"le commentaire", "the comment"}, scale)
	for i := n; i < len(w.out); i++ {
		w.out[i].at = 0
		w.agree(&w.out[i], n)
	}
}

// agree lets a comment and a name that speak of the same category add up.
func (w *weigher) agree(c *candidate, n int) {
	for i := range w.out[:n] {
		o := &w.out[i]
		if w.j.book.rules[o.rule].category == w.j.book.rules[c.rule].category && c.score > 0.2 && o.score > 0 {
			o.score += 0.25
			w.say(o, where{"le commentaire le confirme", "the comment agrees"}, 0.25)
			return
		}
	}
	if !w.opaque && c.score >= detectors.Sure && n > 0 && w.out[0].score >= detectors.Sure {
		c.score = detectors.Sure - 0.05
	}
}

// firstClause cuts a comment at the first mark that ends a thought.
func firstClause(text string) string {
	if len(text) > maxName {
		text = text[:maxName]
	}
	if i := strings.IndexAny(text, ".;:(\n"); i > 0 {
		text = text[:i]
	}
	return text
}
