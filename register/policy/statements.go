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
				if k > 0 && (f.field == "basis" || f.field == "purpose" || f.field == "name") && text(f.text, piece.off) == '.' {
					s.field = "" // the value ended with its sentence
				}
				s.no = b.lineAt(s.off)
				s.words = terms.Read(piece.text)
				d.flag(s)
				out = append(out, s)
				first = false
			}
		}
	}
	dashLabels(out)
	return out
}

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
func dashLabels(statements []*statement) {
	type start struct {
		s     *statement
		label string
	}
	var found []start
	for _, s := range statements {
		if !s.first || s.block.kind != paragraph || s.field != "" || sirenIn(s.block.text) != "" || addressIn(s.block.text) != "" {
			continue
		}
		head, rest, ok := strings.Cut(s.block.text, " – ")
		first, _ := utf8.DecodeRuneInString(rest)
		if ok && len(strings.Fields(head)) <= 5 && len(rest) > 40 && unicode.IsUpper(first) && !conjugated(head) {
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

// flag marks what takes force away from a statement.
func (d *reading) flag(s *statement) {
	for _, m := range d.flags.Find(s.words) {
		switch m.ID {
		case "definition":
			s.definition = s.definition || s.field == "" && !d.ofReader(s.words) && !weAsk.MatchString(fold(s.text))
		case "negative":
			s.negative = s.negative || !restricts(s.words, m.From) && !besides(s.words, m.From)
		case "right":
			s.right = s.right || s.field == "" && !d.declaredBefore(s.words, m.From)
		case "proof": // asked of who exercises a right, or one of the data of a list
			s.right = s.right || s.field == "" && !s.section.under("data", "purposes", "treatments") && !d.severalData(s.text)
		case "conditional":
			s.conditional = true
		}
	}
	if s.section.under("definitions") {
		s.definition = true
	}
	if s.section.under("rights") && s.field == "" {
		s.right = true
	}
	if head, rest, ok := strings.Cut(s.text, ":"); ok && strings.TrimSpace(rest) != "" && len(strings.Fields(head)) <= 14 && !strings.HasSuffix(head, "http") && !strings.HasSuffix(head, "https") {
		s.label = strings.TrimSpace(head)
	}
}

// weAsk are words by which a text says what it does with what it defines: "… est une
// donnée de santé : on te demande ton accord".
var weAsk = pattern.New(`\b(nous|on) (vous |te |t'|la |les |le )?(demand|trait|recueill|collect|conserv|enregistr)`)

// ofReader tells whether a text names a category as the reader's: "votre
// appartenance syndicale est une donnée sensible" declares it.
func (d *reading) ofReader(t terms.Text) bool {
	for _, c := range d.categories.Find(t.Raw) {
		for i, tok := range t.Tokens {
			if tok.Start == c.Start && i > 0 && !c.Group && slices.Contains([]string{"votre", "vos", "ton", "ta", "tes"}, t.Tokens[i-1].Word) {
				return true
			}
		}
	}
	return false
}

// declaredBefore tells whether a sentence has said what is done with which data
// before token i, where it adds a right: "…, ce à quoi vous pouvez vous opposer".
func (d *reading) declaredBefore(t terms.Text, i int) bool {
	if i < 12 {
		return false
	}
	before := t.Raw[:t.Tokens[i].Start]
	return d.severalData(before) && d.processes(terms.Text{Raw: t.Raw, Tokens: t.Tokens[:i]})
}

// severalData tells whether a text names three categories of data or more.
func (d *reading) severalData(text string) bool {
	ids := map[string]bool{}
	for _, m := range d.categories.Find(text) {
		ids[m.Category] = true
	}
	return len(ids) > 2
}

// restricts tells whether the negation at token i is "ne … que".
func restricts(t terms.Text, i int) bool {
	if w := t.Tokens[i].Word; w != "ne" && w != "n" {
		return false
	}
	for j := i + 1; j < len(t.Tokens) && j < i+9; j++ {
		switch t.Tokens[j].Word {
		case "que", "qu":
			return true
		case "pas", "aucun", "aucune", "jamais", "ni":
			return false
		}
	}
	return false
}

// besides tells whether the negation at token i bears on something else than
// what the sentence declares: in a relative clause ("une demande qui n'a pas
// abouti"), in the condition it opens with, or in a remark after a colon.
func besides(t terms.Text, i int) bool {
	if i > 0 && t.Tokens[i-1].Word == "qui" {
		return true
	}
	if i > 1 && (t.Tokens[i-1].Word == "pour" || t.Tokens[i-1].Word == "ne" && (t.Tokens[i-2].Word == "pour" || t.Tokens[i-2].Word == "de")) {
		return true // "un lien pour ne plus en recevoir"
	}
	if i > 3 && t.Tokens[i].Gap == terms.Listed && apposed(t, i) {
		return true // "une caméra filme la caisse, jamais la salle"
	}
	if first := t.Tokens[0].Word; first == "si" || first == "quand" || first == "lorsque" {
		for j := i + 1; j < len(t.Tokens); j++ {
			if t.Tokens[j].Gap == terms.Listed {
				return j < len(t.Tokens)-3
			}
		}
	}
	head := t.Raw[:t.Tokens[i].Start]
	colon := strings.LastIndex(head, " : ")
	return colon >= 0 && len(strings.Fields(head[:colon])) >= 12
}

// apposed tells whether the words from token i to the next comma hold no verb.
func apposed(t terms.Text, i int) bool {
	for j := i; j < len(t.Tokens) && (j == i || t.Tokens[j].Gap < terms.Listed); j++ {
		switch t.Tokens[j].Word {
		case "ne", "n", "est", "sont", "nous", "vous", "on", "ni", "a", "ont", "donnee", "donnees", "transfert":
			return false
		}
	}
	return true
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
