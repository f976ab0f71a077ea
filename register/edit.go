package register

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// An Edit is one addition to a register. Exactly one of its fields besides Why
// and Treatment is set.
type Edit struct {
	Treatment string // id of the treatment that Category or Recipient is added to
	Category  string
	Recipient *Recipient

	NewTreatment *Treatment // a skeleton: what is not known is left to say
	NewSystem    *System

	Todo []string // what else is left to say of a new treatment
	Lang string   // of the comments: "en", else French
	Why  []string // the places that call for it
}

// Apply adds the edits to the source of a register, keeping comments, order and
// style. The result is read again before it is returned: a source that could not
// be edited safely is an error, and nothing of it is changed.
func Apply(file string, src []byte, edits []Edit) ([]byte, error) {
	for _, e := range edits {
		next, err := e.apply(file, src)
		if err != nil {
			return nil, err
		}
		src = next
	}
	if _, err := Parse(file, src); err != nil {
		return nil, fmt.Errorf("the edited register would not read: %w", err)
	}
	return src, nil
}

func (e Edit) apply(file string, src []byte) ([]byte, error) {
	r := &reader{file: file}
	root, err := r.tree(src)
	if err != nil {
		return nil, err
	}
	d := &editor{lines: strings.Split(string(bytes.TrimRight(src, "\n")), "\n")}
	switch {
	case e.NewTreatment != nil:
		err = d.addTo(root, "treatments", e.NewTreatment.tree(), e.skeletonTodo())
	case e.NewSystem != nil:
		err = d.addTo(root, "systems", e.NewSystem.tree(), nil)
	default:
		err = e.within(d, root)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w: add it by hand", file, err)
	}
	return []byte(strings.Join(d.lines, "\n") + "\n"), nil
}

// within adds an entry to a treatment.
func (e Edit) within(d *editor, root ast.Node) error {
	t := itemByID(valueOf(root, "treatments"), e.Treatment)
	if t == nil {
		return fmt.Errorf("no treatment %s", e.Treatment)
	}
	if e.Category != "" {
		return d.addTo(t, "data", Datum{Category: e.Category}.tree(), nil)
	}
	if e.Recipient != nil {
		return d.addTo(t, "recipients", e.Recipient.tree(), nil)
	}
	return nil
}

// skeletonTodo notes what a new treatment leaves to say.
func (e Edit) skeletonTodo() []string {
	t := e.NewTreatment
	r := &Register{Format: "suggest", Treatments: []Treatment{*t}, Lang: e.Lang}
	x := t.tree()
	r.todoTreatment(x, *t)
	return append(x.todo, e.Todo...)
}

// valueOf returns the value of a key, nil when it is absent.
func valueOf(n ast.Node, key string) ast.Node {
	values, _ := pairs(n)
	for _, v := range values {
		if k, ok := scalar(v.Key); ok && k == key {
			return v.Value
		}
	}
	return nil
}

// itemByID returns the mapping of a list with this id.
func itemByID(n ast.Node, id string) ast.Node {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		return nil
	}
	for _, v := range s.Values {
		if got, ok := scalarOf(valueOf(v, "id")); ok && got == id {
			return v
		}
	}
	return nil
}

func scalarOf(n ast.Node) (string, bool) {
	if n == nil {
		return "", false
	}
	return scalar(n)
}

// An editor inserts text into the lines of a YAML source.
type editor struct {
	lines []string
	wrap  int // where the items of the flow list being edited begin, 0 to keep its line
}

// widest is the length from which a flow list goes on on a line of its own.
const widest = 120

// last returns the last line (from 1) of what starts at a line and goes on deeper
// than indent. Blank lines after it do not belong, nor comments that are not set
// deeper: those speak of what comes next. A bracket that closes it does, and so do
// the items of a list written under its key.
func (d *editor) last(from, indent int) int {
	last := from
	isItem := strings.HasPrefix(strings.TrimLeft(d.lines[from-1], " "), "-")
	for i := from + 1; i <= len(d.lines); i++ {
		text := strings.TrimLeft(d.lines[i-1], " ")
		depth := len(d.lines[i-1]) - len(text)
		if text == "" || text[0] == '#' && depth <= indent {
			continue
		}
		listed := text[0] == '-' && depth == indent && !isItem
		if depth <= indent && !listed && text[0] != ']' && text[0] != '}' {
			break
		}
		last = i
	}
	return last
}

// indentOf returns the spaces at the start of a line (from 1).
func (d *editor) indentOf(n int) int {
	return len(d.lines[n-1]) - len(strings.TrimLeft(d.lines[n-1], " "))
}

// insert puts text after a line (from 1).
func (d *editor) insert(after int, text ...string) { d.lines = slices.Insert(d.lines, after, text...) }

// addTo adds an entry to the list under a key of a mapping; todo are comments
// after it, where the style has a place for them.
func (d *editor) addTo(m ast.Node, key string, entry *tree, todo []string) error {
	entry.comment = ""
	switch list := valueOf(m, key).(type) {
	case *ast.SequenceNode:
		if list.IsFlowStyle {
			if len(list.Values) == 0 && (entry.block || key == "systems") {
				return d.open(m, key, entry, todo)
			}
			d.wrap = list.Start.Position.Column
			if list.Start.Position.Line != list.End.Position.Line {
				d.wrap = d.indentOf(list.End.Position.Line)
			}
			return d.intoFlow(list.End.Position.Line, list.End.Position.Column, len(list.Values) > 0, entry.flow())
		}
		first := line(list.Values[0])
		indent := d.indentOf(first)
		if !strings.HasPrefix(strings.TrimLeft(d.lines[first-1], " "), "-") {
			return fmt.Errorf("the list `%s` is written in a way that is not edited", key)
		}
		start := line(list.Values[len(list.Values)-1])
		d.insert(d.last(start, indent), entryLines(entry, indent, todo)...)
		return nil
	case nil, *ast.NullNode:
		return d.newKey(m, key, entry, todo)
	}
	return fmt.Errorf("`%s` is no list", key)
}

// intoFlow writes an entry before the bracket at a place.
func (d *editor) intoFlow(no, column int, comma bool, entry string) error {
	runes := []rune(d.lines[no-1])
	at := column - 1
	if at < 0 || at >= len(runes) || runes[at] != ']' && runes[at] != '}' {
		return fmt.Errorf("line %d is written in a way that is not edited", no)
	}
	if comma {
		head := strings.TrimRight(string(runes[:at]), " ")
		switch {
		case strings.HasSuffix(head, ","):
			entry = " " + entry
		case head == "": // the bracket stands alone on its line
			return d.afterPrevious(no, entry)
		default:
			entry = ", " + entry
		}
		runes = append([]rune(head), runes[at:]...)
		at = len([]rune(head))
		if entry := strings.TrimLeft(entry, ", "); d.wrap > 0 && len(runes)+len([]rune(entry))+2 > widest {
			d.lines[no-1] = strings.TrimSuffix(string(runes[:at]), ",") + ","
			d.insert(no, strings.Repeat(" ", d.wrap)+entry+string(runes[at:]))
			return nil
		}
	}
	d.lines[no-1] = string(runes[:at]) + entry + string(runes[at:])
	return nil
}

// afterPrevious ends the line before a lone bracket with an entry more.
func (d *editor) afterPrevious(no int, entry string) error {
	prev := d.lines[no-2]
	if strings.Contains(prev, "#") {
		return fmt.Errorf("line %d is written in a way that is not edited", no-1)
	}
	prev = strings.TrimRight(prev, " ")
	if !strings.HasSuffix(prev, ",") {
		prev += ","
	}
	d.lines[no-2] = prev + " " + entry
	return nil
}

// open turns `key: []` into a block list with one entry.
func (d *editor) open(m ast.Node, key string, entry *tree, todo []string) error {
	values, _ := pairs(m)
	for _, v := range values {
		if k, ok := scalar(v.Key); ok && k == key {
			no := line(v.Key)
			at := strings.LastIndex(d.lines[no-1], "[")
			if at < 0 || !strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(d.lines[no-1][at:], "[")), "]") {
				break
			}
			d.lines[no-1] = strings.TrimRight(d.lines[no-1][:at], " ")
			d.insert(no, entryLines(entry, d.indentOf(no)+2, todo)...)
			return nil
		}
	}
	return fmt.Errorf("`%s` is written in a way that is not edited", key)
}

// newKey adds a key with a list of one entry to a mapping; an empty one is filled.
func (d *editor) newKey(m ast.Node, key string, entry *tree, todo []string) error {
	if flow, ok := m.(*ast.MappingNode); ok && flow.IsFlowStyle {
		if valueOf(m, key) != nil {
			return fmt.Errorf("`%s` is empty", key)
		}
		return d.intoFlow(flow.End.Position.Line, flow.End.Position.Column, true, key+": ["+entry.flow()+"]")
	}
	values, _ := pairs(m)
	for _, v := range values {
		if k, ok := scalar(v.Key); ok && k == key { // `key:` with nothing after it
			d.insert(line(v.Key), entryLines(entry, d.column(v.Key)+1, todo)...)
			return nil
		}
	}
	last := values[len(values)-1]
	column := d.column(last.Key) - 1
	after := d.last(line(last.Key), column)
	d.settle(after, column, key)
	d.insert(after, append([]string{strings.Repeat(" ", column) + key + ":"}, entryLines(entry, column+2, todo)...)...)
	return nil
}

// settle takes away the comment that leaves a key to say, in the comments that
// follow a line at a column: it is said now.
func (d *editor) settle(after, column int, key string) {
	for i := after; i < len(d.lines); i++ {
		text := strings.TrimLeft(d.lines[i], " ")
		if text == "" || text[0] != '#' || len(d.lines[i])-len(text) != column {
			return
		}
		if strings.HasPrefix(text, "# TODO "+key+":") {
			d.lines = slices.Delete(d.lines, i, i+1)
			return
		}
	}
}

// column is where a key starts, from 1.
func (d *editor) column(n ast.Node) int { return n.GetToken().Position.Column }

// entryLines writes an entry of a block list as lines.
func entryLines(entry *tree, indent int, todo []string) []string {
	var b bytes.Buffer
	w := newYAMLWriter(&b)
	if entry.block {
		entry.todo = todo
	}
	w.item(entry, indent)
	// A bytes.Buffer takes everything.
	_ = w.Flush()
	return strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
}

// String says an edit as it would be written.
func (e Edit) String() string {
	var b strings.Builder
	switch {
	case e.NewTreatment != nil:
		b.WriteString("treatments:\n" + strings.Join(entryLines(e.NewTreatment.tree(), 2, e.skeletonTodo()), "\n"))
	case e.NewSystem != nil:
		b.WriteString("systems:\n" + strings.Join(entryLines(e.NewSystem.tree(), 2, nil), "\n"))
	case e.Recipient != nil:
		b.WriteString(e.Treatment + ": recipients: + " + e.Recipient.tree().flow())
	default:
		b.WriteString(e.Treatment + ": data: + " + Datum{Category: e.Category}.tree().flow())
	}
	if len(e.Why) > 0 {
		b.WriteString("\n  # " + oneLine(strings.Join(e.Why, ", ")))
	}
	return b.String()
}
