package forms

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/policy"
)

// A time limit is written as parts set apart by a middle dot, each but the
// period with its label, so that it reads back as it was:
//
//	5 ans · à compter de : départ du salarié · archive : 10 ans
const dot = " · "

const (
	saysMax       = "au plus : "
	saysStarts    = "à compter de : "
	saysCriterion = "critère : "
	saysSubject   = "objet : "
	saysArchive   = "archive : "
	saysAfter     = "archive à compter de : "
)

// RetentionText writes time limits, one a line.
func RetentionText(all []register.Retention) string {
	lines := make([]string, len(all))
	for i, r := range all {
		lines[i] = oneRetention(r)
	}
	return strings.Join(lines, "\n")
}

func oneRetention(r register.Retention) string {
	var parts []string
	add := func(label, text string) {
		if text != "" {
			parts = append(parts, label+Clean(text))
		}
	}
	add("", Spoken(r.Duration))
	add(saysMax, Spoken(r.Max))
	add(saysStarts, r.Starts)
	add(saysCriterion, r.Criterion)
	add(saysSubject, r.Subject)
	if r.Archive != nil {
		add(saysArchive, Spoken(r.Archive.Duration))
		add(saysAfter, r.Archive.Starts)
	}
	return strings.Join(parts, dot)
}

// Retentions reads time limits: as RetentionText writes them, else as people do.
// What cannot be read as a figure is kept as a criterion.
func Retentions(cell string) []register.Retention {
	var all []register.Retention
	for _, line := range Lines(cell) {
		if r, ok := ours(line); ok {
			all = append(all, r)
			continue
		}
		if archived, ok := archiving(line); ok {
			all = append(all, archived)
			continue
		}
		found, err := policy.RetentionIn(line)
		if err != nil || len(found) == 0 {
			found = []register.Retention{{Criterion: line}}
		}
		if r := &found[0]; len(found) == 1 && r.Duration != "" && r.Criterion == "" && conditioned.MatchString(line) {
			r.Criterion = line // "1 mois sauf incident" is not "1 mois"
		}
		all = append(all, found...)
	}
	return all
}

// conditioned tells of a figure that does not hold alone: it has an exception, or is
// only the least.
var conditioned = pattern.New(`(?i)\b(sauf|hormis|excepté|minimum|minimal\w*|au moins|hors cas|à moins)(\P{L}|$)`)

// ours reads a line that RetentionText wrote.
func ours(line string) (r register.Retention, ok bool) {
	for i, p := range strings.Split(line, dot) {
		period, isPeriod := spokenSpan(p)
		switch {
		case i == 0 && isPeriod:
			r.Duration = period
		case cut(p, saysMax, &r.Max):
			if r.Max, ok = spokenSpan(r.Max); !ok {
				return r, false
			}
		case cut(p, saysStarts, &r.Starts), cut(p, saysCriterion, &r.Criterion), cut(p, saysSubject, &r.Subject):
		case strings.HasPrefix(p, saysArchive):
			span, isSpan := spokenSpan(strings.TrimPrefix(p, saysArchive))
			if !isSpan {
				return r, false
			}
			r.Archive = &register.Archive{Duration: span}
		case strings.HasPrefix(p, saysAfter):
			if r.Archive == nil {
				r.Archive = &register.Archive{}
			}
			r.Archive.Starts = strings.TrimPrefix(p, saysAfter)
		default:
			return r, false
		}
	}
	least, _ := register.ParseSpan(r.Duration)
	most, ranged := register.ParseSpan(r.Max)
	return r, !ranged || r.Duration == "" || !least.Longer(most) // else the register would not be read again
}

func cut(part, label string, to *string) bool {
	rest, ok := strings.CutPrefix(part, label)
	if ok {
		*to = rest
	}
	return ok
}

var thenArchived = pattern.New(`(?i)\bpuis\b.*\barchiv|,? ?\barchivage\b`)

// archiving reads "3 ans puis archivage 5 ans": an active period and an archive.
func archiving(line string) (register.Retention, bool) {
	at := thenArchived.FindStringIndex(line)
	if at == nil {
		return register.Retention{}, false
	}
	active, err := policy.RetentionIn(line[:at[0]])
	if err != nil || len(active) != 1 || active[0].Duration == "" {
		return register.Retention{}, false
	}
	after, err := policy.RetentionIn(line[at[0]:])
	if err != nil || len(after) != 1 || after[0].Duration == "" {
		return register.Retention{}, false
	}
	r := active[0]
	r.Archive = &register.Archive{Duration: after[0].Duration, Starts: after[0].Starts}
	return r, true
}

var (
	isoPart = pattern.New(`(\d+)([YMWD])`)
	isoDays = pattern.New(`^P(\d+[YMWD])+$`)
	spoken  = pattern.New(`^(\d+) (ans?|mois|semaines?|jours?)$`)
)

// Spoken reads an ISO 8601 period aloud in French, unit by unit; a period with
// hours stays as it is.
func Spoken(iso string) string {
	if !isoDays.MatchString(iso) {
		return iso
	}
	var parts []string
	for _, m := range isoPart.FindAllStringSubmatch(iso, -1) {
		unit := map[string]string{"Y": "an", "M": "mois", "W": "semaine", "D": "jour"}[m[2]]
		if m[1] != "1" && m[2] != "M" {
			unit += "s"
		}
		parts = append(parts, m[1]+" "+unit)
	}
	return strings.Join(parts, " et ")
}

// spokenSpan is the reverse of Spoken.
func spokenSpan(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if _, ok := register.ParseSpan(s); ok {
		return s, true
	}
	iso := "P"
	for _, part := range strings.Split(s, " et ") {
		m := spoken.FindStringSubmatch(part)
		if m == nil {
			return "", false
		}
		iso += m[1] + map[byte]string{'a': "Y", 'm': "M", 's': "W", 'j': "D"}[m[2][0]]
	}
	_, ok := register.ParseSpan(iso)
	return iso, ok
}
