package code

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/item/pattern"
)

// readPage reads HTML, its templates, and the components of Vue and Svelte.
func readPage(s *source) {
	if !s.worth(nil) {
		return
	}
	s.template(s.src, false)
	s.pageHosts(s.scripts())
}

// scripts reads the code between <script> and </script>, and returns the page
// with that code blanked out.
func (s *source) scripts() []byte {
	low := bytes.ToLower(s.src)
	rest := s.src
	for off := 0; ; {
		i := bytes.Index(low[off:], []byte("<script"))
		if i < 0 {
			return rest
		}
		at := off + i
		open := bytes.IndexByte(low[at:], '>')
		if open < 0 {
			return rest
		}
		from := at + open + 1
		end := bytes.Index(low[from:], []byte("</script"))
		if end < 0 {
			end = len(low) - from
		}
		off = from + end
		if tag := low[at:from]; end > 0 && !bytes.Contains(tag, []byte("json")) && !bytes.Contains(tag, []byte("text/template")) {
			s.parse(s.src[from:from+end], script, 1+bytes.Count(s.src[:from], []byte{'\n'}))
			if &rest[0] == &s.src[0] {
				rest = bytes.Clone(s.src)
			}
			for i := from; i < from+end; i++ {
				if rest[i] != '\n' {
					rest[i] = ' '
				}
			}
		}
	}
}

// pageHosts reads addresses outside scripts, and texts of known scripts.
func (s *source) pageHosts(src []byte) {
	s.words.third.loads(src, &s.seen)
	for _, m := range []string{`src="//`, `src='//`, `href="//`} {
		for off := 0; ; {
			i := bytes.Index(src[off:], []byte(m))
			if i < 0 {
				break
			}
			off += i + len(m)
			host, path := hostAt(src[off:])
			if r, country := s.words.third.hostOf(host, path, true); r != nil && !linked(src, off) {
				s.seen.add(r, "host", country, 1+bytes.Count(src[:off], []byte{'\n'}), inMarkupComment(src, off))
			}
		}
	}
	s.policy(src)
	for _, t := range s.words.third.tags {
		if i := bytes.Index(src, []byte(t.text)); i >= 0 {
			r := &s.words.third.list[t.at]
			if !s.has(r.ID) {
				s.seen.add(r, "script", "", 1+bytes.Count(src[:i], []byte{'\n'}), inMarkupComment(src, i))
			}
		}
	}
}

// policy reads the hosts that a page allows itself to load from.
func (s *source) policy(src []byte) {
	i := bytes.Index(src, []byte("Content-Security-Policy"))
	if i < 0 {
		return
	}
	rest := src[i:min(len(src), i+4000)]
	if end := bytes.IndexByte(rest, '>'); end >= 0 {
		rest = rest[:end]
	}
	s.words.third.addresses(rest, 1+bytes.Count(src[:i], []byte{'\n'}), &s.seen, nil)
}

func (s *source) has(id string) bool {
	for i := range s.seen.list {
		if s.seen.list[i].ID == id {
			return true
		}
	}
	return false
}

func inMarkupComment(src []byte, at int) bool {
	from := max(0, at-2000)
	head := src[from:at]
	for _, c := range [][2]string{{"<!--", "-->"}, {"{#", "#}"}, {"{{--", "--}}"}, {"<%#", "%>"}, {"@*", "*@"}} {
		if bytes.LastIndex(head, []byte(c[0])) > bytes.LastIndex(head, []byte(c[1])) {
			return true
		}
	}
	return false
}

// inputs are elements that take data; a suffix fits the components of the
// libraries: v-text-field, ion-input, TextField.
var inputs = []string{"input", "select", "textarea", "field", "form-group", "formgroup", "form-control", "autocomplete", "datepicker", "date-picker", "checkbox", "radio", "textbox", "form:input", "h:inputtext", "inputtext"}

// template reads the fields of forms. only says that a tag must look like a
// field: in a program '<' compares too.
func (s *source) template(src []byte, only bool) {
	if s.seen.aside {
		return
	}
	labels := map[string]string{}
	if !only {
		labels = pageLabels(src)
	}
	line, counted := 1, 0
	last := ""
	for at := 0; at < len(src); {
		i := bytes.IndexByte(src[at:], '<')
		if i < 0 {
			break
		}
		at += i + 1
		name := tagName(src[at:])
		if name == "" {
			continue
		}
		low := strings.ToLower(name)
		if low == "label" {
			last = elementText(src[at:])
			continue
		}
		if !takesData(low) {
			continue
		}
		end := tagEnd(src[at:])
		if end < 0 || end > 4000 {
			continue
		}
		line += bytes.Count(src[counted:at], []byte{'\n'})
		counted = at
		s.input(src[at+len(name):at+end], line, labels, last)
		last = ""
		at += end
	}
	s.helpers(src)
}

func takesData(tag string) bool {
	for _, w := range inputs {
		if tag == w || strings.HasSuffix(tag, "-"+w) || strings.HasSuffix(tag, w) && len(w) > 4 {
			return true
		}
	}
	return false
}

func tagName(b []byte) string {
	n := 0
	for n < len(b) && n < 40 && (isNameStart(b[n]) || isDigit(b[n]) || b[n] == '-' || b[n] == ':' || b[n] == '.') {
		n++
	}
	if n == 0 || isDigit(b[0]) {
		return ""
	}
	return string(b[:n])
}

// tagEnd returns the offset of the '>' that closes a tag: one in a value or in
// braces does not.
func tagEnd(b []byte) int {
	depth := 0
	var quote byte
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == '>' && depth <= 0 && (i == 0 || b[i-1] != '=' && b[i-1] != '-' && b[i-1] != '?' && b[i-1] != '%'):
			return i
		case c == '<' && depth <= 0 && i > 2 && !hasPrefix(b[i:], "<?") && !hasPrefix(b[i:], "<%"):
			return -1
		}
		if i > 4000 {
			return -1
		}
	}
	return -1
}

// elementText returns the words of an element up to its end, tags left out.
func elementText(b []byte) string {
	open := bytes.IndexByte(b[:min(len(b), 600)], '>')
	if open < 0 {
		return ""
	}
	rest := b[open+1 : min(len(b), open+1+400)]
	if end := bytes.Index(bytes.ToLower(rest), []byte("</label")); end >= 0 {
		rest = rest[:end]
	}
	var out []byte
	depth := 0
	for _, c := range rest {
		switch {
		case c == '<':
			depth++
		case c == '>' && depth > 0:
			depth--
			out = append(out, ' ')
		case depth == 0:
			out = append(out, c)
		}
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	return text[:min(len(text), longestComment)]
}

// pageLabels maps ids to the labels for them.
func pageLabels(src []byte) map[string]string {
	m := map[string]string{}
	for off := 0; ; {
		i := bytes.Index(src[off:], []byte("<label"))
		if i < 0 {
			return m
		}
		off += i + 6
		end := bytes.IndexByte(src[off:], '>')
		if end < 0 {
			return m
		}
		attrs := attributes(src[off : off+end])
		if id := firstOf(attrs, "for", "htmlfor"); id != "" {
			m[id] = elementText(src[off-5:])
		}
	}
}

// attributes reads a="b" of a tag; names in lower case. Values in braces are
// kept without them.
func attributes(b []byte) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(b); {
		for i < len(b) && (b[i] <= ' ' || b[i] == '/') {
			i++
		}
		from := i
		for i < len(b) && b[i] > ' ' && b[i] != '=' {
			i++
		}
		name := strings.ToLower(string(b[from:i]))
		if i >= len(b) || b[i] != '=' {
			if name != "" {
				m[name] = ""
			}
			i++
			continue
		}
		i++
		var value string
		value, i = attributeValue(b, i)
		if name != "" {
			m[name] = value
		}
	}
	return m
}

func attributeValue(b []byte, i int) (string, int) {
	if i >= len(b) {
		return "", i
	}
	closer := byte(' ')
	from := i
	switch b[i] {
	case '"', '\'':
		closer, from = b[i], i+1
	case '{':
		closer, from = '}', i+1
	}
	end := bytes.IndexByte(b[from:], closer)
	if end < 0 {
		end = len(b) - from
	}
	return strings.Trim(string(b[from:from+end]), "\"'`"), from + end + 1
}

func firstOf(m map[string]string, keys ...string) string {
	for _, k := range keys {
		if v := m[k]; v != "" {
			return v
		}
	}
	return ""
}

// noField are types of inputs that take no data of a person.
var noField = map[string]bool{"submit": true, "button": true, "reset": true, "image": true, "hidden": true, "search": true}

// input declares one field of a form.
func (s *source) input(b []byte, line int, labels map[string]string, before string) {
	a := attributes(b)
	if noField[strings.ToLower(a["type"])] && a["type"] != "hidden" {
		return
	}
	name := firstOf(a, "name", "v-model", "v-model.trim", "v-model.lazy", "v-model.number", "formcontrolname", "[(ngmodel)]", "asp-for", "bind:value", "ng-model", ":name", "wire:model", "wire:model.defer", "wire:model.lazy", "th:field", "path", "id", "field")
	name, container := fieldName(name)
	if name == "" {
		return
	}
	label := labels[a["id"]]
	if label == "" {
		label = firstOf(a, "label", "aria-label", "placeholder", "title", ":label")
	}
	if label == "" {
		label = before
	}
	if hint := a["autocomplete"]; hint != "" && hint != "off" && hint != "on" {
		label += " " + hint
	}
	col := item.Column{Container: container, Name: name, Type: strings.ToLower(a["type"]), Comment: strings.TrimSpace(label), Line: line}
	s.columns = append(s.columns, declared{Column: col})
}

// fieldName cuts fiche.telephone, user[email], *{email} and {{ form.email }}.
func fieldName(s string) (name, container string) {
	s = strings.Trim(s, "*{}$@# '\"`%()")
	if strings.ContainsAny(s, "<>?+ |&") || len(s) > 80 {
		return "", ""
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '[' || r == ']' || r == ':' })
	if len(parts) == 0 {
		return "", ""
	}
	name = parts[len(parts)-1]
	if len(parts) > 1 {
		container = parts[len(parts)-2]
	}
	if !isIdentifier(name) || name == "value" || isDigit(name[0]) {
		return "", ""
	}
	return name, container
}

// helperCalls are calls of templates that make a field of their first text, with the
// type of the field they make.
var helperCalls = []struct{ call, typ string }{
	{"text_field", "text"},
	{"email_field", "email"},
	{"telephone_field", "tel"},
	{"phone_field", "tel"},
	{"text_area", "textarea"},
	{"date_field", "date"},
	{"date_select", "date"},
	{"file_field", "file"},
	{"password_field", "password"},
	{"number_field", "number"},
	{"collection_select", "select"},
	{"check_box", "checkbox"},
	{"f.input", ""},
	{"f.select", "select"},
	{"form.input", ""},
	{"form_row", ""},
	{"form_widget", ""},
	{"Html.TextBoxFor", "text"},
	{"Html.EditorFor", ""},
	{"Html.DropDownListFor", "select"},
	{"Html.TextAreaFor", "textarea"},
	{"Form::text", "text"},
	{"Form::email", "email"},
	{"Form::date", "date"},
	{"Form::tel", "tel"},
}

// formOf is the record that a form of Rails is for.
var formOf = pattern.New(`form_(?:with|for)\b[ (]+(?:model: *)?[@:]?([a-z][a-z0-9_]*)\b[^:]`)

// helpers reads f.text_field :email, form_row(form.email), Html.EditorFor(m => m.Email).
func (s *source) helpers(src []byte) {
	if !bytes.Contains(src, []byte("<%")) && !bytes.Contains(src, []byte("{{")) && !bytes.Contains(src, []byte("@Html")) {
		return
	}
	container := ""
	if m := formOf.FindStringSubmatch(string(src)); m != nil && m[1] != "model" && m[1] != "url" {
		container = m[1]
	}
	for _, w := range helperCalls {
		for off := 0; ; {
			i := bytes.Index(src[off:], []byte(w.call))
			if i < 0 {
				break
			}
			off += i + len(w.call)
			if name := helperName(src[off:]); name != "" {
				line := 1 + bytes.Count(src[:off], []byte{'\n'})
				s.columns = append(s.columns, declared{Column: item.Column{Container: container, Name: name, Type: w.typ, Line: line}})
			}
		}
	}
}

func helperName(b []byte) string {
	b = b[:min(len(b), 80)]
	if end := bytes.IndexAny(b, "\n)%"); end >= 0 {
		b = b[:end]
	}
	i := 0
	for i < len(b) && (b[i] == ' ' || b[i] == '(') {
		i++
	}
	if i == 0 || i >= len(b) {
		return ""
	}
	first, _, _ := bytes.Cut(b[i:], []byte{','})
	if _, member, ok := bytes.Cut(first, []byte("=>")); ok {
		first = member
	}
	name, _ := fieldName(strings.TrimLeft(strings.TrimSpace(string(first)), ":"))
	return name
}
