package policy

import (
	"path"
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// A line is one line of a document, or one element of a page.
type line struct {
	no    int
	text  string
	kind  lineKind
	level int    // of a heading (1…) or an item (0…)
	cells []cell // of a row
	head  bool   // the row is a header by its mark
	bold  int    // length of the words in bold that open it
	marks []mark // where a text of several source lines goes on; may be nil
}

type lineKind uint8

const (
	plainLine lineKind = iota
	blankLine
	headingLine
	itemLine
	rowLine
)

// A mark says on which line the text from an offset stands.
type mark struct{ off, no int }

// A cell is one cell of a table.
type cell struct {
	text string
	no   int
}

// linesOf cuts a policy by the format its name and first bytes tell.
func linesOf(name string, src []byte) []line {
	text := decode(src)
	head := strings.ToLower(text[:min(len(text), 1024)])
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".html" || ext == ".htm" || ext == ".xhtml", strings.Contains(head, "<html") || strings.Contains(head, "<!doctype"):
		return htmlLines(text)
	case ext == ".md" || ext == ".markdown":
		return textLines(text, true)
	}
	return textLines(text, false)
}

// decode reads UTF-8, UTF-16 with its mark, and what is neither as Windows-1252.
func decode(src []byte) string {
	if len(src) >= 2 && (src[0] == 0xff && src[1] == 0xfe || src[0] == 0xfe && src[1] == 0xff) {
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(src); err == nil {
			src = out
		}
	}
	if !utf8.Valid(src) {
		if out, err := charmap.Windows1252.NewDecoder().Bytes(src); err == nil {
			src = out
		}
	}
	return strings.TrimPrefix(norm.NFC.String(string(src)), "\ufeff")
}

var (
	mdLink  = pattern.New(`!?\[([^\]]*)\]\([^)]*\)`)
	mdEm    = pattern.New(`(^|[\s(«,;:/])[*_]([^\s*_](?:[^*_]*[^\s*_])?)[*_]($|[\s)»,;:./])`)
	mdLead  = pattern.New(`^\s{0,3}\*\*([^*]{3,90})\*\*[ .:–—-]*\S`)
	mdHead  = pattern.New(`^(#{1,6})\s+(.*?)\s*#*$`)
	mdTitle = pattern.New(`^\s{0,3}\*\*([^*]{3,120})\*\*\s*:?$`)
	mdMarks = strings.NewReplacer("**", "", "__", "", "`", "")
)

// textLines reads plain text; markdown marks are read and taken away.
func textLines(text string, markdown bool) []line {
	var out []line
	for i, s := range strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n").Replace(text), "\n") {
		l := line{no: i + 1, text: cleanSpaces(s)}
		if markdown {
			if m := mdLead.FindStringSubmatch(l.text); m != nil {
				l.bold = len(m[1])
			}
			if m := mdTitle.FindStringSubmatch(l.text); m != nil && boldTitle(m[1]) {
				l.kind, l.level = headingLine, boldLevel
			}
			l.text = mdEm.ReplaceAllString(mdMarks.Replace(mdLink.ReplaceAllString(l.text, "$1")), "$1$2$3")
		}
		if m := mdHead.FindStringSubmatch(l.text); m != nil {
			l.kind, l.level, l.text = headingLine, len(m[1]), m[2]
		}
		if strings.TrimSpace(l.text) == "" {
			l.kind = blankLine
		}
		out = append(out, l)
	}
	if markdown {
		skipFrontMatter(out)
	}
	return unquestioned(unwrapped(out))
}

// skipFrontMatter blanks the settings that some Markdown files open with, between two
// rules: they are no text of the policy.
func skipFrontMatter(lines []line) {
	if len(lines) == 0 || strings.TrimSpace(lines[0].text) != "---" {
		return
	}
	for i := 1; i < len(lines) && i < 40; i++ {
		if strings.TrimSpace(lines[i].text) != "---" {
			continue
		}
		for k := 0; k <= i; k++ {
			lines[k].kind, lines[k].text = blankLine, ""
		}
		return
	}
}

var (
	askRE    = pattern.New(`^\s*(?:Q|Question|QUESTION)\s*\d{0,2}\s*[:.–—)-]\s*`)
	answerRE = pattern.New(`^\s*(?:R|Réponse|RÉPONSE|REPONSE|A)\s*\d{0,2}\s*[:.–—)-]\s*`)
)

// unquestioned reads "Q : …" as a heading and "R : …" as the text under it, in a
// text that has several of both.
func unquestioned(lines []line) []line {
	asks, answers := 0, 0
	for _, l := range lines {
		if askRE.MatchString(l.text) {
			asks++
		} else if answerRE.MatchString(l.text) {
			answers++
		}
	}
	if asks < 2 || answers < 2 {
		return parted(lines)
	}
	for i, l := range lines {
		if m := askRE.FindString(l.text); m != "" {
			lines[i].kind, lines[i].level, lines[i].text = headingLine, 2, l.text[len(m):]
		} else if m := answerRE.FindString(l.text); m != "" {
			lines[i].text = l.text[len(m):]
		}
	}
	return lines
}

// cleanSpaces makes every space a plain one and keeps the indentation.
func cleanSpaces(s string) string {
	s = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\t", "    ", "\u200b", "", "\u00ad", "", "\uf0b7", "•").Replace(s)
	return strings.TrimRight(s, " ")
}

var openingRE = pattern.New(`^\s*(?:\d{1,2}\s*[°.)/–-]+\s*)?(\p{Lu}[^?.!:;|]{3,90}\?)\s+([\p{Lu}«].{20,})$`)

// shortOpeningRE is the same with a short answer: "Hors d'Europe ? Non."
var shortOpeningRE = pattern.New(`^\s*(?:\d{1,2}\s*[°.)/–-]+\s*)?(\p{Lu}[^?.!:;|]{3,90}\?)\s+([\p{Lu}«].{2,})$`)

// parted makes a heading of the question that opens a paragraph, in a text where
// several do: "2° Quelles informations ? L'état civil…".
func parted(lines []line) []line {
	several := 0
	for _, l := range lines {
		if l.kind == plainLine && openingRE.MatchString(l.text) {
			several++
		}
	}
	if several < 2 {
		return lines
	}
	var out []line
	for _, l := range lines {
		m := shortOpeningRE.FindStringSubmatch(l.text)
		if l.kind != plainLine || m == nil {
			out = append(out, l)
			continue
		}
		out = append(out, line{no: l.no, kind: headingLine, level: 2, text: m[1]}, line{no: l.no, text: m[2]})
	}
	return out
}
