package names

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/rules"
)

// word is a word whatever its form: "tel", "phone" and "telephones" are one.
type word int32

const unknown word = -1

// class is a set of the classes of rules/glossary.
type class uint32

// The classes the judgement itself knows; rules may name any of them.
const (
	person class = 1 << iota
	org
	place
	thing
	machine
	technical
	reference
	event
	care
	work
	school
	flag
	meta
	ref
	filler
	identity
	reach
	goods
	pointer
	animal
	number // digits only
)

var classNames = []string{
	"person", "org", "place", "thing", "machine", "technical", "reference", "event", "care", "work",
	"school", "flag", "meta", "ref", "filler", "identity", "reach", "goods", "pointer", "animal",
}

func classOf(name string) (class, bool) {
	i := slices.Index(classNames, name)
	return 1 << max(i, 0), i >= 0
}

// A token is one word of a name.
type token struct {
	word  word
	class class
	text  string // as written, folded
}

// lexis knows words: their forms, classes and what run-together names hold.
type lexis struct {
	forms   map[string]word
	classes []class
	keys    []string // word → the form rules use
	piece   map[string]bool
	whole   map[string]bool
	weak    map[string]bool
	listed  int // words from here on stand in phrases of rules only

	leads, trails map[string]bool   // words of container names that say how it is declared
	copies        map[string]bool   // words that say it was taken from another: export
	households    map[string]bool   // person words that name no single one
	firms         map[string]bool   // headers that name firms, words parted by a blank
	firmNumbers   map[string]bool   // words that name a number of a firm: siret
	rowKeys       map[string]bool   // headers that tell persons apart
	units         map[string]bool   // headers that tell parts of an organisation apart
	tells         map[string]bool   // words that only date or describe
	joins         map[word]bool     // words that may be written in two
	values        map[string]bool   // words that only say that there is a value: number, valeur
	standing      map[string]bool   // neighbours of things that stand somewhere
	racks         map[string]bool   // neighbours of machines: hostname, baie
	beasts        map[string]bool   // neighbours of animals, two together: race, puce
	humans        map[string]bool   // headers that no animal has: prenom
	serials       map[string]bool   // headers of numbers that things have: reference
	ledgers       map[string]bool   // neighbours of the accounts of books, two together
	figures       map[string]bool   // words of containers of figures
	marks         map[string]bool   // containers of the points of a plan
	moments       map[string]bool   // beside them: when somebody was there
	insurance     map[string]bool   // containers and neighbours of contracts of insurance
	premiums      map[string]bool   // what such a contract costs: prime, bonus
	counting      map[string]bool   // neighbours of figures about many
	users         map[string]bool   // last in a container's name, they make it one of persons
	machinery     []string          // what types of the program end with
	vague         map[string]bool   // types that may hold anything
	speaking      map[string]string // types that say what the value is → its words
	others        map[string]bool   // words that only say which of several: ext, bis

	heads  map[string]bool // words that names run together may start with, whatever follows: iban
	agents []string        // endings of words for who does something: -ier
	doers  []string        // the fewer of them that a column may be called by
	terse  *terse
	clips  clips
	tails  map[string]bool // what may be left off the end of a word cut short
	dishes map[string]bool // neighbours of food, two together: kcal, glucides
	narrow map[string]bool // short forms that are pieces of names run together on mainframes only

	mu   sync.RWMutex
	seen map[string][]token // name → tokens
}

// maxSeen bounds the names remembered.
const maxSeen = 1 << 15

func newLexis(files []rules.File[rules.Glossary]) (*lexis, error) {
	l := &lexis{forms: make(map[string]word, 4096), piece: map[string]bool{}, whole: map[string]bool{}, weak: map[string]bool{}, leads: map[string]bool{}, trails: map[string]bool{}, copies: map[string]bool{}, households: map[string]bool{}, rowKeys: map[string]bool{}, units: map[string]bool{}, firms: map[string]bool{}, firmNumbers: map[string]bool{}, tells: map[string]bool{}, joins: map[word]bool{}, others: map[string]bool{}, users: map[string]bool{}, standing: map[string]bool{}, counting: map[string]bool{}, racks: map[string]bool{}, ledgers: map[string]bool{}, figures: map[string]bool{}, marks: map[string]bool{}, moments: map[string]bool{}, insurance: map[string]bool{}, premiums: map[string]bool{}, serials: map[string]bool{}, beasts: map[string]bool{}, humans: map[string]bool{}, values: map[string]bool{}, heads: map[string]bool{}, tails: map[string]bool{}, dishes: map[string]bool{}, narrow: map[string]bool{}, vague: map[string]bool{}, speaking: map[string]string{}, seen: map[string][]token{}}
	for _, f := range files {
		for _, key := range slices.Sorted(maps.Keys(f.Body.Synonyms)) {
			w := l.exact(key)
			for _, form := range f.Body.Synonyms[key] {
				l.forms[form] = w
			}
		}
	}
	for _, f := range files {
		for _, name := range slices.Sorted(maps.Keys(f.Body.Classes)) {
			words := f.Body.Classes[name]
			c, ok := classOf(name)
			if !ok {
				return nil, fmt.Errorf("%s: unknown class %q: use one of %v", f.Name, name, classNames)
			}
			for _, form := range words {
				l.classes[l.add(form)] |= c
			}
		}
		maps.Copy(l.piece, set(f.Body.Pieces))
		maps.Copy(l.weak, set(f.Body.Weak))
		maps.Copy(l.whole, set(f.Body.Whole))
		maps.Copy(l.leads, set(f.Body.Leads))
		maps.Copy(l.trails, set(f.Body.Trails))
		maps.Copy(l.copies, set(f.Body.Copies))
		maps.Copy(l.households, set(f.Body.Households))
		maps.Copy(l.rowKeys, set(f.Body.RowKeys))
		maps.Copy(l.units, set(f.Body.Units))
		maps.Copy(l.firms, set(f.Body.Firms))
		maps.Copy(l.firmNumbers, set(f.Body.FirmNumbers))
		maps.Copy(l.heads, set(f.Body.Heads))
		maps.Copy(l.tails, set(f.Body.Tails))
		maps.Copy(l.dishes, set(f.Body.Dishes))
		maps.Copy(l.narrow, set(f.Body.Narrow))
		maps.Copy(l.beasts, set(f.Body.Beasts))
		maps.Copy(l.humans, set(f.Body.Humans))
		l.agents = append(l.agents, f.Body.Agents...)
		l.doers = append(l.doers, f.Body.Doers...)
		maps.Copy(l.tells, set(f.Body.Tells))
		maps.Copy(l.others, set(f.Body.Others))
		l.machinery = append(l.machinery, f.Body.Machinery...)
		maps.Copy(l.speaking, f.Body.Speaking)
		for _, t := range f.Body.Vague {
			l.vague[t] = true
		}
		maps.Copy(l.users, set(f.Body.Users))
		maps.Copy(l.standing, set(f.Body.Standing))
		maps.Copy(l.racks, set(f.Body.Racks))
		maps.Copy(l.serials, set(f.Body.Serials))
		maps.Copy(l.ledgers, set(f.Body.Ledgers))
		maps.Copy(l.figures, set(f.Body.Figures))
		maps.Copy(l.marks, set(f.Body.Marks))
		maps.Copy(l.moments, set(f.Body.Moments))
		maps.Copy(l.insurance, set(f.Body.Insurance))
		maps.Copy(l.premiums, set(f.Body.Premiums))
		maps.Copy(l.counting, set(f.Body.Counting))
		maps.Copy(l.values, set(f.Body.Values))
		for _, key := range f.Body.Joins {
			l.joins[l.add(key)] = true
		}
	}
	l.terse = newTerse(l, files)
	l.listed = len(l.keys)
	return l, nil
}

// add returns the word of a form, new when no form is like it.
func (l *lexis) add(form string) word {
	if w := l.find(form); w != unknown {
		return w
	}
	if w, ok := l.forms[form+"s"]; ok && len(form) >= leastSingular && l.keys[w] == form+"s" {
		l.forms[form] = w // restriction, after a rule that says restrictions
		return w
	}
	return l.exact(form)
}

// leastSingular is the letters of a word whose plural, met first, is the same word:
// pays and cours are no plurals.
const leastSingular = 6

// exact returns the word of a form, new unless this very form is known: pays
// is no plural of pay.
func (l *lexis) exact(form string) word {
	if w, ok := l.forms[form]; ok {
		return w
	}
	w := word(len(l.keys))
	l.forms[form] = w
	l.keys = append(l.keys, form)
	l.classes = append(l.classes, 0)
	return w
}

// find returns the word of a form or of its singular.
func (l *lexis) find(form string) word {
	if w, ok := l.forms[form]; ok {
		return w
	}
	if n := len(form); n > 3 && (form[n-1] == 's' && form[n-2] != 's' || form[n-1] == 'x') { // cless is no plural of cles
		if w, ok := l.forms[form[:n-1]]; ok {
			return w
		}
	}
	return unknown
}

func (l *lexis) known(form string) bool { return l.find(form) != unknown }

// phrase reads the words of a rule.
func (l *lexis) phrase(text string) []word {
	text = fold(text)
	p := make([]word, 0, strings.Count(text, " ")+strings.Count(text, "_")+1)
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && text[end] != ' ' && text[end] != '_' {
			end++
		}
		if end > start {
			p = append(p, l.add(text[start:end]))
		}
		start = end + 1
	}
	return p
}

// tokens cuts a name into words, and run-together words too. The result is
// shared: do not change it.
func (l *lexis) tokens(name string) []token {
	l.mu.RLock()
	t, ok := l.seen[name]
	l.mu.RUnlock()
	if ok {
		return t
	}
	t = l.cut(name)
	l.mu.Lock()
	if len(l.seen) >= maxSeen {
		clear(l.seen)
	}
	l.seen[name] = t
	l.mu.Unlock()
	return t
}

func (l *lexis) cut(name string) []token {
	// "téléphonePortable" and "E-mail" first as one word: e-mail is email.
	var out []token
	parts := split(name, l.known)
	for i := 0; i < len(parts); i++ {
		if i+1 < len(parts) && len(parts[i]) <= 2 {
			if w, ok := l.forms[parts[i]+parts[i+1]]; ok && len(parts[i+1]) > 2 && !isDigit(parts[i+1][0]) && !l.known(parts[i]) {
				out = append(out, l.token(w, parts[i]+parts[i+1]))
				i++
				continue
			}
		}
		if w, ok := l.joined(parts, i); ok {
			out = append(out, l.token(w, parts[i]+parts[i+1]))
			i++
			continue
		}
		out = append(out, l.part(parts[i])...)
	}
	return out
}

// joined returns the word that parts[i] and the next one make: the firstname of
// first_name.
func (l *lexis) joined(parts []string, i int) (word, bool) {
	if i+1 >= len(parts) {
		return unknown, false
	}
	w, ok := l.forms[parts[i]+parts[i+1]]
	return w, ok && l.joins[w]
}

func (l *lexis) token(w word, text string) token {
	t := token{word: w, text: text}
	if w != unknown {
		t.class = l.classes[w]
	}
	return t
}

// part turns one written word into tokens: several when it is run together.
func (l *lexis) part(text string) []token {
	if isDigit(text[0]) {
		return []token{{word: l.find(text), class: number, text: text}}
	}
	if w := l.find(text); w != unknown {
		return []token{l.token(w, text)}
	}
	pieces := l.pieces(text)
	if pieces == nil {
		pieces = l.paired(text)
	}
	if pieces != nil {
		out := make([]token, len(pieces))
		for i, p := range pieces {
			out[i] = l.token(l.find(p), p)
		}
		return out
	}
	return []token{l.token(l.byEnding(text), text)}
}

// pieces cuts a run-together name into the fewest known words that cover all of
// it; nil when that is not possible.
func (l *lexis) pieces(text string) []string {
	if len(text) < 5 {
		return nil
	}
	return l.parts(text, l.isPiece)
}

// leastPaired is the letters of each word of a name that two words make.
const leastPaired = 5

// paired cuts a run-together name into two known words, those too that stand in
// no other: titulairecarte.
func (l *lexis) paired(text string) []string {
	for i := leastPaired; i <= len(text)-leastPaired; i++ {
		if l.known(text[:i]) && l.known(text[i:]) && len(text) > 2*leastPaired {
			return []string{text[:i], text[i:]}
		}
	}
	return nil
}

// parts cuts text into the fewest stretches that piece allows, four at most.
func (l *lexis) parts(text string, piece func(string) bool) []string {
	if len(text) > 40 {
		return nil
	}
	const none = 99
	best := make([]int, len(text)+1) // words needed to cover text[:i]
	from := make([]int, len(text)+1)
	for i := 1; i <= len(text); i++ {
		best[i] = none
		for j := max(0, i-20); j < i; j++ {
			if best[j]+1 < best[i] && piece(text[j:i]) {
				best[i], from[i] = best[j]+1, j
			}
		}
	}
	if n := best[len(text)]; n > 4 {
		return nil
	}
	var out []string
	for i := len(text); i > 0; i = from[i] {
		out = append(out, text[from[i]:i])
	}
	slices.Reverse(out)
	return out
}

func (l *lexis) isPiece(s string) bool {
	if l.piece[s] {
		return true
	}
	return len(s) > 4 && l.known(s) && !l.whole[s]
}
