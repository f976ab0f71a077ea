package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

func fold(s string) string { return terms.Fold(s) }

// longestHeading is the most a heading holds, in characters.
const longestHeading = 130

// bareLevel is the level of a heading without a mark: below the numbered ones.
const bareLevel = 3

// headingAt tells whether line i is a heading, its title and level.
func (b *builder) headingAt(i int) (string, int, bool) {
	l := b.lines[i]
	if l.kind == headingLine {
		return b.titleOf(strings.TrimSpace(l.text)), l.level, true
	}
	text := strings.TrimSpace(l.text)
	if l.kind != plainLine || utf8.RuneCountInString(text) > longestHeading || !strings.ContainsFunc(text, unicode.IsLetter) {
		return "", 0, false
	}
	if title, level, ok := b.numberedHeading(i, text); ok {
		return title, level, true
	}
	if bulletRE.MatchString(l.text) {
		return "", 0, false
	}
	text = strings.TrimSpace(strings.TrimSuffix(text, ":"))
	if !titleLike(text) || b.startsField(l.text) && !strings.HasSuffix(strings.TrimSpace(l.text), ":") {
		return "", 0, false
	}
	if capitals(text) {
		if b.v.topicOf(text) != "" || i == 0 || b.capitalTitles >= 3 && b.overCapitals(i) || b.alone(i) && b.section.parent == nil || i+1 < len(b.lines) && b.labelAlone(i+1) {
			return text, 2, true
		}
		return "", 0, false
	}
	return b.bareHeading(i, text)
}

// overCapitals tells whether line i is short, in capitals, and stands right above the
// text it is the title of.
func (b *builder) overCapitals(i int) bool {
	text := strings.TrimSpace(b.lines[i].text)
	return b.lines[i].kind == plainLine && b.kindAt(i-1) == blankLine && b.kindAt(i+1) != blankLine &&
		len(strings.Fields(text)) <= 12 && titleLike(text) && capitals(text) && !address(text)
}

// numberedHeading reads "3. Finalités", "ARTICLE 2 – …", "IV. …".
func (b *builder) numberedHeading(i int, text string) (string, int, bool) {
	m := numberRE.FindStringSubmatch(text)
	if m == nil {
		return "", 0, false
	}
	word, number, sep, title := m[1] != "", m[2], m[3], strings.TrimSpace(m[4])
	if !word && strings.TrimSpace(sep) == "" && !strings.Contains(number, ".") {
		return "", 0, false
	}
	if !titleLike(strings.TrimSuffix(title, ":")) || strings.HasSuffix(title, ":") && len(strings.Fields(title)) > 8 {
		return "", 0, false
	}
	if b.wraps(i) {
		return "", 0, false
	}
	topic := b.v.topicOf(title)
	level := 2 + strings.Count(number, ".")
	switch {
	case word:
		return title, 2, true
	case number[0] > '9' && len(number) == 1 && !strings.ContainsAny(number, "IVX"):
		level = 4
	case !strings.Contains(number, ".") && b.siblings(i) && topic == "":
		return "", 0, false
	}
	if topic == "" && strings.Count(title, " ") > 12 {
		return "", 0, false
	}
	return title, level, true
}

// wraps tells whether line i is full and the next one goes on with it, in small
// letters: a numbered paragraph that was wrapped, no heading.
func (b *builder) wraps(i int) bool {
	if b.width == 0 || b.kindAt(i+1) != plainLine {
		return false
	}
	next := strings.TrimSpace(b.lines[i+1].text)
	first, _ := utf8.DecodeRuneInString(next)
	return !unicode.IsUpper(first) && b.filled(b.lines[i].no, next)
}

// bareHeading reads a heading that has no mark but its place.
func (b *builder) bareHeading(i int, text string) (string, int, bool) {
	if i > 0 && b.wraps(i) {
		return "", 0, false
	}
	topic := b.v.topicOf(text)
	if topic == "changes" && yearRE.MatchString(text) {
		return "", 0, false // "Entrée en vigueur : 10 octobre 2025"
	}
	if topic == "" && datedRE.MatchString(fold(text)) {
		return "", 0, false // "Page revue le 30 octobre 2025"
	}
	if topic == "" && strings.HasSuffix(strings.TrimSpace(b.lines[i].text), ":") && weStart.MatchString(fold(text)) {
		return "", 0, false // "Nous traitons vos données afin de :"
	}
	words := len(strings.Fields(text))
	before := i == 0 || b.kindAt(i-1) == blankLine
	after := i+1 >= len(b.lines) || b.kindAt(i+1) == blankLine
	switch {
	case i == 0 && titleRE.MatchString(fold(text)):
	case topic != "" && strings.HasSuffix(text, "?") && words <= 14:
	case topic != "" && before && words <= 12:
	case strings.HasSuffix(text, "?") && before && !after && words <= 10:
	case words <= 8 && before && b.fieldsFollow(i+1):
	case words <= 9 && i+1 < len(b.lines) && (b.labelAlone(i+1) || b.fieldBelow(i)):
	case words <= 11 && before && b.titled >= 3 && b.overText(i):
	case words <= 9 && before && after && b.section.parent != nil && i+2 < len(b.lines) && !address(text) && b.section.topic != "identity" && b.section.topic != "dpo" && b.section.topic != "contact":
	default:
		return "", 0, false
	}
	return text, bareLevel, true
}

var weStart = pattern.New(`^(nous|on|vos donnees|ces donnees|les donnees|elles|ils)\b.*\b(de|pour|d|a|suivantes?|suivants?)$`)

var datedRE = pattern.New(`^(page|version|document|texte|charte|notice|derniere|mis|en date|date|redige|adopte|revu|etabli|approuve|applicable|publie)\w*\b.*\b(20\d\d|\d\.\d)\b`)

var yearRE = pattern.New(`\b20\d\d\b`)

func (b *builder) kindAt(i int) lineKind {
	if i < 0 || i >= len(b.lines) {
		return blankLine
	}
	return b.lines[i].kind
}

// fieldsFollow tells whether the lines from i begin with labels of fields.
func (b *builder) fieldsFollow(i int) bool {
	for i < len(b.lines) && b.lines[i].kind == blankLine {
		i++
	}
	if i >= len(b.lines) {
		return false
	}
	text := strings.TrimSpace(b.lines[i].text)
	if m := bulletRE.FindString(text); m != "" {
		text = strings.TrimSpace(text[len(m):])
	}
	head, _, ok := strings.Cut(text, ":")
	return ok && b.v.labelOf(head) != ""
}

// fieldBelow tells whether the very next line is a field, after a line that is
// none of a paragraph: "Ateliers et sorties", "Données concernées : nom…".
func (b *builder) fieldBelow(i int) bool {
	if b.kindAt(i+1) == blankLine || !b.startsField(strings.TrimSpace(b.lines[i+1].text)) {
		return false
	}
	if b.kindAt(i-1) == blankLine {
		return true
	}
	return strings.ContainsRune(".:;", rune(lastByte(b.lines[i-1].text))) || b.startsField(strings.TrimSpace(b.lines[i-1].text))
}

// overText tells whether a short line stands right above a paragraph, with
// nothing before it: the way some texts set their headings.
func (b *builder) overText(i int) bool {
	if b.kindAt(i-1) != blankLine || b.kindAt(i+1) == blankLine || b.lines[i].kind != plainLine {
		return false
	}
	text, next := strings.TrimSpace(b.lines[i].text), strings.TrimSpace(b.lines[i+1].text)
	first, _ := utf8.DecodeRuneInString(next)
	return len(strings.Fields(text)) <= 11 && !strings.ContainsAny(text, ":@") && !strings.ContainsRune(".,;", rune(lastByte(text))) &&
		titleLike(text) && !address(text) && utf8.RuneCountInString(next) > 70 && unicode.IsUpper(first) && !bulletRE.MatchString(b.lines[i].text)
}

func lastByte(s string) byte {
	if s = strings.TrimSpace(s); s == "" {
		return 0
	}
	return s[len(s)-1]
}

func (b *builder) alone(i int) bool {
	return b.kindAt(i-1) == blankLine && b.kindAt(i+1) == blankLine
}

// titleOf takes the number off a heading that is marked as one.
func (b *builder) titleOf(text string) string {
	if m := numberRE.FindStringSubmatch(text); m != nil && (m[1] != "" || strings.ContainsAny(m[3], ".):–—-") || strings.Contains(m[2], ".")) {
		return strings.TrimSpace(m[4])
	}
	return text
}

// titleLike tells whether a text can be a heading by its own form.
func titleLike(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if !unicode.IsUpper(first) && first != '«' && first != '“' || strings.ContainsRune(".;,", last) || strings.ContainsAny(s, "|@") {
		return false
	}
	_, rest, colon := strings.Cut(s, " : ")
	return !colon || len(strings.Fields(rest)) < 12 && !strings.Contains(rest, ",")
}

// capitals tells whether a line is written in capitals.
func capitals(s string) bool {
	up, low := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			up++
		case unicode.IsLower(r):
			low++
		}
	}
	return up >= 4 && low*10 <= up
}

func address(s string) bool { return postalRE.MatchString(s) || addressRE.MatchString(s) }
