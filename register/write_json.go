package register

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
)

// WriteJSON writes the register in format 1 as JSON: the same keys, in the same
// order. What YAML says in comments are the keys `words` of a source and `todo`.
func (r *Register) WriteJSON(w io.Writer) error {
	b := bufio.NewWriter(w)
	if err := writeJSON(b, r.tree(), 0); err != nil {
		return err
	}
	if err := b.WriteByte('\n'); err != nil {
		return err
	}
	return b.Flush()
}

func writeJSON(b *bufio.Writer, t *tree, indent int) error {
	t = t.forJSON()
	open, closing, n := "{", "}", len(t.pairs)
	switch {
	case t.listed:
		open, closing, n = "[", "]", len(t.items)
	case t.bare:
		_, err := b.WriteString(t.text)
		return err
	case !t.keyed:
		return jsonText(b, t.text)
	}
	if n == 0 {
		_, err := b.WriteString(open + closing)
		return err
	}
	for i := range n {
		sep := ",\n"
		if i == 0 {
			sep = open + "\n"
		}
		if _, err := b.WriteString(sep + strings.Repeat(" ", indent+2)); err != nil {
			return err
		}
		value := t.at(i)
		if !t.listed {
			if _, err := b.WriteString(`"` + t.pairs[i].key + `": `); err != nil {
				return err
			}
		}
		if err := writeJSON(b, value, indent+2); err != nil {
			return err
		}
	}
	_, err := b.WriteString("\n" + strings.Repeat(" ", indent) + closing)
	return err
}

// jsonText writes a text without escaping what only HTML would need.
func jsonText(b *bufio.Writer, s string) error {
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return err
	}
	_, err := b.WriteString(strings.TrimSuffix(out.String(), "\n"))
	return err
}
