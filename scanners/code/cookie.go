package code

import (
	"fmt"
	"path"
	"regexp"
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
)

// The lifetimes told: longer than 13 months, the reference of the CNIL for
// trackers, and no longer than a program can mean.
const (
	longest = 397 * day
	forever = 100 * 365 * day
)

// header is the lifetime in a Set-Cookie header, after the name of its cookie.
var header = regexp.MustCompile(`(?i)^\s*(?:set-cookie:\s*)?([!#$%&'*+.^_|~0-9a-z-]+)=[^,]*;\s*max-age=(\d{1,10})\b`)

// tail is a lifetime in a piece of document.cookie.
var tail = regexp.MustCompile(`(?i)(?:^|;)\s*max-age=(\d{0,10})`)

// cookies notes the cookies that are set to live longer than 13 months.
func (s *source) cookies(u *unit) {
	java := path.Ext(s.path) == ".java" || path.Ext(s.path) == ".kt"
	for i := range u.toks {
		t := &u.toks[i]
		if t.kind == tokText {
			if m := header.FindSubmatch(u.src[t.start:t.end]); m != nil {
				s.cookieFor(string(m[1]), digits(string(m[2])), int(t.line))
			}
			continue
		}
		if t.kind != tokName {
			continue
		}
		switch name := fold(u.text(i)); {
		case name == "setcookie" || name == "setrawcookie",
			name == "cookie" && u.lang == script && u.isMember(i-1),
			(name == "set" || name == "put") && u.isMember(i-1) && fold(u.text(i-2)) == "cookies",
			name == "cookie" && u.lang == golang && u.is(i+1, "{"),
			name == "cookieoptions" && u.lang == csharp:
			s.cookieSet(u, i, name)
		case name == "cookies" && u.lang == ruby:
			s.cookieRuby(u, i)
		case name == "setmaxage" && java && u.is(i+1, "("):
			if n, ok := u.lifetime(i+2, u.after(i+1)-1, 1, 0); ok {
				s.cookieFor(u.text(max(i-2, 0)), n, int(t.line))
			}
		case len(name) > 9 && name[len(name)-9:] == "cookieage" && u.is(i+1, "="):
			if n, ok := u.lifetime(i+2, u.ends(i+2), 1, 0); ok {
				s.cookieFor(u.text(i), n, int(t.line))
			}
		case name == "document" && u.isMember(i+1) && u.is(i+2, "cookie") && u.is(i+3, "="):
			s.cookiePage(u, i+4)
		}
	}
}

func digits(s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return n
}

// cookieSet reads a call or a literal that sets a cookie, whose name is token i.
func (s *source) cookieSet(u *unit, i int, name string) {
	open := i + 1
	if u.is(open, "(") && u.after(open) == open+2 && u.lang == csharp { // new CookieOptions() { … }
		open += 2
	}
	if u.kind(open) != tokOpen {
		return
	}
	lo, hi := open+1, min(u.after(open)-1, open+mostTokens)
	unit := 1.0
	switch {
	case u.lang == script && name == "cookie":
		unit = 0.001 // res.cookie counts in milliseconds
	case u.lang == golang && name == "setcookie":
		return // its literal is read by itself
	}
	called := "cookie"
	for k := lo; k < hi; k++ {
		if u.kind(k) == tokText {
			called = u.text(k)
			break
		}
	}
	line := int(u.toks[i].line)
	if args := u.split(lo, hi); u.lang == php && len(args) > 2 && u.says(args[2], "time", "strtotime") && u.kind(args[2][0]) == tokName {
		if n, ok := u.lifetime(args[2][0], args[2][1], 1, 0); ok {
			s.cookieFor(called, n, line)
		}
	}
	s.cookieKeys(u, lo, hi, unit, called)
}

// says tells whether a name stands in a stretch of tokens.
func (u *unit) says(in [2]int, names ...string) bool {
	for i := in[0]; i < in[1]; i++ {
		for _, n := range names {
			if u.kind(i) == tokName && fold(u.text(i)) == n {
				return true
			}
		}
	}
	return false
}

// cookieKeys reads max-age and expires in [lo, hi).
func (s *source) cookieKeys(u *unit, lo, hi int, unit float64, called string) {
	for i := lo; i < hi; i++ {
		key := fold(u.text(i))
		if key != "maxage" && key != "expires" || u.kind(i) != tokName && u.kind(i) != tokText || !u.is(i+1, ":") && !u.is(i+1, "=") && !u.is(i+1, "=>") {
			continue
		}
		from, to := i+2, min(u.ends(i+2), hi)
		each := unit
		switch clock := u.says([2]int{from, to}, "date", "now", "time", "strtotime", "new"); {
		case key == "expires" && u.lang == script && clock:
			each = 0.001
		case key == "expires" && u.lang == script:
			each = day // js-cookie counts in days
		case key == "expires" && !clock && !u.dates(from, to):
			continue // a point in time
		}
		if n, ok := u.lifetime(from, to, each, 0); ok {
			s.cookieFor(called, n, int(u.toks[i].line))
		}
	}
}

// dates tells whether a unit of time is named in [lo, hi).
func (u *unit) dates(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if u.kind(i) == tokName && unitOf(u.text(i)) > 0 {
			return true
		}
	}
	return false
}

// cookieRuby reads cookies.permanent[:x] = …, which lives twenty years, and
// cookies[:x] = { expires: 2.years.from_now }.
func (s *source) cookieRuby(u *unit, i int) {
	k, permanent := i+1, false
	for u.isMember(k) && (u.is(k+1, "permanent") || u.is(k+1, "signed") || u.is(k+1, "encrypted")) {
		permanent = permanent || u.is(k+1, "permanent")
		k += 2
	}
	if !u.is(k, "[") || !u.is(u.after(k), "=") {
		return
	}
	called, set := u.text(k+1), u.after(k)
	switch {
	case permanent:
		s.cookieFor(called, 20*365*day, int(u.toks[i].line))
	case u.kind(set+1) == tokOpen:
		s.cookieKeys(u, set+2, min(u.after(set+1)-1, set+mostTokens), 1, called)
	}
}

// cookiePage reads the text that a page gives document.cookie.
func (s *source) cookiePage(u *unit, lo int) {
	hi := u.ends(lo)
	called := ""
	for i := lo; i < hi; i++ {
		if u.kind(i) != tokText {
			continue
		}
		text := u.text(i)
		if n := nameEnd(text); called == "" && n > 0 {
			called = text[:n]
		}
		m := tail.FindStringSubmatch(text)
		switch {
		case m == nil || header.MatchString(text):
		case m[1] != "":
			s.cookieFor(called, digits(m[1]), int(u.toks[i].line))
		default:
			from := i + 1
			if u.is(from, "+") || u.kind(from) == tokOpen {
				from++
			}
			to := from
			for to < hi && u.kind(to) != tokText && u.kind(to) != tokClose && !u.is(to, "+") {
				to++
			}
			if n, ok := u.lifetime(from, to, 1, 0); ok {
				s.cookieFor(called, n, int(u.toks[i].line))
			}
		}
	}
}

// nameEnd is the length of the name before '=' in a cookie; 0 without.
func nameEnd(text string) int {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '=':
			return i
		case !isNameStart(c) && !isDigit(c) && c != '-' && c != '.':
			return 0
		}
	}
	return 0
}

// cookieFor notes a cookie and how long it lives, in seconds.
func (s *source) cookieFor(called string, seconds float64, line int) {
	if seconds <= longest || seconds > forever || s.seen.aside {
		return
	}
	if called == "" {
		called = "cookie"
	}
	s.flows = append(s.flows, item.Flow{
		Source: item.Column{Container: "cookie", Name: called, Line: line}, Path: []item.Step{{Line: line, Note: called}},
		Sink: item.SinkCookie, Line: line, Inside: called, Kept: fmt.Sprintf("P%dD", int(seconds)/day),
	})
}
