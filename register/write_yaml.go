package register

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// schemaLine makes editors complete and check the register.
const schemaLine = "# yaml-language-server: $schema=https://raw.githubusercontent.com/ecart-rgpd/ecart/main/register/registre.schema.json\n"

// lineWidth is where a list or a mapping goes to one line an entry.
const lineWidth = 110

// WriteYAML writes the register in format 1. What a draft rests on, and what it
// does not say (TODO), stand in comments.
func (r *Register) WriteYAML(w io.Writer) error {
	y := newYAMLWriter(w)
	y.put(schemaLine)
	y.mapping(r.tree(), 0, 0)
	return y.Flush()
}

type yamlWriter struct{ *bufio.Writer }

func newYAMLWriter(w io.Writer) *yamlWriter { return &yamlWriter{bufio.NewWriter(w)} }

// put writes s; a bufio.Writer keeps its first error for Flush.
func (y *yamlWriter) put(s string) { _, _ = y.WriteString(s) }

func (y *yamlWriter) indent(n int) { y.put(strings.Repeat(" ", n)) }

// mapping writes the keys of t, one a line; the first starts at column at, which
// is where the writer stands.
func (y *yamlWriter) mapping(t *tree, indent, at int) {
	for i, p := range t.pairs {
		if i > 0 || at == 0 {
			y.indent(indent)
		}
		y.put(p.key + ":")
		y.value(p.value, indent, len(p.key)+1)
	}
	y.todos(t, indent)
}

// todos writes what is still to be said of t, under its keys.
func (y *yamlWriter) todos(t *tree, indent int) {
	for _, line := range t.todo {
		y.indent(indent)
		y.put("# " + oneLine(line) + "\n")
	}
}

// value writes what follows `key:`.
func (y *yamlWriter) value(t *tree, indent, used int) {
	flow := t.flow()
	if !t.tall() && indent+used+1+utf8.RuneCountInString(flow) <= lineWidth || !t.keyed && !t.listed || len(t.pairs)+len(t.items) == 0 {
		y.put(" " + flow)
		y.remark(t)
		y.todos(t, indent+2)
		return
	}
	y.remark(t)
	if t.keyed {
		y.mapping(t, indent+2, 0)
		return
	}
	for _, item := range t.items {
		y.item(item, indent+2)
	}
}

// item writes an item of a list, on its line.
func (y *yamlWriter) item(t *tree, indent int) {
	if flow := t.flow(); !t.keyed || len(t.pairs) == 0 || !t.tall() && indent+utf8.RuneCountInString(flow) <= 2*lineWidth {
		y.indent(indent)
		y.put("- " + flow)
		y.remark(t)
		return
	}
	if t.comment != "" {
		y.indent(indent)
		y.put("# " + oneLine(t.comment) + "\n")
	}
	y.indent(indent)
	y.put("- ")
	y.mapping(t, indent+2, indent+2)
}

// remark ends a line with the words a statement rests on.
func (y *yamlWriter) remark(t *tree) {
	if t.comment != "" {
		y.put("  # " + oneLine(t.comment))
	}
	y.put("\n")
}

// tall tells whether t must go on several lines: its parts have comments.
func (t *tree) tall() bool {
	if t.block || len(t.todo) > 0 {
		return true
	}
	for _, p := range t.pairs {
		if p.value.comment != "" || p.value.tall() {
			return true
		}
	}
	for _, i := range t.items {
		if i.comment != "" || i.tall() {
			return true
		}
	}
	return false
}

// flow returns t on one line.
func (t *tree) flow() string {
	switch {
	case t.keyed:
		parts := make([]string, len(t.pairs))
		for i, p := range t.pairs {
			parts[i] = p.key + ": " + p.value.flow()
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case t.listed:
		parts := make([]string, len(t.items))
		for i, v := range t.items {
			parts[i] = v.flow()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case t.bare:
		return t.text
	}
	return quoted(t.text)
}

// oneLine makes a text fit for a comment.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\ufffd"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// A plain scalar starts with a letter and holds nothing that YAML, in any of its
// versions, could read otherwise.
var (
	plain    = pattern.New(`^\p{L}[\p{L}\p{M}\p{N} '’().;+=@/_°€-]*$`)
	reserved = map[string]bool{"true": true, "false": true, "null": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true}
)

// quoted returns s as a scalar, in double quotes when it needs them.
func quoted(s string) string {
	if aDate.MatchString(s) || plain.MatchString(s) && !reserved[strings.ToLower(s)] && !strings.HasSuffix(s, " ") {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case unicode.IsPrint(r) || r == '\u00a0' || r == '\u202f':
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
