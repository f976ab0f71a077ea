package policy

import (
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
)

// readMentions reads what a policy says to the persons, and the statements that
// others may contradict.
func (d *reading) readMentions() {
	seen := map[string]int{}
	for _, s := range d.statements {
		for _, id := range d.vocabulary.mentions.IDs(s.words) {
			if strings.HasPrefix(id, "R13-8") && !s.right && !saysRight(s) {
				continue
			}
			if id == "R13-12" && d.profiles(s) && d.document.profiling == "" {
				d.document.profiling = firstWords(s.text)
			}
			if seen[id] == 0 {
				seen[id] = s.no
			}
		}
		if s.section.under("definitions") {
			continue
		}
		for _, id := range d.vocabulary.claims.IDs(s.words) {
			if id == "no-recipient" && ofItsSection(s) {
				continue
			}
			if f := fold(s.text); !strings.HasPrefix(f, "sauf") && !strings.HasPrefix(f, "les champs") && (id != "all-mandatory" || !exceptsSome(f)) {
				d.claims = append(d.claims, register.Claim{ID: id, Line: s.no})
			}
		}
	}
	if d.hasDPO > 0 && !d.deniesDPO() {
		d.claims = append(d.claims, register.Claim{ID: "dpo", Line: d.hasDPO})
	}
	d.foreignGroups()
	for id, no := range seen {
		d.mentions = append(d.mentions, register.Claim{ID: id, Line: no})
	}
	sort.Slice(d.mentions, func(i, j int) bool {
		a, b := d.mentions[i], d.mentions[j]
		return a.Line < b.Line || a.Line == b.Line && a.ID < b.ID
	})
}

// ofItsSection tells of a statement that speaks for the data of its section only: under
// a title of its own that is no subject of policies, as "Cantine" is.
func ofItsSection(s *statement) bool {
	if s.treatment != nil {
		return true
	}
	if s.section == nil || s.section.whole || s.section.about() != "" {
		return false
	}
	text := fold(s.text)
	return theseData.MatchString(text) || strings.Contains(text, fold(s.section.title))
}

// theseData are those of the lines above: "ces données", "elles".
var theseData = pattern.New(`^(ces|elles|celles-ci|ils|les informations recueillies|aucune de ces|rien)\b`)

// deniesDPO tells of texts that say that there is no DPO.
func (d *reading) deniesDPO() bool {
	for _, s := range d.statements {
		if s.no == d.hasDPO && s.negative {
			return true
		}
	}
	return false
}

// exceptsSome tells of a sentence that leaves some data out: « hors les
// traitements fondés sur votre consentement, les données sont obligatoires ».
func exceptsSome(text string) bool {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !item.WordRune(r) }) {
		if exceptsWord()[w] {
			return true
		}
	}
	return false
}

var exceptsWord = wordSet("excepts-word")

// foreignGroups notes the companies named as recipients whose group is from
// outside the EEA, though a text may place their servers within.
func (d *reading) foreignGroups() {
	note := func(list []found) {
		for _, f := range list {
			if f.extra != "named" {
				continue
			}
			if c := d.companies.country(f.id); c != "" && !eea()[c] {
				d.claims = append(d.claims, register.Claim{ID: "foreign-group", Line: f.no, Name: f.id, Country: c})
			}
		}
	}
	note(d.document.recipients)
	for _, t := range d.treatments {
		note(t.recipients)
	}
}

// eea are the countries of the European Economic Area, as ISO 3166.
var eea = stopSet("AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE")

// saysRight tells of sentences that grant a right without naming it so: "vous
// pouvez demander l'effacement".
func saysRight(s *statement) bool {
	f := " " + fold(s.text)
	return strings.Contains(f, "droit") || strings.Contains(f, " pouvez") || strings.Contains(f, " peux ") || strings.Contains(f, " peuvent")
}

// profiles tells whether a sentence says that profiling takes place.
func (d *reading) profiles(s *statement) bool {
	return !s.negative && !s.right && !s.section.under("rights", "definitions")
}
