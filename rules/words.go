package rules

// A WordRule is an entry of rules/words: words of running text that say
// something of a category when they are said of a person.
type WordRule struct {
	ID       string   `yaml:"id"`
	Category string   `yaml:"category"`
	Why      string   `yaml:"why"`
	Strong   []string `yaml:"strong"` // said of a person, enough
	Units    []string `yaml:"units"`  // as strong in a sentence; alone in a cell, a department or a trade
	Weak     []string `yaml:"weak"`   // need more than a person near
	Except   []string `yaml:"except"` // phrases in which the word means something else
	Hit      []string `yaml:"hit"`    // sentences
	Miss     []string `yaml:"miss"`
}

// Cues is a file of rules/cues: what tells that a sentence speaks of a person,
// or of persons in general, of the law, of software.
type Cues struct {
	Titles  []string `yaml:"titles"`  // Mme, M.: a capital follows
	Traces  []string `yaml:"traces"`  // né le, IPP, dossier n°: only records of one person say so
	Kin     []string `yaml:"kin"`     // my son, her husband
	Subject []string `yaml:"subject"` // he, she, I, as subject of a sentence
	Role    []string `yaml:"role"`    // the patient, the employee: one person, or persons in general
	Said    []string `yaml:"said"`    // suffers from, is treated for
	General []string `yaml:"general"` // speaks of persons in general, of the law, of a definition
	// Copulas are forms of to be; Headings stand after the title of a letter.
	Copulas  []string `yaml:"copulas"`
	Headings []string `yaml:"headings"`
	// Being are terms that say what somebody is, Happens what befalls one person: a
	// name close to them says who. Nobody are capitals that name no person.
	Being   []string `yaml:"being"`
	Happens []string `yaml:"happens"`
	Nobody  []string `yaml:"nobody"`
	Policy  []string `yaml:"policy"` // speaks of data and of processing: a whole paragraph at a time
}
