package policy

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// A duration is a figure with its unit, at tokens [from,to).
type duration struct {
	iso      string // the unit as written: P36M stays P36M
	from, to int
}

var units = map[string]string{"jour": "D", "semaine": "W", "moi": "M", "an": "Y", "ans": "Y", "annee": "Y", "mois": "M"}

// Numbers in words, up to 99; longer ones are written in figures.
var smallNumbers = map[string]int{
	"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
	"onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30,
	"quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "nonante": 90, "cent": 100,
}

// durationsIn returns the durations of a text: "3 ans", "trente-six (36) mois".
func durationsIn(t terms.Text) []duration {
	var out []duration
	for i := 0; i < len(t.Tokens); {
		n, end := numberAt(t, i)
		if end == i {
			i++
			continue
		}
		// The same number again, in brackets.
		if m, e := numberAt(t, end); e > end && t.Tokens[end].Gap == terms.Bracket {
			n, end = m, e
		}
		if end < len(t.Tokens) && t.Tokens[end].Gap != terms.Stop && n > 0 {
			if w := t.Tokens[end].Stem; (w == terms.Stem("heures") || w == "h") && n%24 == 0 && n < 120 && (end+1 == len(t.Tokens) || t.Tokens[end+1].Word != "sur" && t.Tokens[end+1].Word != "24") {
				out = append(out, duration{fmt.Sprintf("P%dD", n/24), i, end + 1})
				i = end + 1
				continue
			}
			if u, ok := units[t.Tokens[end].Word]; ok || units[t.Tokens[end].Stem] != "" {
				if !ok {
					u = units[t.Tokens[end].Stem]
				}
				if n < 1000 {
					out = append(out, duration{fmt.Sprintf("P%d%s", n, u), i, end + 1})
				}
				i = end + 1
				continue
			}
		}
		// "… trois ans, les factures dix": the unit was said before.
		if len(out) > 0 && n > 1 && t.Tokens[i].Word[0] > '9' && i > 1 && (end == len(t.Tokens) || t.Tokens[end].Gap >= terms.Listed || t.Tokens[end].Word == "pour") && (t.Tokens[i].Gap == terms.Glued && naming()[t.Tokens[i-2].Word] || t.Tokens[i].Gap == terms.Listed && end < len(t.Tokens) && t.Tokens[end].Word == "pour") {
			last := out[len(out)-1].iso
			out = append(out, duration{fmt.Sprintf("P%d%s", n, last[len(last)-1:]), i, end})
			i = end
			continue
		}
		// "entre 3 et 5 ans": the unit follows the second figure.
		if end+1 < len(t.Tokens) && (t.Tokens[end].Word == "a" || t.Tokens[end].Word == "et" || t.Tokens[end].Word == "ou") {
			if _, e := numberAt(t, end+1); e > end+1 && e < len(t.Tokens) {
				if u := units[t.Tokens[e].Stem]; u != "" && n > 0 && n < 1000 {
					out = append(out, duration{fmt.Sprintf("P%d%s", n, u), i, end})
				}
			}
		}
		i = end
	}
	return out
}

// numberAt reads the number that begins at token i, in figures or in words, and
// returns the token after it.
func numberAt(t terms.Text, i int) (int, int) {
	if i >= len(t.Tokens) {
		return 0, i
	}
	if n, err := strconv.Atoi(t.Tokens[i].Word); err == nil {
		if n > 9999 {
			return 0, i
		}
		return n, i + 1
	}
	// "3ans"
	total, end := 0, i
	for end < len(t.Tokens) && end < i+5 {
		w := t.Tokens[end].Word
		n, ok := smallNumbers[w]
		if !ok {
			if w == "et" && end > i && end+1 < len(t.Tokens) && smallNumbers[t.Tokens[end+1].Word] > 0 && smallNumbers[t.Tokens[end+1].Word] <= 11 && total >= 20 {
				end++
				continue
			}
			break
		}
		if end > i && t.Tokens[end].Gap != terms.Glued {
			break
		}
		switch {
		case n == 20 && total == 4:
			total = 80
		case n == 100 && total > 0:
			total *= 100
		default:
			total += n
		}
		end++
	}
	if end > i {
		return total, end
	}
	return 0, i
}

// spelled parts a figure glued to its unit: "3ans" reads "3 ans".
func spelled(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] >= '0' && s[i] <= '9' && i+2 < len(s) {
			for _, u := range []string{"ans", "an ", "mois", "jours"} {
				if strings.HasPrefix(s[i+1:], u) {
					b.WriteByte(' ')
				}
			}
		}
	}
	return b.String()
}
