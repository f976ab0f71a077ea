package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// runInLevel is the level of a heading that stands in bold, or numbered, at the
// start of its paragraph: below all others.
const runInLevel = 7

// numberedLead is "1.2 Accès aux salles. Les passages sont…" in a plain text.
var numberedLead = pattern.New(`^\s*\d{1,2}\.\d{1,2}\.?\s+(\p{Lu}[^.:;,?!]{3,60})\.\s+\p{Lu}`)

// runIn makes headings of the bold words that open paragraphs, in a text where
// several do: "**La télérelève.** Dans les communes équipées…".
func (v *vocabulary) runIn(lines []line) []line {
	several := 0
	for _, l := range lines {
		if v.leadOf(l) > 0 {
			several++
		}
	}
	if several < 2 {
		return lines
	}
	out := make([]line, 0, len(lines)+several)
	for _, l := range lines {
		n := v.leadOf(l)
		if n == 0 {
			out = append(out, l)
			continue
		}
		title := strings.Trim(l.text[:n], " .:–—-")
		skip := n + len(l.text[n:]) - len(strings.TrimLeft(l.text[n:], " .:–—-"))
		rest := line{no: l.no, text: l.text[skip:]}
		for _, m := range l.marks {
			if m.off <= skip {
				rest.marks, rest.no = []mark{{0, m.no}}, m.no
			} else {
				rest.marks = append(rest.marks, mark{m.off - skip, m.no})
			}
		}
		out = append(out, line{no: l.no, kind: headingLine, level: runInLevel, text: title}, rest)
	}
	return out
}

// leadOf is the length of the words that stand as a heading at the start of a
// paragraph, 0 for none. A name, a field and a question that its own line answers
// are none.
func (v *vocabulary) leadOf(l line) int {
	n := l.bold
	if l.kind != plainLine {
		return 0
	}
	if m := numberedLead.FindStringSubmatch(l.text); n == 0 && m != nil {
		n = strings.Index(l.text, m[1]) + len(m[1])
	}
	if n <= 0 || n >= len(l.text) {
		return 0
	}
	head, rest := strings.TrimSpace(l.text[:n]), l.text[n:]
	after := strings.TrimLeft(rest, " .:–—-")
	first, _ := utf8.DecodeRuneInString(after)
	marked := strings.ContainsAny(head[len(head)-1:], ".:?!") || rest != "" && strings.ContainsAny(strings.TrimLeft(rest, " ")[:1], ".:–—-")
	if !marked || len(after) < 30 && !strings.HasSuffix(head, "?") || !unicode.IsUpper(first) && first != '«' || len(strings.Fields(head)) > 10 {
		return 0
	}
	if start, _ := utf8.DecodeRuneInString(head); !unicode.IsUpper(start) && !unicode.IsDigit(start) && start != '«' {
		return 0
	}
	if f := v.labelOf(strings.Trim(head, " .:–—-")); !strings.HasSuffix(head, "?") && f != "" && (f != "systems" && f != "security" || !determiner()[fold(strings.Fields(head)[0])]) {
		return 0
	}
	return n
}

// topicLead is "Transferts. Les messages sont envoyés…", without bold or number.
var topicLead = pattern.New(`^\s*(\p{Lu}[^.:;,?!]{3,40})\.\s+\p{Lu}`)

// closing are the topics of paragraphs that stand behind the last treatment and
// speak of all of them.
var closing = map[string]bool{"transfers": true, "security": true, "rights": true}

// ended makes a heading of the words that open a paragraph on transfers, security or
// rights, where no other paragraph opens so: what follows the last treatment speaks
// of all. Where each treatment has such a paragraph, it speaks of its own.
func (v *vocabulary) ended(lines []line) []line {
	count := map[string]int{}
	for _, l := range lines {
		if t, _ := v.closingLead(l); t != "" {
			count[t]++
		}
	}
	if len(count) == 0 {
		return lines
	}
	out := make([]line, 0, len(lines)+len(count))
	for _, l := range lines {
		topic, n := v.closingLead(l)
		if topic == "" || count[topic] > 1 {
			out = append(out, l)
			continue
		}
		out = append(out, line{no: l.no, kind: headingLine, level: 2, text: strings.Trim(l.text[:n], " .")}, l)
	}
	return out
}

// closingLead is the topic that the words before the first point of a paragraph
// name, and their length.
func (v *vocabulary) closingLead(l line) (string, int) {
	if l.kind != plainLine {
		return "", 0
	}
	m := topicLead.FindStringSubmatch(l.text)
	if m == nil || len(strings.Fields(m[1])) > 4 {
		return "", 0
	}
	if t := v.topicOf(m[1]); closing[t] {
		return t, strings.Index(l.text, m[1]) + len(m[1])
	}
	return "", 0
}
