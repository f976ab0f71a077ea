package policy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// A statement is one sentence, or the value of one field, with what takes its
// force away.
type statement struct {
	text    string
	words   terms.Text
	block   *block
	section *section
	no      int    // line
	off     int    // in the block's text
	field   string // of labels.yml when the text is the value of a field
	lead    bool   // stands before the fields of its block
	label   string // "Traitements commerciaux : …"
	first   bool   // of its block
	dashed  bool   // its label is one of several before a dash

	definition, negative, right, conditional bool

	before *statement // in its block
	uses   *[]string  // its purposes, once they were looked for
	did    *[]string  // its deeds, likewise

	treatment *treatment // that it speaks of, once known
	taken     bool       // its field has been read
}

// quiet tells whether a statement declares nothing about processing.
func (s *statement) quiet() bool { return s.definition || s.negative || s.right }

// statementsOf cuts paragraphs and items into statements.
func (d *reading) statementsOf() []*statement {
	var out []*statement
	for _, b := range d.blocks {
		if b.kind != paragraph && b.kind != listItem {
			continue
		}
		first := true
		fields := d.fieldsIn(b)
		if alone := d.labelAbove(b); alone != "" && len(fields) == 1 && fields[0].field == "" {
			fields[0].field = alone
		}
		for _, f := range fields {
			for k, piece := range sentences(f.text) {
				s := &statement{text: piece.text, block: b, section: b.section, off: f.off + piece.off, field: f.field, first: first, lead: f.field == "" && len(fields) > 1}
				if k > 0 && text(f.text, piece.off) == '.' && (oneSentence[f.field] || tellsOn.MatchString(fold(piece.text))) {
					s.field = "" // the value ended with its sentence
				}
				s.no = b.lineAt(s.off)
				s.words = terms.Read(piece.text)
				d.flag(s)
				if !first {
					s.before = out[len(out)-1]
				}
				out = append(out, s)
				first = false
			}
		}
	}
	for i, s := range out {
		if s.definition && !s.negative && i+1 < len(out) && out[i+1].block == s.block && treatIt.MatchString(fold(out[i+1].text)) {
			s.definition = false
		}
	}
	d.dashLabels(out)
	return out
}

// oneSentence are the fields whose value ends with its sentence.
var oneSentence = map[string]bool{"basis": true, "purpose": true, "name": true, "subjects": true}

// tellsOn begins a sentence that is no value of a field any more, whichever it is: "Données
// traitées : nom, prénom. Nous les conservons un an".
var tellsOn = pattern.New(`^(nous|on) (la|le|les) (conserv|gard|transm|communi|partag|efface|supprim|detrui)|^(elles|ils) (sont|ne sont|vont) `)

// treatIt says of what the sentence before defines that it is processed: "… l'orientation
// sexuelle. Nous la traitons parce que vous y consentez".
var treatIt = pattern.New(`^(nous|on) (la|le|les) (trait|recueill|collect|conserv|enregistr|demand|utilis)`)

// labelAbove is the field of a label that stands alone above a block: above a
// paragraph, or above the list that the block is an item of.
func (d *reading) labelAbove(b *block) string {
	if b.above != nil && b.above.section == b.section {
		return d.labelOf(strings.TrimSuffix(strings.TrimSpace(b.above.text), ":"))
	}
	return ""
}

// dashLabels reads the label of paragraphs that all begin with one and a dash:
// "Fiche de police – Les clients étrangers remplissent…".
func (d *reading) dashLabels(statements []*statement) {
	type start struct {
		s     *statement
		label string
	}
	var found []start
	for _, s := range statements {
		if !s.first || s.block.kind != paragraph || s.field != "" {
			continue
		}
		head, rest, ok := strings.Cut(s.block.text, " – ")
		if !ok || sirenIn(s.block.text) != "" || addressIn(s.block.text) != "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(rest)
		plainly := len(strings.Fields(head)) <= 5 && len(rest) > 40 && unicode.IsUpper(first)
		marked := len(strings.Fields(head)) <= 12 && (s.block.bold == len(head) || d.readsAsBasis(rest))
		if (plainly || marked) && !conjugated(head) {
			found = append(found, start{s, head})
		}
	}
	if len(found) < 3 {
		return
	}
	for _, f := range found {
		f.s.label, f.s.dashed = f.label, true
	}
}

// text is the mark that ends the sentence before off.
func text(s string, off int) byte {
	before := strings.TrimRight(s[:off], " ")
	if before == "" {
		return 0
	}
	return before[len(before)-1]
}

// A part is a stretch of a block with the field it is the value of.
type part struct {
	field, text string
	off         int
}

// fieldsIn cuts a block at the labels of fields: "Finalité : … Base légale : …".
func (d *reading) fieldsIn(b *block) []part {
	parts := []part{{}}
	text := b.text
	start := 0
	for i := 0; i < len(text); i++ {
		if text[i] != ':' {
			continue
		}
		from := clauseStart(text, start, i)
		f := ""
		if i-from < 70 && !strings.HasPrefix(text[i:], "://") {
			f = d.labelOf(text[from:i])
		}
		if f == "" || f == "name" && b.section.under("identity", "dpo", "contact", "rights") {
			continue
		}
		parts[len(parts)-1].text = strings.TrimRight(text[start:from], " ")
		skip := len(text[i+1:]) - len(strings.TrimLeft(text[i+1:], " "))
		start = i + 1 + skip
		parts = append(parts, part{field: f, off: start})
	}
	parts[len(parts)-1].text = text[min(start, len(text)):]
	if parts[0].text == "" && len(parts) > 1 {
		parts = parts[1:]
	}
	return parts
}

// clauseStart is where the words before a colon begin.
func clauseStart(text string, from, to int) int {
	for i := to - 1; i >= from; i-- {
		switch text[i] {
		case '.', ';', '|', '!', '?', ':':
			return i + 1 + len(text[i+1:to]) - len(strings.TrimLeft(text[i+1:to], " "))
		}
		if strings.HasPrefix(text[i:], " – ") || strings.HasPrefix(text[i:], " * ") {
			return i + len(text[i:to]) - len(strings.TrimLeft(text[i+1:to], "–* "))
		}
	}
	return from + len(text[from:to]) - len(strings.TrimLeft(text[from:to], " "))
}

// A span is a sentence and its offset.
type span struct {
	text string
	off  int
}

var abbreviationRE = pattern.New(`(?:^|[^\p{L}\p{M}])(?:(?i:m|mr|mme|mlle|dr|art|al|ex|etc|tel|tél|n|no|st|ste|cf|p|ch|av|bd|r|l|c|d|s\.a|s\.a\.s|c\.v)|[A-Z])$`)

// sentences cuts text at the ends of its sentences, at semicolons, and at stars
// that stand for bullets within a line.
func sentences(text string) []span {
	var out []span
	start := 0
	cut := func(end, next int) {
		s := text[start:end]
		trimmed := strings.TrimLeft(s, " –-*•")
		if strings.TrimRight(trimmed, " .;") != "" {
			out = append(out, span{strings.TrimSpace(trimmed), start + len(s) - len(trimmed)})
		}
		start = next
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ';' || c == '\n':
			cut(i, i+1)
		case strings.HasPrefix(text[i:], " * ") && i > start, strings.HasPrefix(text[i:], " • ") && i > start:
			cut(i, i+3)
		case (c == '.' || c == '!' || c == '?') && ends(text, i):
			cut(i+1, i+1)
		case strings.HasPrefix(text[i:], ", mais "):
			cut(i, i+7)
		}
	}
	if start < len(text) {
		cut(len(text), len(text))
	}
	return out
}

// ends tells whether the point at i ends a sentence.
func ends(text string, i int) bool {
	rest := strings.TrimLeft(text[i+1:], " »”\")")
	if rest == "" {
		return true
	}
	if text[i+1] != ' ' && !strings.HasPrefix(text[i+1:], "»") && text[i+1] != ')' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsUpper(next) && !unicode.IsDigit(next) && next != '«' && next != '–' && next != '-' && next != '*' {
		return false
	}
	from := max(0, i-8)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	return text[i] != '.' || !abbreviationRE.MatchString(text[from:i])
}

// listed cuts an enumeration: dashes, semicolons, and commas outside brackets.
func listed(text string) []span {
	var out []span
	depth, start := 0, 0
	cut := func(end, next int) {
		s := text[start:end]
		left := strings.TrimLeft(s, " –-*•.")
		if t := strings.TrimRight(left, " .;,"); t != "" {
			out = append(out, span{t, start + len(s) - len(left)})
		}
		start = next
	}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '(':
			depth++
		case text[i] == ')':
			depth = max(0, depth-1)
		case depth > 0:
		case text[i] == ';' || text[i] == '\n' || text[i] == ',' && i+1 < len(text) && text[i+1] == ' ':
			cut(i, i+1)
		case strings.HasPrefix(text[i:], " – "):
			cut(i, i+len(" – "))
		case strings.HasPrefix(text[i:], " - "), strings.HasPrefix(text[i:], " * "), strings.HasPrefix(text[i:], " et "):
			cut(i, i+3)
		}
	}
	cut(len(text), len(text))
	return out
}

// dashed cuts the items that a table's cell holds in a row: "– A – B- C".
func dashed(text string) []span {
	var out []span
	for _, piece := range dashRE.Split(text, -1) {
		if t := strings.Trim(piece, " –-.;"); t != "" {
			out = append(out, span{t, strings.Index(text, t)})
		}
	}
	return out
}

var dashRE = pattern.New(`(?:^|\s)[–—•*-]\s*|-\s+|\s*;\s*`)

// anyOf tells whether ids holds one of others.
func anyOf(ids []string, of ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(of, id) })
}
