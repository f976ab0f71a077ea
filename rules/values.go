package rules

import "sync"

// Values are words that the detectors of values know besides those of
// rules/context.
type Values struct {
	Email  EmailWords `yaml:"email"`
	Phone  PhoneWords `yaml:"phone"`
	Months []string   `yaml:"months"` // folded; the index modulo 12 is the month
}

// PhoneWords tell who answers a fixed line. All in lower case, single words.
type PhoneWords struct {
	Desks  []string `yaml:"desks"`  // no single person
	Firms  []string `yaml:"firms"`  // legal forms, found in capitals
	Titles []string `yaml:"titles"` // a person after all
}

// EmailWords tell mailboxes of persons from others. All in lower case.
type EmailWords struct {
	Roles        []string `yaml:"roles"`        // first words of local parts
	Houses       []string `yaml:"houses"`       // the same, that persons are called by too
	Providers    []string `yaml:"providers"`    // domains where anybody gets a mailbox
	Placeholders []string `yaml:"placeholders"` // the same, for addresses to be filled in
	Examples     []string `yaml:"examples"`     // domains that hold no mailbox
	Templates    []string `yaml:"templates"`    // domains that may hold some
	Files        []string `yaml:"files"`        // suffixes
	Credits      []string `yaml:"credits"`      // starts of lines
	Signatures   []string `yaml:"signatures"`   // starts of lines of comments
}

// ValueWords returns the section values, read once. It is built in and tested:
// what users add to the vocabulary does not change it.
var ValueWords = sync.OnceValue(func() Values {
	files, err := Section[Values](nil, "values")
	if err != nil {
		panic(err)
	}
	return files[0].Body
})
