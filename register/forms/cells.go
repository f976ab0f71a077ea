// Package forms reads and writes the cells that all forms of a register have:
// time limits, categories, countries, dates, yes and no.
package forms

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// Clean joins runs of spaces, makes no-break spaces plain and trims.
func Clean(cell string) string { return strings.Join(strings.Fields(cell), " ") }

// Key folds a label for comparing: accents, case, spaces, apostrophes and the
// final colon do not matter.
func Key(label string) string {
	return strings.TrimRight(strings.Join(strings.Fields(terms.Fold(label)), " "), " :.…")
}

// Nothing tells whether a cell says that there is nothing, or says nothing.
func Nothing(cell string) bool {
	switch Key(cell) {
	case "", "non", "neant", "aucun", "aucune", "sans objet", "so", "s.o", "n/a", "na", "nc", "/", "-", "--", "—", "x non", "pas de donnee", "pas concerne", "non concerne":
		return true
	}
	return strings.HasPrefix(Key(cell), "selectionnez un element")
}

// Undecided tells whether a cell leaves its answer for later, or says that the question
// is not put: no answer may be read from it.
func Undecided(cell string) bool {
	switch strings.TrimRight(Key(cell), " ?!") {
	case "", "a preciser", "a completer", "a definir", "a determiner", "a verifier", "a voir", "en cours", "todo", "tbd", "inconnu", "inconnue", "nc", "n/a", "na", "n.a", "ne sait pas", "nsp", "-", "--", "—", "/":
		return true
	}
	return false
}

// Yes tells whether a cell only says yes.
func Yes(cell string) bool {
	switch Key(cell) {
	case "oui", "x", "true", "vrai", "1", "yes", "actif":
		return true
	}
	return false
}

// Lines cuts a cell at its line breaks and bullets.
func Lines(cell string) []string {
	var all []string
	for _, line := range strings.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == '\r' || r == '•' || r == '►' }) {
		line = strings.TrimLeft(Clean(line), "-–*◦· ")
		if !Nothing(line) {
			all = append(all, line)
		}
	}
	return all
}

// Items cuts a cell at line breaks, semicolons and commas, except within « » and
// brackets: a name with a comma is written between « ».
func Items(cell string) []string {
	var all []string
	for _, line := range Lines(cell) {
		depth, start := 0, 0
		add := func(end int) {
			item := strings.TrimSpace(line[start:end])
			if inner, ok := strings.CutPrefix(item, "«"); ok {
				if inner, ok := strings.CutSuffix(inner, "»"); ok {
					item = strings.TrimSpace(inner)
				}
			}
			if !Nothing(item) {
				all = append(all, item)
			}
		}
		for i, r := range line {
			switch r {
			case '«', '(', '[':
				depth++
			case '»', ')', ']':
				depth = max(0, depth-1)
			case ',', ';':
				if depth == 0 {
					add(i)
					start = i + 1
				}
			}
		}
		add(len(line))
	}
	return all
}

// Item writes a name so that Items reads it as one.
func Item(name string) string {
	if strings.ContainsAny(name, ",;") {
		return "« " + name + " »"
	}
	return name
}

var (
	frenchDate = pattern.New(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b`)
	isoDate    = pattern.New(`^(\d{4})-(\d{2})-(\d{2})`)
	serial     = pattern.New(`^[2-6]\d{4}(\.\d+)?$`)
)

// Date reads a date as people and spreadsheets write it, as YYYY-MM-DD; "" for
// none.
func Date(cell string) string {
	cell = Clean(cell)
	var text string
	switch m := frenchDate.FindStringSubmatch(cell); {
	case m != nil:
		text = fmt.Sprintf("%s-%02s-%02s", m[3], m[2], m[1])
	case isoDate.MatchString(cell):
		text = cell[:10]
	case serial.MatchString(cell):
		days, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			return ""
		}
		// Spreadsheets count days from 1899-12-30.
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)).Format(time.DateOnly)
	}
	text = strings.ReplaceAll(text, " ", "0")
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return ""
	}
	return text
}

// FrenchDate writes a date of the register as French forms have it.
func FrenchDate(iso string) string {
	d, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return d.Format("02/01/2006")
}

// Country returns the ISO code of a country as people call it; "" when unknown.
func Country(name string) string {
	key := countryKey(name)
	all, err := rules.Countries()
	if err != nil || key == "" {
		return ""
	}
	if len(key) == 2 {
		switch code := strings.ToUpper(key); code {
		case "UK":
			return "GB"
		default:
			key = strings.ToLower(code)
		}
	}
	for _, c := range all {
		names := append([]string{c.Code, c.Label.FR, c.Label.EN}, c.Also...)
		for _, n := range names {
			if countryKey(n) == key {
				return c.Code
			}
		}
	}
	return ""
}

func countryKey(name string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("-", " ", "'", " ", ".", " ").Replace(Key(name))), " ")
}

// CountryName returns the French name of a country; the code when unknown.
func CountryName(code string) string {
	all, err := rules.Countries()
	if err != nil {
		return code
	}
	for _, c := range all {
		if c.Code == code {
			return c.Label.FR
		}
	}
	return code
}

// IDs gives each name an id of its own.
type IDs map[string]int

// New returns an id made of the words of name: "Gestion de la paie" is
// gestion-de-la-paie, the second of that name gestion-de-la-paie-2.
func (ids IDs) New(name string) string {
	var b strings.Builder
	for _, r := range terms.Fold(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	id := strings.Trim(b.String(), "-")
	if id == "" {
		id = "traitement"
	}
	ids[id]++
	if n := ids[id]; n > 1 {
		return ids.New(fmt.Sprintf("%s-%d", id, n))
	}
	return id
}
