package code

import (
	"bytes"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// A sightings gathers the third parties of one file, each clue once.
type sightings struct {
	list  []item.Third
	aside bool // the whole file is a test or an example
}

func (s *sightings) add(r *rules.Recipient, clue, country string, line int, aside bool) {
	t := item.Third{ID: r.ID, Line: line, Clue: clue, Country: country, Host: hosting(r) && clue != "import" && clue != "manifest", Aside: aside || s.aside}
	for _, o := range s.list {
		if o.ID == t.ID && o.Clue == t.Clue && o.Country == t.Country && o.Aside == t.Aside {
			return
		}
	}
	s.list = append(s.list, t)
}

// imports reads the import statements of u: third parties seen, and the names
// in the file that stand for one.
func (t *thirds) imports(u *unit, s *sightings) map[string]string {
	names := map[string]string{}
	note := func(i int, module string, local ...string) {
		r := t.importOf(u.lang, module)
		if r == nil {
			return
		}
		if !r.Twin {
			s.add(r, "import", "", int(u.toks[i].line), false)
		}
		for _, n := range local {
			if n != "" {
				names[n] = r.ID
			}
		}
	}
	for i := range u.toks {
		if u.toks[i].kind != tokName {
			continue
		}
		switch u.text(i) {
		case "import":
			u.importStatement(i, note)
		case "from":
			if u.lang == python && u.startsLine(i) {
				u.fromImport(i, note)
			}
		case "use":
			if u.lang == php {
				u.useStatement(i, note)
			}
		case "using":
			if u.lang == csharp && u.kind(i+1) == tokName {
				note(i, u.path(i+1))
			}
		case "require", "require_once", "require_relative":
			u.requireCall(i, note)
		default:
			if u.lang == ruby && !u.isMember(i-1) && (u.is(i+1, "::") || u.is(i+1, ".") && setsUp[u.text(i+2)]) {
				note(i, u.text(i), u.text(i))
			}
		}
	}
	return names
}

// setsUp are the methods of Ruby that set up a library: Stripe.api_key = key.
var setsUp = setOf("api_key api_token configure configuration config init setup start api_version access_token client")

// path reads a.b.c.
func (u *unit) path(i int) string {
	var b strings.Builder
	for u.kind(i) == tokName {
		b.WriteString(u.text(i))
		if !u.isMember(i+1) || u.kind(i+2) != tokName {
			break
		}
		b.WriteByte('.')
		i += 2
	}
	return b.String()
}

type noteImport func(i int, module string, local ...string)

func (u *unit) importStatement(i int, note noteImport) {
	switch u.lang {
	case python:
		if !u.startsLine(i) {
			return
		}
		for j := i + 1; u.kind(j) == tokName; {
			module := u.path(j)
			local, _, _ := strings.Cut(module, ".")
			for u.kind(j) == tokName && u.isMember(j+1) {
				j += 2
			}
			j++
			if u.is(j, "as") {
				local = u.text(j + 1)
				j += 2
			}
			note(i, module, local)
			if !u.is(j, ",") {
				return
			}
			j++
		}
	case java, kotlin:
		j := i + 1
		if u.is(j, "static") {
			j++
		}
		module := u.path(j)
		note(i, module, module[strings.LastIndexByte(module, '.')+1:])
	case golang:
		u.goImport(i, note)
	case script:
		u.scriptImport(i, note)
	}
}

func (u *unit) goImport(i int, note noteImport) {
	end := i + 4
	j := i + 1
	if u.is(j, "(") {
		end = u.after(j)
	}
	for ; j < min(end, len(u.toks)); j++ {
		if u.toks[j].kind != tokText {
			if u.toks[j].kind == tokLine && end == i+4 {
				return
			}
			continue
		}
		module := u.text(j)
		local := module[strings.LastIndexByte(module, '/')+1:]
		if u.kind(j-1) == tokName && !u.is(j-1, "import") {
			local = u.text(j - 1)
		}
		note(j, module, local)
	}
}

// scriptImport reads import a, { b as c } from 'm' and import('m').
func (u *unit) scriptImport(i int, note noteImport) {
	var local []string
	for j := i + 1; j < len(u.toks) && j < i+80; j++ {
		switch t := u.toks[j]; {
		case t.kind == tokText:
			note(i, u.text(j), local...)
			return
		case t.kind == tokName && u.is(j+1, "as"):
		case t.kind == tokName && !u.is(j, "as") && !u.is(j, "from") && !u.is(j, "type"):
			local = append(local, u.text(j))
		case u.is(j, ";") || u.is(j, "="):
			return
		}
	}
}

func (u *unit) fromImport(i int, note noteImport) {
	module := u.path(i + 1)
	j := i + 1
	for u.kind(j) == tokName && u.isMember(j+1) {
		j += 2
	}
	if j++; !u.is(j, "import") {
		return
	}
	for j++; u.is(j, "("); j++ {
	}
	var local []string
	for n := 0; n < 60; n++ {
		for u.toks != nil && j < len(u.toks) && u.toks[j].kind == tokLine && n > 0 && u.is(j-1, ",") {
			j++
		}
		if u.kind(j) != tokName {
			break
		}
		name := u.text(j)
		note(i, module+"."+name)
		if u.is(j+1, "as") {
			j += 2
			name = u.text(min(j, len(u.toks)-1))
		}
		local = append(local, name)
		if j++; !u.is(j, ",") {
			break
		}
		j++
	}
	note(i, module, local...)
}

func (u *unit) useStatement(i int, note noteImport) {
	if u.kind(i+1) != tokName {
		return
	}
	module := u.text(i + 1)
	local := module[strings.LastIndexByte(module, '\\')+1:]
	if u.is(i+2, "as") && u.kind(i+3) == tokName {
		local = u.text(i + 3)
	}
	note(i, module, local)
}

// requireCall reads require 'm' of Ruby and const x = require('m') of Node.
func (u *unit) requireCall(i int, note noteImport) {
	j := i + 1
	if u.is(j, "(") {
		j++
	}
	if u.kind(j) != tokText || u.lang != ruby && u.lang != script {
		return
	}
	var local []string
	if u.is(i-1, "=") {
		k := i - 2
		if u.kind(k) == tokClose {
			for k--; k > 0 && u.toks[k].kind != tokOpen; k-- {
				if u.toks[k].kind == tokName {
					local = append(local, u.text(k))
				}
			}
		} else if u.kind(k) == tokName {
			local = append(local, u.text(k))
		}
	}
	name := u.text(j)
	if u.lang == ruby {
		name, _, _ = strings.Cut(name, "/")
	}
	note(i, name, local...)
}

// addresses reads the addresses in src. aside tells whether an offset is in a
// comment.
func (t *thirds) addresses(src []byte, first int, s *sightings, aside func(int) bool) {
	line, counted := first, 0
	for off := 0; ; {
		i := bytes.Index(src[off:], []byte("://"))
		if i < 0 {
			return
		}
		at := off + i
		off = at + 3
		host, path := hostAt(src[off:])
		if host == "" {
			continue
		}
		if linked(src, at) {
			continue
		}
		r, country := t.hostOf(host, path, loaded(src, at) || src[min(off, len(src)-1)] == '*')
		if r == nil {
			r = t.taggedAt(host, path)
		}
		if r == nil {
			continue
		}
		line += bytes.Count(src[counted:at], []byte{'\n'})
		counted = at
		s.add(r, "host", country, line, aside != nil && aside(at))
	}
}

// loads reads the addresses a page loads from; others are links or words.
func (t *thirds) loads(src []byte, s *sightings) {
	for off := 0; ; {
		i := bytes.Index(src[off:], []byte("://"))
		if i < 0 {
			return
		}
		at := off + i
		off = at + 3
		host, path := hostAt(src[off:])
		if host == "" || !loaded(src, at) {
			continue
		}
		if r, country := t.hostOf(host, path, true); r != nil {
			s.add(r, "host", country, 1+bytes.Count(src[:at], []byte{'\n'}), inMarkupComment(src, at))
		}
	}
}

// hostAt reads the host at the start of b, and the path after it.
func hostAt(b []byte) (host, path string) {
	if hasPrefix(b, "*.") { // all below: of a policy
		b = b[2:]
	}
	n := min(len(b), 200)
	end := 0
	for end < n && hostByte(b[end]) {
		end++
	}
	if end < n && (b[end] == '@' || b[end] == ':' && bytes.IndexByte(b[end:n], '@') > 0 && !bytes.ContainsAny(b[end:end+bytes.IndexByte(b[end:n], '@')], "/ \"'\n")) {
		i := bytes.IndexByte(b[end:n], '@') + end + 1
		return hostAt(b[i:])
	}
	host = string(b[:end])
	if strings.IndexByte(host, '.') <= 0 {
		return "", ""
	}
	from := end
	for end < n && b[end] > ' ' && b[end] != '"' && b[end] != '\'' && b[end] != '`' && b[end] != '<' && b[end] != ')' {
		end++
	}
	return host, string(b[from:end])
}

func hostByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '.' || c == '-' || c == '_'
}

// linked tells whether the address at i is that of a link in a page: nothing is
// handed over until someone clicks.
func linked(src []byte, i int) bool {
	from := max(0, i-200)
	head := bytes.ToLower(src[from:i])
	open := bytes.LastIndexByte(head, '<')
	if open < 0 || bytes.IndexByte(head[open:], '>') >= 0 {
		// Markdown links: [text](address)
		return bytes.HasSuffix(head, []byte("](https")) || bytes.HasSuffix(head, []byte("](http"))
	}
	return hasPrefix(head[open:], "<a ") || hasPrefix(head[open:], "<a\n")
}

// loaded tells whether a page loads from the address at i.
func loaded(src []byte, i int) bool {
	from := max(0, i-200)
	head := bytes.ToLower(src[from:i])
	if open := bytes.LastIndexByte(head, '<'); open >= 0 && bytes.IndexByte(head[open:], '>') < 0 {
		tag := head[open+1:]
		return slices.ContainsFunc([]string{"script", "iframe", "img", "link", "form", "source", "video", "audio", "embed", "object"}, func(w string) bool { return hasPrefix(tag, w) })
	}
	head = bytes.TrimRight(head, "htps")
	return bytes.HasSuffix(head, []byte("src=\"")) || bytes.HasSuffix(head, []byte("src='")) || bytes.HasSuffix(head, []byte("url(")) || bytes.HasSuffix(head, []byte("url('")) || bytes.HasSuffix(head, []byte("url(\""))
}
