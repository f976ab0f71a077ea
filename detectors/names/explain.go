package names

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// An Explanation is everything that was considered for a name.
type Explanation struct {
	Words    []string            // how the name was cut, with what each word is
	Verdicts []detectors.Verdict // what it may speak of, best first, losers included, with reasons
	Changes  []string            // what would change the verdict
}

// Explain judges a column and keeps every piece of evidence, in lang ("fr" or
// "en"). It quotes names only.
func (j *Judge) Explain(c item.Column, lang string) Explanation {
	j.ready()
	if lang != "en" {
		lang = "fr"
	}
	e := Explanation{Words: j.spelled(c.Name, lang)}
	for _, cand := range j.candidates(&c, lang) {
		e.Verdicts = append(e.Verdicts, j.verdict(cand))
	}
	e.Changes = j.changes(c, lang)
	return e
}

func (j *Judge) spelled(name, lang string) []string {
	var words []string
	for _, t := range j.lexis.tokens(name) {
		w := t.text
		if t.word != unknown && j.lexis.keys[t.word] != t.text {
			w += " = " + j.lexis.keys[t.word]
		}
		if classes := spellClasses(t.class, lang); classes != "" {
			w += " (" + classes + ")"
		}
		words = append(words, w)
	}
	return words
}

// changes tries the column in other contexts and says which of them would turn
// the verdict.
func (j *Judge) changes(c item.Column, lang string) []string {
	now := j.top(c)
	var out []string
	try := func(what where, alter func(*item.Column)) {
		other := c
		alter(&other)
		if then := j.top(other); then != now {
			out = append(out, what.in(lang)+" : "+said(then, lang))
		}
	}
	try(where{"dans une table « client »", "in a table `client`"}, func(c *item.Column) { c.Container = "client" })
	try(where{"à côté de prenom et date_naissance", "beside prenom and date_naissance"}, func(c *item.Column) {
		c.Neighbours = []string{"prenom", "date_naissance"}
	})
	try(where{"dans une table « produit »", "in a table `produit`"}, func(c *item.Column) { c.Container, c.Neighbours = "produit", nil })
	try(where{"de type booléen", "as a boolean"}, func(c *item.Column) { c.Type, c.Length = "boolean", 0 })
	return out
}

func (j *Judge) top(c item.Column) string {
	if v := j.Judge(c); len(v) > 0 && v[0].Confidence >= detectors.Sure {
		return v[0].Category
	}
	return ""
}

func said(category, lang string) string {
	if category != "" {
		return category
	}
	return where{"rien de personnel", "nothing personal"}.in(lang)
}

// where is a piece of text in both languages.
type where struct{ fr, en string }

func (t where) in(lang string) string {
	if lang == "en" {
		return t.en
	}
	return t.fr
}

// say keeps a reason when somebody wants them.
func (w *weigher) say(c *candidate, what where, weight float64) {
	if w.lang != "" && weight != 0 {
		c.reasons = append(c.reasons, detectors.Reason{What: what.in(w.lang), Weight: round(weight)})
	}
}

func round(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 2, 64), 64)
	if err != nil {
		return v
	}
	return r
}

var levelNames = [...]where{
	hint: {"seulement dans un contexte fort", "only in a strong context"}, maybe: {"seulement en contexte", "only in context"},
	likely: {"probable", "likely"}, sure: {"suffit", "enough"},
}

// phrase keeps what a match says.
func (w *weigher) phrase(c *candidate, from where, tokens []token, m match) {
	if w.lang == "" {
		return
	}
	var words []string
	for i, t := range tokens {
		if i < 64 && m.at&(1<<i) != 0 {
			words = append(words, t.text)
		}
	}
	text := strings.Join(words, " ")
	w.say(c, where{
		fmt.Sprintf("%s dit « %s » : %s", from.fr, text, levelNames[m.level].fr),
		fmt.Sprintf("%s says %q: %s", from.en, text, levelNames[m.level].en),
	}, c.score)
}

// beside keeps what a word beside the phrase weighs.
func (w *weigher) beside(c *candidate, t token, what where, weight float64) {
	if w.lang != "" {
		w.say(c, where{"à côté de « " + t.text + " » (" + what.fr + ")", "beside " + strconv.Quote(t.text) + " (" + what.en + ")"}, weight)
	}
}

func container(c class) where {
	return where{"le contenant n'est pas une personne : " + spellClasses(c, "fr"), "the container is no person: " + spellClasses(c, "en")}
}

// classLabels are in the order of the classes.
var classLabels = [...]where{
	{"personne", "person"},
	{"organisation", "organisation"},
	{"lieu", "place"},
	{"chose", "thing"},
	{"machine", "machine"},
	{"technique", "technical"},
	{"table de référence", "lookup table"},
	{"acte", "act"},
	{"soin", "care"},
	{"travail", "work"},
	{"école", "school"},
	{"oui ou non", "yes or no"},
	{"compte, date ou mesure", "count, date or measure"},
	{"référence", "reference"},
	{"mot de liaison", "filler"},
	{"identité", "identity"},
	{"contact", "contact"},
	{"biens", "goods"},
	{"chemin ou adresse de fichier", "path or URL"},
	{"animal", "animal"},
	{"nombre", "number"},
}

func spellClasses(c class, lang string) string {
	var all []string
	for ; c != 0; c &= c - 1 {
		if i := bits.TrailingZeros32(uint32(c)); i < len(classLabels) {
			all = append(all, classLabels[i].in(lang))
		}
	}
	return strings.Join(all, ", ")
}
