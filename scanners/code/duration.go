package code

import (
	"regexp"
	"strconv"
	"strings"
)

const day = 86400 // seconds

// units are the words of programs that say what a number counts, folded, without
// their plural.
var units = map[string]float64{
	"millisecond": 0.001, "second": 1, "minute": 60, "hour": 3600, "day": day, "week": 7 * day, "month": 30 * day, "year": 365 * day,
	"d": day, "w": 7 * day, "y": 365 * day, "h": 3600,
}

// unitOf returns the seconds of a unit: years, AddYears, fromDays, ofDays, Hour.
func unitOf(name string) float64 {
	name = fold(name)
	for _, p := range []string{"add", "plus", "from", "of", "sub"} {
		if rest := strings.TrimPrefix(name, p); units[strings.TrimSuffix(rest, "s")] > 0 && len(rest) > 2 {
			name = rest
		}
	}
	if len(name) < 3 {
		return 0
	}
	return units[strings.TrimSuffix(name, "s")]
}

// clocks are names beside a duration that change nothing of it.
var clocks = compile([]string{"time", "now", "utc_now", "today", "date", "datetime", "date_time", "date_time_offset", "time_span", "timedelta", "duration", "new", "from_now", "strtotime", "int", "std", "instant", "chrono", "get_time", "set_time", "add", "plus", "utc", "timezone", "expires", "to_date", "to_utc_string", "to_gmt_string", "to_i", "get_seconds", "to_seconds", "in_whole_seconds", "dayjs", "moment", "math", "i64", "timestamp", "modify", "date_time_immutable", "date_interval"})

// span is a written stretch of time: "+2 years", "365d".
var span = regexp.MustCompile(`^\s*\+?\s*(\d{1,5})\s*([a-z]+)\s*$`)

// lifetime reads the duration in [lo, hi), in seconds; unit is what a bare number
// counts. What cannot be told for sure is no duration.
func (u *unit) lifetime(lo, hi int, unit float64, deep int) (seconds float64, ok bool) {
	product, found, said := 1.0, false, 0.0
	if hi-lo > mostTokens {
		return 0, false
	}
	for i := lo; i < hi; i++ {
		switch u.toks[i].kind {
		case tokNumber:
			n, err := strconv.ParseFloat(strings.TrimRight(strings.ReplaceAll(u.text(i), "_", ""), "lLdDfF"), 64)
			if err != nil {
				return 0, false
			}
			product, found = product*n, true
		case tokText:
			n, each := spanOf(u.text(i))
			if each == 0 {
				return 0, false
			}
			product, said, found = product*n, each, true
		case tokName:
			name := u.text(i)
			switch each := unitOf(name); {
			case each > 0:
				said = each
			case u.is(i, "AddDate") && u.is(i+1, "("):
				return u.dated(i+2, u.after(i+1)-1)
			case clocks.has(fold(name)):
			default:
				n, known := u.constant(name, i, deep)
				if !known {
					return 0, false
				}
				product, found = product*n, true
			}
		case tokOp:
			switch {
			case u.is(i, "+") && !found, u.is(i, "*"), u.isMember(i), u.is(i, "=") && !found, u.is(i, "&"):
			default:
				return 0, false
			}
		case tokOpen, tokClose, tokLine:
		}
	}
	if said > 0 {
		unit = said
	}
	return product * unit, found
}

func spanOf(text string) (n, each float64) {
	m := span.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return 0, 0
	}
	n, _ = strconv.ParseFloat(m[1], 64) // digits only
	return n, units[strings.TrimSuffix(m[2], "s")]
}

// dated reads the years, months and days of AddDate.
func (u *unit) dated(lo, hi int) (float64, bool) {
	parts := u.split(lo, hi)
	if len(parts) != 3 {
		return 0, false
	}
	total := 0.0
	for k, each := range []float64{365 * day, 30 * day, day} {
		n, err := strconv.ParseFloat(u.text(parts[k][0]), 64)
		if err != nil || parts[k][1]-parts[k][0] != 1 {
			return 0, false
		}
		total += n * each
	}
	return total, true
}

// constant returns the number a name of the file stands for, when it is set once,
// to numbers.
func (u *unit) constant(name string, at, deep int) (float64, bool) {
	if deep > 1 || u.isMember(at+1) || u.is(at+1, "(") {
		return 0, false
	}
	if u.set == nil {
		u.set = u.settings()
	}
	from := u.set[name]
	if from <= 0 {
		return 0, false
	}
	return u.lifetime(from, u.ends(from), 1, deep+1)
}

// settings maps each name to the value it is set to; -1 when set twice.
func (u *unit) settings() map[string]int {
	m := map[string]int{}
	for op := 1; op < len(u.toks); op++ {
		if !u.is(op, "=") && !u.is(op, ":=") {
			continue
		}
		at := op - 1
		switch {
		case u.is(at-1, ":"): // YEAR: Int = …
			at -= 2
		case u.lang == golang && u.kind(at-1) == tokName && !u.is(at-1, "const") && !u.is(at-1, "var"): // YEAR int = …
			at--
		}
		if u.kind(at) != tokName {
			continue
		}
		if _, twice := m[u.text(at)]; twice {
			m[u.text(at)] = -1
		} else {
			m[u.text(at)] = op + 1
		}
	}
	return m
}

// mostTokens bounds an expression that says how long a cookie lives, and the
// literal or arguments it is looked for in: work stays in proportion to the file.
const mostTokens = 300

// ends returns the end of the expression that starts at i, within that bound.
func (u *unit) ends(i int) int {
	for most := min(i+mostTokens, len(u.toks)); i < most; i++ {
		switch t := u.toks[i]; {
		case t.kind == tokOpen:
			i = min(u.after(i), most) - 1
		case t.kind == tokClose, u.is(i, ";"), u.is(i, ","), t.kind == tokLine && !u.continues(i):
			return i
		}
	}
	return i
}
