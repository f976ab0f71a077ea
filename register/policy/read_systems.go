package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// A place is where data are kept, as it is pieced together.
type place struct {
	name, host, country string
	no                  int
	words               string
}

// readSystems reads where data are said to be kept: software and storage that a
// statement names ("enregistrés dans un Dropbox"), and places without a name ("un
// centre de données situé en Irlande"). They stay recipients too.
func (d *reading) readSystems() {
	for _, s := range d.statements {
		if s.definition || s.negative || s.section.under("rights", "definitions", "identity", "dpo", "contact") {
			continue
		}
		for _, p := range d.placesIn(s) {
			d.keepIn(s, p)
		}
	}
	for _, t := range d.treatments {
		for i, f := range t.systems {
			t.systems[i].id = d.addPlace(place{name: f.id, no: f.no, words: f.words})
		}
	}
}

// placesIn returns the places a statement names after a word of storing.
func (d *reading) placesIn(s *statement) []place {
	t := s.words
	at := -1 // the token after the first word of storing
	for _, m := range d.systems.Find(t) {
		if m.ID == "store" || m.ID == "host" {
			at = m.To
			break
		}
	}
	var out []place
	for _, f := range d.namesInText(s.text, s.no, true) {
		from, to := tokensOf(t, f.id)
		if from < 0 || d.companies.country(f.id) == "" && !introduced(t, from) {
			continue
		}
		switch {
		case d.storesInBrackets(t, to):
			out = append(out, place{name: f.id, no: s.no, words: f.words})
		case at >= 0 && from >= at && from-at <= 12 && !d.hostOf(&out, t, from, f.id):
			out = append(out, place{name: f.id, no: s.no, words: f.words})
		}
	}
	if at >= 0 && len(out) == 0 {
		for _, m := range d.systems.Find(t) {
			if m.ID == "place" && m.From >= at-1 {
				name := d.activityName(t, m)
				out = append(out, place{name: tidyName(name), no: s.no, words: name})
				break
			}
		}
	}
	if len(out) == 1 {
		out[0].country = countryNamed(t)
	}
	return out
}

// tokensOf is where a name stands among the tokens, -1 when it does not.
func tokensOf(t terms.Text, name string) (int, int) {
	words := terms.Read(name).Tokens
	for i := 0; i+len(words) <= len(t.Tokens) && len(words) > 0; i++ {
		if slices.EqualFunc(t.Tokens[i:i+len(words)], words, func(a, b terms.Token) bool { return a.Word == b.Word }) {
			return i, i + len(words)
		}
	}
	return -1, -1
}

// introduced tells whether the word before an unknown name says what it is: "le
// logiciel NetSoins".
func introduced(t terms.Text, from int) bool {
	for i := from - 1; i >= 0 && i >= from-2; i-- {
		switch w := t.Tokens[i].Word; {
		case softwareWord()[w]:
			return true
		case !slices.Contains(articles, w):
			return false
		}
	}
	return false
}

var softwareWord = wordSet("software-word")

// storesInBrackets tells whether the words in brackets after token to say that
// the company stores: "OVH (hébergement)".
func (d *reading) storesInBrackets(t terms.Text, to int) bool {
	if to >= len(t.Tokens) || t.Tokens[to].Gap != terms.Bracket && t.Tokens[to].Gap != terms.Stop {
		return false
	}
	end := to + 1
	for end < len(t.Tokens) && t.Tokens[end].Gap == terms.Glued {
		end++
	}
	return has(d.systems, terms.Text{Raw: t.Raw, Tokens: t.Tokens[to:end]}, "role")
}

// hostOf gives the last place its host when the name at token from is one: "…
// NetSoins, hébergé par la société Teranga".
func (d *reading) hostOf(out *[]place, t terms.Text, from int, name string) bool {
	window := terms.Text{Raw: t.Raw, Tokens: t.Tokens[max(0, from-4):from]}
	if len(*out) == 0 || !has(d.systems, window, "host") {
		return false
	}
	last := &(*out)[len(*out)-1]
	if last.host == "" {
		last.host = name
	}
	return true
}

// allData tells of sentences about the data of all treatments.
func allData(s *statement) bool {
	f := " " + fold(s.text)
	for _, w := range []string{" les donnees", " vos donnees", " tes donnees", " ces donnees", " toutes les donnees", " l'ensemble des donnees", " les fichiers", " nos fichiers", " les informations", " vos informations", " donnees :"} {
		if strings.HasPrefix(f, w) {
			return true
		}
	}
	return false
}

// keepIn notes a place for the treatment a statement speaks of, or for all when
// it speaks of all data.
func (d *reading) keepIn(s *statement, p place) {
	id := d.addPlace(p)
	f := found{id: id, no: p.no, words: p.words, conf: 0.7}
	switch {
	case s.treatment != nil:
		s.treatment.places = add(s.treatment.places, f)
	case allData(s):
		for _, t := range d.treatments {
			if t.role != register.Processor {
				t.places = add(t.places, f)
			}
		}
	}
}

// addPlace keeps a place once and returns its id.
func (d *reading) addPlace(p place) string {
	for i := range d.places {
		known := &d.places[i]
		if fold(known.name) == fold(p.name) {
			known.host, known.country = first(known.host, p.host), first(known.country, p.country)
			return d.placeIDs[i]
		}
	}
	taken := map[string]bool{}
	for _, id := range d.placeIDs {
		taken[id] = true
	}
	d.places = append(d.places, p)
	d.placeIDs = append(d.placeIDs, newID(p.name, taken))
	return d.placeIDs[len(d.placeIDs)-1]
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// systemsOf makes the systems of the draft. Who stores is the host; a place
// without the name of a company has none.
func (d *reading) systemsOf() []register.System {
	var out []register.System
	for i, p := range d.places {
		s := register.System{ID: d.placeIDs[i], Name: p.name, Line: p.no, Source: d.source(p.no, p.words), Confidence: 0.7}
		provider := p.host
		if provider == "" && d.companies.country(p.name) != "" {
			provider = p.name
		}
		if provider != "" || p.country != "" {
			s.Host = &register.Host{Provider: provider, Country: p.country}
		}
		out = append(out, s)
	}
	return out
}

// countryNamed is the country that a text names, "" for none or several.
func countryNamed(t terms.Text) string {
	set := allCountries()
	if set == nil {
		return ""
	}
	if ids := set.IDs(t); len(ids) == 1 {
		return ids[0]
	}
	return ""
}

var allCountries = sync.OnceValue(func() *terms.Set {
	list, err := rules.Countries()
	if err != nil {
		return nil
	}
	var phrases []terms.Phrase
	for _, c := range list {
		for _, name := range append([]string{c.Label.FR}, c.Also...) {
			var words []string
			for _, w := range terms.Read(name).Tokens {
				words = append(words, w.Word)
			}
			if len(words) > 0 && len(name) > 3 {
				phrases = append(phrases, terms.Phrase{ID: c.Code, Words: strings.Join(words, " ")})
			}
		}
	}
	set, err := terms.Compile(phrases)
	if err != nil {
		return nil
	}
	return set
})
