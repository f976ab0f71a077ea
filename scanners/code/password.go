package code

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// secret tells whether a name is that of a password as a person types it.
func (a *analysis) secret(name string) bool { return a.v.isSecret(name) }

func (v *vocabulary) isSecret(name string) bool {
	f := fold(name)
	return v.passwords.has(f) && !v.notSecret.has(f)
}

// secrets keeps the origins that are passwords.
func (a *analysis) secrets(from []origin) []origin {
	var kept []origin
	for _, o := range from {
		if a.secret(o.col.Name) {
			kept = append(kept, o)
		}
	}
	if len(kept) > 1 {
		kept = kept[:1]
	}
	return kept
}

// weakHash reads MD5 and SHA-1 of a password.
func (a *analysis) weakHash(c *chain) {
	if !a.weakChain(c) {
		return
	}
	for k := range c.parts {
		p := &c.parts[k]
		if !p.call {
			continue
		}
		all := a.sources(p.lo, p.hi)
		if from := a.secrets(all); len(from) > 0 {
			a.reach(item.SinkPlaintext, "", p.at, from, chainNote(c, k))
			return
		}
		a.pends(p.at, all, chainNote(c, k))
	}
}

func (a *analysis) weakChain(c *chain) bool {
	if v := a.env[c.parts[0].name]; v != nil && v.weak {
		return true
	}
	for k := range c.parts {
		p := &c.parts[k]
		if a.word(p).any(isWeak) {
			return true
		}
		if p.call && p.lo < p.hi && a.kind(p.lo) == tokText && a.v.weak.has(fold(a.text(p.lo))) {
			return true
		}
	}
	return false
}

// weakMark tells whether [lo, hi) makes something that computes a weak hash.
func (a *analysis) weakMark(lo, hi int) bool {
	for lo < hi && a.notValue(a.text(lo)) {
		lo++
	}
	if lo >= hi || a.kind(lo) != tokName {
		return false
	}
	c := a.chain(lo, hi)
	return c.hi >= hi-1 && a.weakChain(&c)
}

// stores reads a record kept with a password in clear, or with a card's code.
func (a *analysis) stores(c *chain) {
	k := len(c.parts) - 1
	p := &c.parts[k]
	if p.call && k > 0 && flushes[a.word(p).fold] {
		a.keepsAll()
		return
	}
	if !p.call || k == 0 || !a.word(p).any(isStore) {
		return
	}
	a.savesKept(c, p)
	if !a.keeps(c, k) {
		return
	}
	done := false
	a.deepKeys(p.lo, p.hi, func(key string, from []origin, at int) {
		if done {
			return
		}
		if a.v.cardCodes.has(fold(key)) && len(from) > 0 {
			a.reach(item.SinkForbidden, "", at, from[:1], chainNote(c, k))
			return
		}
		if !a.secret(key) || a.lang == ruby && fold(key) == "password" {
			return
		}
		if from = a.secrets(from); len(from) > 0 {
			a.reach(item.SinkPlaintext, "", p.at, from, chainNote(c, k))
			done = true
		}
	})
}

// flushes are calls that write whatever was changed, without naming it.
var flushes = map[string]bool{"flush": true, "savechanges": true, "savechangesasync": true, "commit": true}

// keepsAll tells the passwords set in clear on records that are written together.
func (a *analysis) keepsAll() {
	for _, name := range slices.Sorted(maps.Keys(a.env)) {
		if v := a.env[name]; v != nil && v.kept != nil {
			a.found(*v.kept)
			v.kept = nil
		}
	}
}

// keeps tells whether a chain that stores belongs to a database: a model, a
// session, a repository.
func (a *analysis) keeps(c *chain, k int) bool {
	for j := range k {
		name := c.parts[j].name
		if name == "" {
			continue
		}
		f := fold(name)
		if name[0] >= 'A' && name[0] <= 'Z' && !shouting(name) || f == "objects" || f == "db" || f == "session" || f == "em" || f == "prisma" || f == "knex" || f == "manager" || strings.HasSuffix(f, "repository") || strings.HasSuffix(f, "repo") || strings.HasSuffix(f, "dao") || strings.HasSuffix(f, "model") || strings.HasSuffix(f, "collection") || strings.HasSuffix(f, "context") || f == "entitymanager" || f == "connection" {
			return true
		}
	}
	return a.lang == php && strings.Contains(c.parts[0].name, `\`)
}

// deepKeys is keyed through constructors too: Add(new User { Password = p }).
func (a *analysis) deepKeys(lo, hi int, visit func(string, []origin, int)) {
	for i := lo; i < hi; i++ {
		if a.toks[i].kind == tokName && a.is(i+1, "(") && a.wordOf(a.text(i)).any(isSanitizer) {
			i = a.after(i+1) - 1
			continue
		}
		key := ""
		switch {
		case (a.toks[i].kind == tokName || a.toks[i].kind == tokText) && a.isKey(i, lo, hi):
			key = a.text(i)
		case a.lang == script && a.toks[i].kind == tokName && (a.is(i+1, ",") || a.is(i+1, "}")) && (a.is(i-1, "{") || a.is(i-1, ",")):
			visit(a.text(i), a.variable(part{name: a.text(i), at: i}), i)
		}
		if key == "" {
			continue
		}
		end := i + 2
		for end < hi && !a.is(end, ",") && a.toks[end].kind != tokClose {
			if a.toks[end].kind == tokOpen {
				end = a.after(end)
				continue
			}
			end++
		}
		if a.kind(i+2) != tokOpen {
			visit(key, a.sources(i+2, min(end, hi)), i)
		}
	}
}

// setsPassword notes `user.password = password`: in clear if user is kept.
func (a *analysis) setsPassword(c *chain, last part, op, hi int) {
	if a.lang == ruby || !a.secret(last.name) || len(c.parts) != 2 || owners[c.parts[0].name] {
		return
	}
	v := a.env[c.parts[0].name]
	if v == nil {
		v = &variable{line: int(a.toks[c.lo].line)}
		a.env[c.parts[0].name] = v
	}
	from := a.secrets(a.sources(op+1, hi))
	if len(from) == 0 {
		v.kept = nil
		return
	}
	line := int(a.toks[c.lo].line)
	v.kept = &item.Flow{
		Source: from[0].col, Path: append(append([]item.Step(nil), from[0].path...), item.Step{Line: line, Note: chainNote(c, 1)}),
		Sink: item.SinkPlaintext, Line: line, Inside: a.inside(),
	}
}

// callsSetter reads `user.setPassword(password)` as the assignment it is.
func (a *analysis) callsSetter(c *chain) {
	last := c.parts[len(c.parts)-1]
	property := strings.TrimPrefix(strings.TrimPrefix(last.name, "set"), "Set")
	if !last.call || property == last.name || property == "" || property[0] < 'A' || property[0] > 'Z' {
		return
	}
	for i := last.lo; i < last.hi && !a.asks(last.lo, last.hi); i++ {
		if a.is(i, "(") && a.after(i) > i+2 {
			return // worked on by a call: encoder.encode(password)
		}
	}
	last.name = property
	set := *c
	set.parts = append(append([]part(nil), c.parts[:len(c.parts)-1]...), last)
	a.setsPassword(&set, last, last.lo-1, last.hi)
}

// savesKept tells a password set in clear once its record is kept.
func (a *analysis) savesKept(c *chain, p *part) {
	names := []string{c.parts[0].name}
	for i := p.lo; i < p.hi; i++ {
		if a.toks[i].kind == tokName {
			names = append(names, a.text(i))
		}
	}
	for _, n := range names {
		if v := a.env[n]; v != nil && v.kept != nil {
			a.found(*v.kept)
			v.kept = nil
		}
	}
}

// comparison reads a password compared in clear with the one of a record.
func (a *analysis) comparison(lo, hi int) {
	for i := lo + 1; i < hi-1; i++ {
		if !a.is(i, "==") && !a.is(i, "===") && !a.is(i, "!=") && !a.is(i, "!==") && !a.is(i, "equals") {
			continue
		}
		left, ok := a.chainBefore(i, lo)
		right := i + 1
		if a.is(i, "equals") {
			left, ok = a.chainBefore(i-1, lo)
			right = i + 2
			ok = ok && a.is(i+1, "(")
		}
		if !ok || a.kind(right) != tokName {
			continue
		}
		r := a.chain(right, hi)
		if r.hi < hi && a.isMember(r.hi) {
			continue
		}
		a.compares(&left, &r, i)
	}
}

func (a *analysis) compares(l, r *chain, at int) {
	x, y := lastName(l), lastName(r)
	if !a.secret(x) || !a.secret(y) {
		return
	}
	record := func(c *chain) bool {
		f := fold(c.parts[0].name)
		return len(c.parts) >= 2 && !owners[c.parts[0].name] && !a.v.requests.has(f) && !shouting(c.parts[0].name)
	}
	if !record(l) && !record(r) || l.parts[0].name == r.parts[0].name {
		return
	}
	c := l
	if record(l) {
		c = r
	}
	if from := a.secrets(a.own(part{name: lastName(c), at: c.parts[len(c.parts)-1].at}, "")); len(from) > 0 {
		a.reach(item.SinkPlaintext, "", at, from, a.text(at))
	}
}

func lastName(c *chain) string {
	p := c.parts[len(c.parts)-1]
	if p.call && p.lo < p.hi {
		return ""
	}
	return getter(p.name)
}

// chainBefore returns the chain that ends before token i.
func (a *analysis) chainBefore(i, lo int) (chain, bool) {
	for j := i - 1; j >= lo && j > i-24; j-- {
		if a.toks[j].kind == tokClose {
			j = max(int(a.toks[j].pair), lo)
			continue
		}
		if a.toks[j].kind == tokName && !a.isMember(j-1) {
			c := a.chain(j, i)
			return c, c.hi == i
		}
		if a.toks[j].kind != tokName && !a.isMember(j) {
			break
		}
	}
	return chain{}, false
}

// queries reads SQL that keeps or compares a password in clear.
func (a *analysis) queries(lo, hi int) {
	for i := lo; i < hi; i++ {
		t := a.toks[i]
		if t.kind != tokText || t.end-t.start < 20 {
			continue
		}
		low := bytes.ToLower(a.src[t.start:min(int(t.end), int(t.start)+2000)])
		if !bytes.Contains(low, []byte("insert into ")) && !bytes.Contains(low, []byte("update ")) && !(bytes.Contains(low, []byte("select ")) && bytes.Contains(low, []byte("where"))) {
			continue
		}
		col := a.sqlPassword(low)
		if col == "" {
			continue
		}
		all := a.sources(lo, hi)
		if from := a.secrets(all); len(from) > 0 {
			a.reach(item.SinkPlaintext, "", i, from, "SQL "+col)
		} else {
			a.pends(i, all, "SQL "+col)
		}
		return
	}
}

// sqlPassword returns the column of a statement that is a password, or "".
func (a *analysis) sqlPassword(low []byte) string {
	if bytes.HasPrefix(bytes.TrimSpace(low), []byte("select")) {
		low = low[bytes.Index(low, []byte("where")):]
	}
	for _, w := range bytes.FieldsFunc(low, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		if a.secret(string(w)) {
			return string(w)
		}
	}
	return ""
}
