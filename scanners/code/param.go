package code

import "strings"

// A param is one parameter.
type param struct {
	name, typ string
	line      int
}

// params reads the parameters in [lo, hi).
func (u *unit) params(lo, hi int) []param {
	var all []param
	for _, r := range u.split(lo, hi) {
		all = append(all, u.oneParam(r[0], r[1])...)
	}
	if u.lang == golang { // a, b string: the type stands once, at the last
		for i := len(all) - 2; i >= 0; i-- {
			if all[i].typ == "" {
				all[i].typ = all[i+1].typ
			}
		}
	}
	return all
}

// paramWords stand before a parameter and are none.
var paramWords = map[string]bool{
	"final": true, "readonly": true, "public": true, "private": true, "protected": true, "val": true, "var": true, "ref": true, "out": true, "in": true, "params": true, "this": true, "const": true, "vararg": true, "override": true, "required": true, "async": true,
}

// paramWord tells one of them, in the languages that have any: val is a name in
// others.
func (u *unit) paramWord(name string) bool {
	switch u.lang {
	case golang, python, ruby:
		return false
	case script:
		return name == "public" || name == "private" || name == "protected" || name == "readonly" || name == "override"
	}
	return paramWords[name]
}

func (u *unit) oneParam(lo, hi int) []param {
	lo, _ = u.skipAnnotations(lo, hi)
	for lo < hi && (u.toks[lo].kind == tokLine || u.toks[lo].kind == tokOp && !u.is(lo, "[") || u.toks[lo].kind == tokName && u.paramWord(u.text(lo)) && lo+1 < hi) {
		lo++
	}
	if lo >= hi {
		return nil
	}
	end := lo
	for end < hi && !u.is(end, "=") {
		if u.toks[end].kind == tokOpen {
			end = u.after(end)
			continue
		}
		end++
	}
	end = min(end, hi)
	if u.toks[lo].kind == tokOpen { // { email, password }: Props
		var all []param
		for _, r := range u.split(lo+1, u.after(lo)-1) {
			if r[0] < r[1] && u.toks[r[0]].kind == tokName {
				all = append(all, param{name: u.text(r[0]), line: int(u.toks[r[0]].line)})
			}
		}
		return all
	}
	if u.lang.typeFirst {
		return u.typedParam(lo, end)
	}
	if u.toks[lo].kind != tokName {
		return nil
	}
	p := param{name: u.text(lo), line: int(u.toks[lo].line)}
	var typ []string
	for i := lo + 1; i < end; i++ {
		if u.toks[i].kind == tokName {
			typ = append(typ, u.text(i))
		}
	}
	if len(typ) > 0 {
		p.typ = typ[len(typ)-1]
	}
	return []param{p}
}

func (u *unit) typedParam(lo, end int) []param {
	name := -1
	var typ string
	for i := lo; i < end; i++ {
		switch {
		case u.toks[i].kind == tokName && (u.lang != php || u.dollar(i)):
			name = i
		case u.is(i, "<"):
			if j := u.closeAngle(i, end); j > 0 {
				i = j
			}
		}
	}
	if name < 0 {
		return nil
	}
	for i := lo; i < name; i++ {
		if u.toks[i].kind == tokName {
			typ = u.text(i)
		}
	}
	return []param{{name: u.text(name), typ: typ[strings.LastIndexByte(typ, '\\')+1:], line: int(u.toks[name].line)}}
}

// dollar tells whether the name at i is written with its '$'.
func (u *unit) dollar(i int) bool {
	s := u.toks[i].start
	return s > 0 && u.src[s-1] == '$'
}

// skipAnnotations passes @X(…), #[…] and [X] and returns where they were.
func (u *unit) skipAnnotations(lo, hi int) (next int, seen [][2]int) {
	for lo < hi {
		from := lo
		switch {
		case u.toks[lo].kind == tokLine:
			lo++
			continue
		case u.is(lo, "@") && u.kind(lo+1) == tokName && !u.is(lo+1, "interface"):
			lo += 2
			for u.isMember(lo) || u.is(lo, ":") && u.lang == kotlin {
				lo += 2
			}
			if u.is(lo, "(") {
				lo = u.after(lo)
			}
		case u.is(lo, "#") && u.is(lo+1, "["):
			lo = u.after(lo + 1)
		case u.is(lo, "[") && u.lang == csharp:
			lo = u.after(lo)
		default:
			return lo, seen
		}
		lo = min(lo, hi)
		seen = append(seen, [2]int{from, lo})
	}
	return lo, seen
}
