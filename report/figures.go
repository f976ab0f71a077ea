package report

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// number is a figure with its thousands set apart, as people write it.
func (t *texts) number(n int) string {
	s, mark := strconv.Itoa(n), t.say("\u202f", ",")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return s
}

// many is a figure and its noun, in the singular for one, and in French for none.
func (t *texts) many(n int, fr, en string) string {
	word := t.say(fr, en)
	if n > 1 || n == 0 && t.lang == "en" {
		word = plural(word)
	}
	return t.number(n) + " " + word
}

// past is a figure and a participle, which English does not inflect.
func (t *texts) past(n int, fr, en string) string {
	if t.lang == "en" {
		return t.number(n) + " " + en
	}
	return t.many(n, fr, en)
}

// plural puts each word of a phrase in the plural, which is enough for our
// nouns and participles in French and, where one word counts, in English.
func plural(phrase string) string {
	words := strings.Fields(phrase)
	for i, w := range words {
		switch {
		case w == "non" || strings.HasSuffix(w, "s") || strings.HasSuffix(w, "x"):
		case strings.HasSuffix(w, "eau"):
			words[i] = w + "x"
		default:
			words[i] = w + "s"
		}
	}
	return strings.Join(words, " ")
}

func (t *texts) count(n int, fr, en string) string {
	word := t.say(fr, en)
	if n > 1 && !strings.HasSuffix(word, "s") {
		word += "s"
	}
	return t.number(max(n, 1)) + " " + word
}

// duration reads ISO 8601 aloud: P5Y is 5 ans.
func (t *texts) duration(iso string) string {
	units := map[byte][2]string{'Y': {"an", "year"}, 'M': {"mois", "month"}, 'W': {"semaine", "week"}, 'D': {"jour", "day"}}
	rest, ok := strings.CutPrefix(iso, "P")
	var parts []string
	for ok && rest != "" {
		i := strings.IndexAny(rest, "YMWD")
		if i < 1 {
			return iso
		}
		n, err := strconv.Atoi(rest[:i])
		if err != nil {
			return iso
		}
		if rest[i] == 'D' && len(parts) == 0 {
			if years := reconcile.InYears(n).In(t.lang); years != "" {
				return t.count(n, "jour", "day") + " (" + years + ")"
			}
		}
		u := units[rest[i]]
		parts, rest = append(parts, t.count(n, u[0], u[1])), rest[i+1:]
	}
	if len(parts) == 0 {
		return iso
	}
	return strings.Join(parts, t.say(" et ", " and "))
}
