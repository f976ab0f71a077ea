package reconcile

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// Spoken reads a period aloud.
func Spoken(s register.Span) rules.Text {
	if s == (register.Span{}) {
		return rules.Text{FR: "aucune conservation", EN: "no retention"}
	}
	var fr, en []string
	long := InYears(s.Days)
	for _, u := range []struct {
		n                      int
		fr, frs, english, many string
	}{{s.Months / 12, "an", "ans", "year", "years"}, {s.Months % 12, "mois", "mois", "month", "months"}, {s.Days, "jour", "jours", "day", "days"}} {
		switch {
		case u.n == 1:
			fr, en = append(fr, "1 "+u.fr), append(en, "1 "+u.english)
		case u.n > 1:
			fr, en = append(fr, strconv.Itoa(u.n)+" "+u.frs), append(en, strconv.Itoa(u.n)+" "+u.many)
		}
	}
	if s.Months == 0 && long.FR != "" {
		fr[0] += " (" + long.FR + ")"
		en[0] += " (" + long.EN + ")"
	}
	return rules.Text{FR: strings.Join(fr, " et "), EN: strings.Join(en, " and ")}
}

// InYears says days, the unit of code, in the one of registers: years, else months;
// empty for days that are best said so. Years of 365 days and leap ones are years.
func InYears(days int) rules.Text {
	count := func(n int, fr, frs, en string) rules.Text {
		if n == 1 {
			return rules.Text{FR: "1 " + fr, EN: "1 " + en}
		}
		return rules.Text{FR: strconv.Itoa(n) + " " + frs, EN: strconv.Itoa(n) + " " + en + "s"}
	}
	if n := days / 365; n > 0 && days-n*365 <= n/4+1 {
		return count(n, "an", "ans", "year")
	}
	if n := (days + 15) / 30; days >= 60 && (days == n*30 || days == n*365/12 || days == (n*365+11)/12) {
		return count(n, "mois", "mois", "month")
	}
	if days < 365 {
		return rules.Text{}
	}
	about := strconv.FormatFloat(float64(days)/365.25, 'f', 1, 64)
	return rules.Text{FR: "environ " + strings.Replace(about, ".", ",", 1) + " ans", EN: "about " + about + " years"}
}
