package code

import (
	"bytes"
	"strings"
)

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
