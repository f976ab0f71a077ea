package policy

import (
	"strings"
	"unicode"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// A reading is the state of reading one policy.
type reading struct {
	*vocabulary
	file       string
	blocks     []*block
	statements []*statement
	treatments []*treatment
	document   treatment // what is said once for all
	org        party
	dpo        party
	hasDPO     int // line of the first mention of a DPO, 0 for none
	mentions   []register.Claim
	claims     []register.Claim
	transfers  transferring
	places     []place
	placeIDs   []string
	lists      map[listKey]bool // lists whose items are treatments
	small      map[string]bool  // stems the text writes in small letters
}

// A found is one statement of a field: an id or a name, with its place.
type found struct {
	id    string
	no    int
	words string // the few words it rests on
	conf  float64
	extra string // kind of a recipient, country…
}

// A treatment is one processing activity as it is pieced together.
type treatment struct {
	name       string
	no         int
	words      string
	number     string // of its row
	conf       float64
	role       register.Role
	behalf     []string // for whom, when it is a processor's
	purposes   []string
	bases      []found
	data       []found
	retention  []register.Retention
	recipients []found
	subjects   []found
	transfers  []register.Transfer
	systems    []found // names in a column of systems
	places     []found // ids of the places where its data are kept
	explicit   int     // line of "consentement explicite", 0 for none
	profiling  string
	section    *section
	stands     *section // of its line
	table      *table   // that it was last read in
	tokens     map[string]bool
}

// from tells how sure we are of a treatment by the form it was written in.
const (
	sureRow   = 0.95
	sureField = 0.9
	sureTitle = 0.8
	sureItem  = 0.8
	sureProse = 0.6
)

// addTreatment makes a treatment of name, or returns the one that has nearly
// the same name.
func (d *reading) addTreatment(name string, no int, conf float64) *treatment {
	name = tidyName(name)
	if t := d.sameTreatment(name, 0.75); t != nil {
		return t
	}
	t := &treatment{name: name, no: no, words: firstWords(name), conf: conf, tokens: nameTokens(name)}
	d.treatments = append(d.treatments, t)
	return t
}

// tidyName cuts what hangs at the ends of a name and begins it with a capital.
func tidyName(s string) string {
	s = strings.Trim(s, " .;:,–—-•*|")
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSymbol(r) || unicode.IsMark(r) || unicode.IsSpace(r) })
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// firstWords is the start of a text, short enough for a comment.
func firstWords(s string) string {
	f := strings.Fields(s)
	if len(f) > 12 {
		return strings.Join(f[:12], " ") + " …"
	}
	return strings.Join(f, " ")
}

// add keeps each id once, the first place it is said.
func add(list []found, f found) []found {
	for _, x := range list {
		if x.id == f.id {
			return list
		}
	}
	return append(list, f)
}

var emptyWords = stemSet("empty-words")

// nameTokens are the words of a name that carry meaning.
func nameTokens(name string) map[string]bool {
	m := map[string]bool{}
	for _, t := range terms.Read(name).Tokens {
		if !emptyWords()[t.Stem] {
			m[root(t.Stem)] = true
		}
	}
	return m
}

// root cuts the endings that make a noun of a verb, so that "gérer" and
// "gestion" stay apart but "commercial" and "commerciaux" meet.
func root(s string) string {
	if len(s) > 6 {
		return s[:6]
	}
	return s
}

// similar is 0 to 1: Dice's coefficient, nearly 1 when one of at least two
// words lies whole in the other.
func similar(a, b map[string]bool) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	dice := 2 * float64(common) / float64(len(a)+len(b))
	if small := min(len(a), len(b)); small > 1 {
		return max(dice, 0.95*float64(common)/float64(small))
	}
	return dice
}

// sameTreatment returns the treatment whose name is nearest to name, at least
// as near as least.
func (d *reading) sameTreatment(name string, least float64) *treatment {
	tokens := nameTokens(name)
	var best *treatment
	for _, t := range d.treatments {
		if s := similar(tokens, t.tokens); s >= least && (best == nil || s > similar(tokens, best.tokens)) {
			best = t
		}
	}
	return best
}
