package register

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// A Span is an ISO 8601 duration in months and days: P1Y is P12M, P2W is P14D.
// Parts of a day are dropped.
type Span struct{ Months, Days int }

// An hour is the smallest unit a register may say; weeks stand alone in ISO 8601
// but not in what people write.
var iso = pattern.New(`^P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$`)

// ParseSpan reads `P5Y`, `P13M`, `P1Y6M`, `P2W`, `P30D`, `PT24H`.
func ParseSpan(s string) (Span, bool) {
	m := iso.FindStringSubmatch(s)
	if m == nil || strings.HasSuffix(s, "T") || strings.Join(m[1:], "") == "" {
		return Span{}, false
	}
	n := make([]int, len(m))
	for i, digits := range m[1:] {
		// No error: the expression bounds the digits.
		n[i], _ = strconv.Atoi(digits)
	}
	return Span{Months: 12*n[0] + n[1], Days: 7*n[2] + n[3] + n[4]/24}, true
}

// daysPerMonth is the mean length of a month, for comparing days with months.
const daysPerMonth = 30.4375

// Length returns the span in days, for comparison only.
func (s Span) Length() float64 { return float64(s.Months)*daysPerMonth + float64(s.Days) }

// slack is how much longer a period of days may be than one of months and still
// mean the same: 31 days are not longer than a month.
const slack = 1.025

// Longer tells whether s is longer than o by more than the slack between
// calendars.
func (s Span) Longer(o Span) bool { return s.Length() > o.Length()*slack }

// String returns the span in ISO 8601, years first.
func (s Span) String() string {
	if s == (Span{}) {
		return "P0D"
	}
	b := strings.Builder{}
	b.WriteByte('P')
	for _, part := range []struct {
		n    int
		unit byte
	}{{s.Months / 12, 'Y'}, {s.Months % 12, 'M'}, {s.Days, 'D'}} {
		if part.n > 0 {
			b.WriteString(strconv.Itoa(part.n))
			b.WriteByte(part.unit)
		}
	}
	return b.String()
}
