package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// This file reads the items of lists: their marks, depths and what continues them.

func (b *builder) item(l line, lead, text string, depth int) {
	p := &block{kind: listItem, level: depth, lead: lead}
	p.add(l, text)
	p.intro = b.intro
	if depth > 0 {
		for k := len(b.out) - 1; k >= 0 && b.out[k].kind != heading && b.out[k].kind != tableBlock; k-- {
			if b.out[k].kind == listItem && b.out[k].level < depth {
				p.intro = b.out[k]
				break
			}
		}
	}
	b.push(p)
	b.open = p
}

// itemAt reads the bullet of an item of a list.
func (b *builder) itemAt(i int) (lead, text string, depth int, ok bool) {
	l := b.lines[i]
	if l.kind == itemLine {
		text := strings.TrimSpace(l.text)
		if m := bulletRE.FindStringSubmatch(text); m != nil && m[2] != "o " {
			text = strings.TrimSpace(text[len(m[0]):])
		}
		return "•", text, l.level, true
	}
	if m := bulletRE.FindStringSubmatch(l.text); m != nil && len(strings.TrimSpace(l.text)) > len(strings.TrimSpace(m[0])) {
		lead = strings.TrimSpace(m[2])
		rest := strings.TrimSpace(l.text[len(m[0]):])
		if strings.HasPrefix(rest, "-") && lead == "-" { // a rule: ----
			return "", "", 0, false
		}
		return lead, rest, b.depth(lead, len(m[1])), true
	}
	if m := numberRE.FindStringSubmatch(l.text); m != nil && m[1] == "" && len(m[2]) <= 2 && m[2][0] <= '9' && strings.Contains(m[3], ".") && b.siblings(i) {
		return m[2], strings.TrimSpace(m[4]), 0, true
	}
	return "", "", 0, false
}

// depth tells the level of an item: a star or a circle under dashes is below
// them, and so is what is set further in.
func (b *builder) depth(lead string, indent int) int {
	last := b.lastItem()
	if last == nil {
		return 0
	}
	minor := lead == "*" || lead == "o" || lead == "◦" || lead == "+"
	major := last.lead == "-" || last.lead == "–" || last.lead == "•" || last.lead == "—"
	switch {
	case minor && major && last.level == 0:
		return 1
	case minor && last.lead == lead:
		return last.level
	case indent >= 2 && b.indentOf(last) < indent && last.lead != lead:
		return last.level + 1
	case indent >= 2 && last.lead == lead:
		return last.level
	}
	return 0
}

func (b *builder) lastItem() *block {
	for k := len(b.out) - 1; k >= 0 && k >= len(b.out)-3; k-- {
		if b.out[k].kind == listItem {
			return b.out[k]
		}
	}
	return nil
}

func (b *builder) indentOf(p *block) int {
	if p.no < 1 || p.no > len(b.lines) {
		return 0
	}
	s := b.lines[p.no-1].text
	return len(s) - len(strings.TrimLeft(s, " "))
}

// continues tells whether a line goes on with the block before it.
func (b *builder) continues(p *block, l line, text string) bool {
	if len(l.marks) > 0 { // elements of a page are whole
		return false
	}
	before := strings.TrimRight(p.text, " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(text)
	ended := strings.ContainsRune(".;:!?|", last)
	// "… à la protection des" / "données : par courrier…" is one sentence.
	if b.startsField(text) && (b.width == 0 || ended || !unicode.IsLower(first)) {
		return false
	}
	if b.width > 0 && b.filled(l.no-1, text) {
		return true
	}
	if ended {
		return false
	}
	return unicode.IsLower(first) || first == '(' || first == '«' || last == ',' || unicode.IsDigit(first) && utf8.RuneCountInString(before) > 30 && !addressRE.MatchString(text)
}

var addressRE = pattern.New(`^\d{1,4}\s*(bis|ter|,)?\s*[,]?\s*(rue|avenue|av|bd|boulevard|place|chemin|route|quai|allée|impasse|cours|square|zone)|^\d{5} `)

// filled tells whether line no was full, so that the word after did not fit.
func (b *builder) filled(no int, next string) bool {
	if no < 1 || no > len(b.lines) {
		return false
	}
	word, _, _ := strings.Cut(next, " ")
	n := utf8.RuneCountInString(b.lines[no-1].text)
	return n+1+utf8.RuneCountInString(word) > b.width-3 && n > b.width/2
}

// startsField tells whether a line begins with the label of a field.
func (b *builder) startsField(text string) bool {
	head, _, ok := strings.Cut(text, ":")
	return ok && len(head) < 60 && (b.v.labelOf(head) != "" || contactRE.MatchString(fold(head)))
}

var contactRE = pattern.New(`^(tel|telephone|mail|e-?mail|courriel|adresse|contact|site|siren|siret|rcs|nom|prenom|par (courrier|mail|e-?mail|telephone|courriel)|dpo|dpd|delegue|responsable)[^,]*$`)

// unnumbered takes the number of a numbered paragraph away.
func (b *builder) unnumbered(l line, text string) string {
	if len(l.marks) > 0 {
		return text
	}
	if m := numberRE.FindStringSubmatch(text); m != nil && strings.ContainsAny(m[3], ".)–") && len(m[4]) > 0 && m[2][0] <= '9' {
		return m[4]
	}
	return text
}

// siblings tells whether line i is one of several numbered items in a row.
func (b *builder) siblings(i int) bool {
	return b.numbered(i+1) || i > 0 && b.numbered(i-1)
}

func (b *builder) numbered(i int) bool {
	if i < 0 || i >= len(b.lines) {
		return false
	}
	m := numberRE.FindStringSubmatch(b.lines[i].text)
	return m != nil && m[1] == "" && m[2][0] <= '9' && !strings.Contains(m[2], ".") && strings.Contains(m[3], ".")
}
