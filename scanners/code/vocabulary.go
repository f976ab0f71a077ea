package code

import (
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// A words file is one YAML file of rules/code.
type words struct {
	// Sinks are the calls that hand data on.
	Sinks []sinkRule `yaml:"sinks"`
	// Sanitizers are functions whose result is no longer the data: a hash, a
	// mask, a length. A '*' at an end stands for anything.
	Sanitizers []string `yaml:"sanitizers"`
	// Neutral are functions whose result still holds the data.
	Neutral []string `yaml:"neutral"`
	// Readers are functions that return the value called by their first text:
	// request.get("email").
	Readers []string `yaml:"readers"`
	// Requests are names of what a client sends; their members are inputs.
	Requests []string `yaml:"requests"`
	// Passwords are names of secrets a person knows.
	Passwords []string `yaml:"passwords"`
	// NotPasswords are names that hold such a word and are none: hashes, flags.
	NotPasswords []string `yaml:"not_passwords"`
	// WeakHashes are functions that do not protect a password.
	WeakHashes []string `yaml:"weak_hashes"`
	// Stores are calls that keep a record.
	Stores []string `yaml:"stores"`
	// CardCodes are names of the security code of a card.
	CardCodes []string `yaml:"card_codes"`
	// Models are marks of classes whose fields are kept in a database.
	Models []string `yaml:"models"`
	// Marks make a file worth reading too: calls whose arguments matter.
	Marks []string `yaml:"marks"`
	// Persons are words that make a file worth reading.
	Persons []string `yaml:"persons"`
	// Wider make a file worth reading too, in languages other than Go.
	Wider []string `yaml:"wider"`
	// Holders are last words of variables whose literal is a person: defaultUser.
	Holders []string `yaml:"holders"`
	// Permissions are what an application asks of a phone or a browser.
	Permissions []permission `yaml:"permissions"`
	// Purges are settings and jobs that delete what is old.
	Purges []purgeRule `yaml:"purges"`
	// Consent are tools that ask for consent.
	Consent []consentTool `yaml:"consent"`
	// Families are ways to name a package after the service it leads to.
	Families []family `yaml:"families"`
	// Secrets and SettingWords are what may follow the name of a service in that of
	// a setting: STRIPE_SECRET_KEY; of the first there must be one.
	Secrets      []string `yaml:"secrets"`
	SettingWords []string `yaml:"setting_words"`
	// Skeletons are settings that frameworks write into each new project, in
	// SkeletonFiles too; without a value they say nothing.
	Skeletons     []string `yaml:"skeletons"`
	SkeletonFiles []string `yaml:"skeleton_files"`
	// RunOneself are ids of services whose software many run on their own machines:
	// a setting with an address of one's own says that this one is.
	RunOneself []string `yaml:"run_oneself"`
}

// A sinkRule is one way to hand data on.
type sinkRule struct {
	ID        string    `yaml:"id"`
	Sink      item.Sink `yaml:"sink"`
	Receivers []string  `yaml:"receivers"` // folded name before the method, or earlier in the chain
	Given     []string  `yaml:"given"`     // the same, unless the file itself makes something else of that name
	Methods   []string  `yaml:"methods"`   // folded
	Functions []string  `yaml:"functions"` // folded, without a receiver
	Languages []string  `yaml:"languages"` // empty for all
	Why       string    `yaml:"why"`
	Hit       []string  `yaml:"hit"`  // "language: code"
	Miss      []string  `yaml:"miss"` // "language: code"
}

// A permission is a right to data, by the words that ask for it.
type permission struct {
	ID    string   `yaml:"id"`
	Words []string `yaml:"words"`
	Name  string   `yaml:"name"` // what it gives, as a declared name
	Hit   []string `yaml:"hit"`
	Miss  []string `yaml:"miss"`
}

// A vocabulary is the words in the form the reader asks for them.
type vocabulary struct {
	sinks                                                        []*sink
	byMethod                                                     map[string][]*sink
	sanitizers, neutral, readers, requests, passwords, notSecret patterns
	weak, stores, cardCodes, models, holders                     patterns
	persons, wider, modelMarks                                   []string
	permissions                                                  []permission
	asking                                                       map[string][]asking // by the first name of their words
	purges                                                       []*purge
	consent                                                      []consentTool
	ofEnding                                                     sync.Map // ending of a name → []*purge
	third                                                        *thirds
	filter, goFilter                                             *filter
	marks                                                        *markFinder
}

type sink struct {
	sinkRule
	receivers, given, methods, functions patterns
}

// load compiles the vocabulary of rules/code and rules/recipients.
func load(r *rules.Rules) (*vocabulary, error) {
	files, err := rules.Section[words](r, "code")
	if err != nil {
		return nil, err
	}
	v := &vocabulary{byMethod: map[string][]*sink{}}
	for _, f := range files {
		v.add(&f.Body)
	}
	v.asking = askings(v.permissions)
	v.filter, v.goFilter = newFilter(v, false), newFilter(v, true)
	v.marks = newMarkFinder(v.purges, v.consent)
	if v.third, err = loadThirds(r); err != nil {
		return nil, err
	}
	for _, f := range files {
		v.third.families = append(v.third.families, f.Body.Families...)
		v.third.settings.add(&f.Body)
	}
	return v, nil
}

func (v *vocabulary) add(w *words) {
	for _, s := range w.Sinks {
		v.sinks = append(v.sinks, &sink{sinkRule: s, receivers: compile(s.Receivers), given: compile(s.Given), methods: compile(s.Methods), functions: compile(s.Functions)})
	}
	v.sanitizers.add(w.Sanitizers)
	v.neutral.add(w.Neutral)
	v.readers.add(w.Readers)
	v.requests.add(w.Requests)
	v.passwords.add(w.Passwords)
	v.notSecret.add(w.NotPasswords)
	v.weak.add(w.WeakHashes)
	v.stores.add(w.Stores)
	v.cardCodes.add(w.CardCodes)
	v.models.add(w.Models)
	v.holders.add(w.Holders)
	v.modelMarks = append(append(v.modelMarks, w.Models...), w.Marks...)
	v.persons = append(v.persons, w.Persons...)
	v.wider = append(v.wider, w.Wider...)
	v.permissions = append(v.permissions, w.Permissions...)
	v.consent = append(v.consent, w.Consent...)
	for _, p := range w.Purges {
		v.purges = append(v.purges, newPurge(p))
	}
}

// speaks tells whether a name holds a word of persons: what it is copied to then
// says nothing more, adresse = x.getCourriel() is no postal address.
func (v *vocabulary) speaks(name string) bool {
	name = fold(name)
	for _, w := range v.persons {
		if len(w) > 3 && strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// patterns is a set of folded names, some with a '*' at either end.
type patterns struct {
	exact                    map[string]bool
	prefixes, suffixes, held []string
}

func compile(list []string) patterns {
	var p patterns
	p.add(list)
	return p
}

func (p *patterns) add(list []string) {
	if p.exact == nil {
		p.exact = map[string]bool{}
	}
	for _, s := range list {
		s = fold(s)
		switch {
		case strings.HasPrefix(s, "*") && strings.HasSuffix(s, "*"):
			p.held = append(p.held, strings.Trim(s, "*"))
		case strings.HasPrefix(s, "*"):
			p.suffixes = append(p.suffixes, s[1:])
		case strings.HasSuffix(s, "*"):
			p.prefixes = append(p.prefixes, s[:len(s)-1])
		default:
			p.exact[s] = true
		}
	}
}

// has tells whether the folded name is in the set.
func (p *patterns) has(name string) bool {
	if p.exact[name] {
		return true
	}
	for _, s := range p.prefixes {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	for _, s := range p.suffixes {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	for _, s := range p.held {
		if strings.Contains(name, s) {
			return true
		}
	}
	return false
}

// fold takes case, '_', '-' and sigils away: numSecu, num_secu and NUM-SECU
// are one name.
func fold(name string) string {
	plain := true
	for i := range len(name) {
		if c := name[i]; c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == '$' || c == '@' || c == '\\' || c == '!' {
			plain = false
			break
		}
	}
	if plain {
		return name
	}
	b := make([]byte, 0, len(name))
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != '_' && c != '-' && c != '$' && c != '@' && c != '!' { // create! is create
			b = append(b, c)
		}
	}
	return string(b)
}
