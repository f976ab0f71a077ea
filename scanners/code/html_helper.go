package code

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/item/pattern"
)

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
