package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// A block is a heading, a paragraph, an item of a list or a table.
type block struct {
	kind    blockKind
	level   int // of a heading: 1…; of an item: 0…
	text    string
	marks   []mark
	no      int // first line
	section *section
	intro   *block // the paragraph or item that introduces a list
	lead    string // bullet or number before the text
	table   *table
	bold    int    // length of the words in bold that open it
	alone   bool   // a label without its value
	above   *block // the label alone that the block is the value of
}

type blockKind uint8

const (
	paragraph blockKind = iota
	heading
	listItem
	tableBlock
)

// A section is what stands under a heading.
type section struct {
	title  string
	topic  string
	level  int
	no     int
	parent *section
	index  int  // order in the document
	whole  bool // the title stands for the whole document
}

// under tells whether s or one of its parents is about topic.
func (s *section) under(topics ...string) bool {
	for ; s != nil; s = s.parent {
		for _, t := range topics {
			if s.topic == t {
				return true
			}
		}
	}
	return false
}

// about is the topic of s, or of the nearest parent that has one.
func (s *section) about() string {
	for ; s != nil; s = s.parent {
		if s.topic != "" {
			return s.topic
		}
	}
	return ""
}

// lineAt is the line of an offset of the text.
func (b *block) lineAt(off int) int {
	no := b.no
	for _, m := range b.marks {
		if m.off > off {
			break
		}
		no = m.no
	}
	return no
}

// add joins a line to the block.
func (b *block) add(l line, text string) {
	if b.text != "" && !strings.HasSuffix(b.text, " ") {
		b.text += " "
	}
	if len(l.marks) > 0 {
		shift := len(b.text) - (len(l.text) - len(text))
		for _, m := range l.marks {
			b.marks = append(b.marks, mark{max(0, m.off+shift), m.no})
		}
	} else {
		b.marks = append(b.marks, mark{len(b.text), l.no})
	}
	b.text += text
	if b.no == 0 {
		b.no = l.no
	}
}

var (
	bulletRE = pattern.New(`^(\s*)([-–—•●▪■◦‣·►➢➤✓✔*+→>]|o\s|[a-z]\)|\d{1,2}\)|\(\d{1,2}\)|[ivx]{1,4}\))\s*`)
	numberRE = pattern.New(`^\s*((?i:article|section|chapitre|titre|partie|annexe)\s+)?(\d{1,2}(?:\.\d{1,2})*|[A-H]\.\d{1,2}|[IVX]{1,5}|[A-H])(\s*[.)°:–—-]+\s*|\s+)(\S.*)$`)
)

// A builder turns lines into blocks.
type builder struct {
	v             *vocabulary
	lines         []line
	width         int            // of a text wrapped by hand; 0 when it is not
	caps          int            // headings in capitals that have a topic
	titled        int            // short lines right above a paragraph
	capitalTitles int            // those of them in capitals
	labels        map[string]int // fields that stand alone on a line → how often
	out           []*block
	open          *block // that the next line may go on
	intro         *block
	section       *section
	count         int
}

// blocksOf cuts lines into blocks and puts each under its section.
func (v *vocabulary) blocksOf(lines []line) []*block {
	lines = v.ended(v.runIn(lines))
	b := &builder{v: v, lines: lines, section: &section{whole: true, level: -1}}
	b.measure()
	for i := 0; i < len(lines); {
		i = b.next(i)
	}
	return b.out
}

// measure finds the width a text was wrapped at, and the style of its headings.
func (b *builder) measure() {
	b.levelBold()
	total, widest := 0, 0
	var lengths []int
	b.labels = map[string]int{}
	for i, l := range b.lines {
		if b.overText(i) {
			b.titled++
		}
		if b.overCapitals(i) {
			b.capitalTitles++
		}
		if f := b.v.labelOf(bareLabel(l.text)); f != "" && l.kind != blankLine && l.kind != rowLine {
			b.labels[f]++
		}
		n := utf8.RuneCountInString(l.text)
		if l.kind == blankLine || l.kind == rowLine || len(l.marks) > 0 {
			continue
		}
		total++
		widest = max(widest, n)
		lengths = append(lengths, n)
		if capitals(l.text) && b.v.topicOf(l.text) != "" {
			b.caps++
		}
	}
	full := 0
	for _, n := range lengths {
		if n*10 >= widest*8 {
			full++
		}
	}
	if total > 10 && (widest <= 100 || widest <= 160 && full*10 >= total*3) {
		b.width = widest
	}
}

// levelBold puts headings that are lines in bold beside those without a mark, in a
// text that has no other.
func (b *builder) levelBold() {
	for _, l := range b.lines {
		if l.kind == headingLine && l.level > 1 && l.level < boldLevel {
			return
		}
	}
	for i, l := range b.lines {
		if l.kind == headingLine && l.level == boldLevel {
			b.lines[i].level = bareLevel
		}
	}
}

// next reads the block that begins at line i and returns the line after it.
func (b *builder) next(i int) int {
	l := b.lines[i]
	if l.kind == blankLine {
		b.open = nil
		return i + 1
	}
	if l.kind == rowLine || strings.Contains(l.text, "|") && strings.TrimSpace(l.text) != "" {
		if t, end := b.readTable(i); t != nil {
			b.open = nil
			b.push(&block{kind: tableBlock, no: t.no, table: t})
			return end
		}
	}
	if t, end := b.stackedTable(i); t != nil {
		b.open = nil
		b.push(&block{kind: tableBlock, no: t.no, table: t})
		return end
	}
	if b.labelAlone(i) {
		p := &block{kind: paragraph, alone: true}
		p.add(line{no: l.no}, bareLabel(l.text)+" :")
		b.push(p)
		b.open, b.intro = nil, p
		return i + 1
	}
	if title, level, ok := b.headingAt(i); ok {
		b.openSection(title, level, l.no)
		return i + 1
	}
	if lead, text, depth, ok := b.itemAt(i); ok {
		b.item(l, lead, text, depth)
		return i + 1
	}
	text := strings.TrimSpace(l.text)
	if b.implicit(i, text) {
		b.item(l, bare, text, 0)
		return i + 1
	}
	if b.open != nil && b.continues(b.open, l, text) {
		b.open.add(l, text)
		return i + 1
	}
	b.leaveRunIn()
	p := &block{kind: paragraph, bold: l.bold}
	p.add(l, b.unnumbered(l, text))
	b.push(p)
	b.open = p
	b.intro = p
	return i + 1
}

// leaveRunIn ends the section of a heading that stood within its paragraph, when
// another paragraph begins.
func (b *builder) leaveRunIn() {
	if b.section.level == runInLevel && len(b.out) > 0 && b.out[len(b.out)-1].kind != heading {
		b.section = b.section.parent
	}
}

// bareLabel is a line without the marks around a label.
func bareLabel(s string) string { return strings.Trim(s, " :*•–—-") }

// labelAlone tells whether line i is the label of a field whose value stands
// below it: a label that a text repeats for one treatment after the other.
func (b *builder) labelAlone(i int) bool {
	l := b.lines[i]
	if l.kind == rowLine || strings.Contains(l.text, "|") {
		return false
	}
	f := b.v.labelOf(bareLabel(l.text))
	if f == "" || f == "name" || f == "number" || b.labels[f] < 2 {
		return false
	}
	several := 0
	for _, n := range b.labels {
		if n >= 2 {
			several++
		}
	}
	return several >= 2
}

// bare is the lead of an item without a bullet.
const bare = "·"

var announceRE = pattern.New(`(suivante?s?|a savoir|ci-dessous|notamment|ci-apres)[^:]{0,40}:$`)

// implicit tells of lists whose items have no bullet: short lines after "les
// informations suivantes :".
func (b *builder) implicit(i int, text string) bool {
	if len(b.lines[i].marks) > 0 || utf8.RuneCountInString(text) > 90 || strings.ContainsAny(text, "|@") || len(b.out) == 0 || b.kindAt(i-1) == blankLine {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, ":") || !unicode.IsUpper(first) {
		return false
	}
	last := b.out[len(b.out)-1]
	return last.kind == listItem && last.lead == bare || last.kind == paragraph && announceRE.MatchString(fold(strings.TrimSpace(last.text)))
}

func (b *builder) push(p *block) {
	p.section = b.section
	if n := len(b.out); n > 0 && !p.alone && (p.kind == paragraph || p.kind == listItem) {
		last := b.out[n-1]
		switch {
		case last.alone:
			p.above = last
		case last.above != nil && last.kind == listItem && p.kind == listItem:
			p.above = last.above
		}
	}
	b.out = append(b.out, p)
}

func (b *builder) openSection(title string, level, no int) {
	parent := b.section
	for parent.parent != nil && parent.level >= level {
		parent = parent.parent
	}
	b.count++
	s := &section{title: title, level: level, no: no, parent: parent, index: b.count, topic: b.v.topicOf(title)}
	if s.topic == "security" && (s.purpose() || level == runInLevel && parent.under("treatments", "purposes", "data", "roles")) {
		s.topic = "" // "Pour la sécurité de tous" says why
	}
	first := b.count == 1 || b.count == 2 && len(b.out) == 1 && b.out[0].kind == heading
	if first && (titleRE.MatchString(fold(title)) || b.count == 1 && aboutData.MatchString(fold(title))) {
		s.topic, s.whole, s.level = "", true, 0
	}
	b.section = s
	b.open, b.intro = nil, nil
	h := &block{kind: heading, level: level, text: title, no: no}
	b.push(h)
	b.intro = h
}

// aboutData tells of titles of documents: "La Régie et vos données".
var aboutData = pattern.New(`donnees|confidentialite|vie privee|rgpd`)

var titleRE = pattern.New(`^(politique|charte|notice|note |information|mentions|protection (des|de vos|de tes|de nos) donnees|(vos |tes |nos )?donnees personnelles|vos donnees( et|$)|declaration|engagement|confidentialite|vie privee|rgpd)`)
