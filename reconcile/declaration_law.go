package reconcile

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// A lawBook is rules/law and rules/adequacy.yml, ready to apply.
type lawBook struct {
	rules    []lawRule
	adequacy *rules.Adequacy
	groups   map[string]string // folded name of a company → country of its group
}

// A lawRule is a rule with its phrases compiled; a nil set is one without words.
type lawRule struct {
	rules.LawRule
	words, unless, starts, persons *terms.Set
	criteria                       []criterion
}

type criterion struct {
	rules.Criterion
	words, persons *terms.Set
}

var openLawBook = sync.OnceValues(func() (*lawBook, error) {
	all, err := rules.LawRules()
	if err != nil {
		return nil, err
	}
	book := &lawBook{}
	if book.adequacy, err = rules.LoadAdequacy(); err != nil {
		return nil, err
	}
	if err := book.companies(); err != nil {
		return nil, err
	}
	for _, r := range all {
		l, err := compileRule(r)
		if err != nil {
			return nil, fmt.Errorf("rules/law: %s: %w", r.ID, err)
		}
		book.rules = append(book.rules, l)
	}
	return book, nil
})

// companies reads where the groups of rules/recipients are based.
func (b *lawBook) companies() error {
	all, err := rules.List[rules.Recipient](nil, "recipients")
	if err != nil {
		return err
	}
	b.groups = map[string]string{}
	for _, r := range all {
		for _, name := range append([]string{r.Name}, r.Aliases...) {
			// "X" is a company, and what people write for one they do not name.
			if key := strings.Join(strings.Fields(terms.Fold(name)), " "); len(key) > 2 {
				b.groups[key] = r.Country
			}
		}
	}
	return nil
}

func compileRule(r rules.LawRule) (l lawRule, err error) {
	l.LawRule = r
	for _, s := range []struct {
		to    **terms.Set
		words []string
	}{{&l.words, r.Words}, {&l.unless, r.Unless}, {&l.starts, r.Starts}, {&l.persons, r.Persons}} {
		if *s.to, err = compileWords(s.words); err != nil {
			return l, err
		}
	}
	for _, c := range r.Criteria {
		k := criterion{Criterion: c}
		if k.words, err = compileWords(c.Words); err != nil {
			return l, err
		}
		if k.persons, err = compileWords(c.Persons); err != nil {
			return l, err
		}
		l.criteria = append(l.criteria, k)
	}
	return l, nil
}

func compileWords(words []string) (*terms.Set, error) {
	if len(words) == 0 {
		return nil, nil
	}
	phrases := make([]terms.Phrase, len(words))
	for i, w := range words {
		phrases[i] = terms.Phrase{ID: "x", Words: w}
	}
	return terms.Compile(phrases)
}

// says tells whether a phrase of the set is in one of the texts.
func says(s *terms.Set, texts ...terms.Text) bool {
	if s == nil {
		return false
	}
	for _, t := range texts {
		if s.Has(t) {
			return true
		}
	}
	return false
}

// rule returns the rule with this check; the zero rule when there is none.
func (b *lawBook) rule(check string) *lawRule {
	for i := range b.rules {
		if b.rules[i].Check == check {
			return &b.rules[i]
		}
	}
	return &lawRule{}
}

// A subject is a treatment under check, with its texts cut into words and what
// the document says for all treatments filled in.
type subject struct {
	t       *register.Treatment
	name    terms.Text
	parts   []terms.Text // the name and each purpose
	persons []terms.Text
}

func newSubject(t *register.Treatment, d *register.Document) *subject {
	whole := *t
	if len(whole.Purposes) == 0 {
		whole.Purposes = d.Purposes
	}
	if len(whole.LegalBases) == 0 {
		whole.LegalBases = d.LegalBases
	}
	if whole.SpecialCategoryBasis == "" {
		whole.SpecialCategoryBasis = d.SpecialCategoryBasis
	}
	if len(whole.DataSubjects) == 0 {
		whole.DataSubjects = d.DataSubjects
	}
	if len(whole.Recipients) == 0 {
		whole.Recipients = d.Recipients
	}
	if !whole.Transfers.Said() {
		whole.Transfers = d.Transfers
	}
	if len(whole.Security) == 0 {
		whole.Security = d.Security
	}
	if whole.Profiling == "" {
		whole.Profiling = d.Profiling
	}
	s := &subject{t: &whole, name: terms.Read(t.Name)}
	s.parts = append(s.parts, s.name)
	for _, p := range whole.Purposes {
		s.parts = append(s.parts, terms.Read(p))
	}
	for _, p := range whole.DataSubjects {
		s.persons = append(s.persons, terms.Read(p))
	}
	return s
}

// documentID names the document as a whole among its treatments.
const documentID = "document"

// subjects are the treatments, and the document where it declares data itself.
func (c *checker) subjects() []*subject {
	var all []*subject
	for i := range c.reg.Treatments {
		all = append(all, newSubject(&c.reg.Treatments[i], &c.reg.Document))
	}
	d := &c.reg.Document
	if len(d.Data) > 0 || len(d.Retention) > 0 && c.document == OnPolicy {
		all = append(all, c.whole(d))
	}
	return all
}

// whole is the document as one treatment: its data is that of all purposes.
func (c *checker) whole(d *register.Document) *subject {
	t := register.Treatment{ID: documentID, Name: cmp.Or(c.reg.Organisation.Name, documentID), Data: d.Data, Retention: d.Retention, Line: d.Line, Has: d.Has}
	for _, other := range c.reg.Treatments {
		t.Purposes = append(append(t.Purposes, other.Name), other.Purposes...)
		t.LegalBases = append(t.LegalBases, other.LegalBases...)
		t.DataSubjects = append(t.DataSubjects, other.DataSubjects...)
		t.SpecialCategoryBasis = cmp.Or(t.SpecialCategoryBasis, other.SpecialCategoryBasis)
	}
	s := newSubject(&t, d)
	s.t.LegalBases = append(s.t.LegalBases, d.LegalBases...)
	return s
}

// document tells whether s is the document and no treatment: fields of a
// treatment are not asked of it.
func (s *subject) document() bool { return s.t.ID == documentID && s.t.Role == "" }

// texts are all texts that say what the treatment is about.
func (s *subject) texts() []terms.Text {
	return append(append([]terms.Text{}, s.parts...), s.persons...)
}

// holds tells whether the treatment declares one of the categories.
func (s *subject) holds(ids []string) bool {
	for _, d := range s.t.Data {
		for _, id := range ids {
			if d.Category == id {
				return true
			}
		}
	}
	return false
}
