package code

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

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
