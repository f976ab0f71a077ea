package detectors

import "github.com/ecart-rgpd/ecart/item"

// Parts are what New puts together. They come from the folders below;
// detectors/all lists them for the command.
type Parts struct {
	Values []*Detector
	Names  Judge   // nil: names are not judged
	Words  Lexicon // nil: running text is searched for values only
}

// A Judge says what a column, field, header or label is called after. Safe for
// concurrent use.
type Judge interface {
	// Judge returns the categories the name speaks of, strongest first; none
	// when it speaks of no person.
	Judge(c item.Column) []Verdict
}

// A rowTeller is a Judge that knows headers by which rows are told to be persons'.
type rowTeller interface {
	// TellsPersons tells whether a column called header tells persons apart.
	TellsPersons(header string) bool
	// TellsUnits tells whether a column or a table called so lists parts of an
	// organisation.
	TellsUnits(header string) bool
	// TellsFirms tells whether a column called header names firms: raison sociale.
	TellsFirms(header string) bool
	// TellsMachines tells whether the table of a column lists machines.
	TellsMachines(c *item.Column) bool
	// TellsAnimals tells whether a column is about the animals that its table lists.
	TellsAnimals(c *item.Column) bool
	// TellsPlaces tells whether the table of a column lists places open to many.
	TellsPlaces(c *item.Column) bool
	// TellsSerials tells whether a column called header numbers things.
	TellsSerials(header string) bool
	// TellsSomebody tells whether a column, or what it stands in, speaks of a person.
	TellsSomebody(c *item.Column) bool
}

// A Verdict is one category a name speaks of.
type Verdict struct {
	Category   string
	Rule       string // id of the rule that speaks; in findings and `explain`
	Confidence float64
	Reasons    []Reason // what was added up, heaviest first
}

// A Reason is one piece of evidence with its weight; it quotes names, not values.
type Reason struct {
	What   string
	Weight float64
}

// A Lexicon gives the words to look for in running text, and weighs each where
// it stands. Safe for concurrent use.
type Lexicon interface {
	// Terms returns the words, always in the same order.
	Terms() []Term
	// Weigh returns how sure it is that Terms()[term], found at text[at:end],
	// says something of a person; 0 for not at all. It reads a few hundred bytes
	// either side at most.
	Weigh(term int, text []byte, at, end int, kind item.Kind) float64
	// Tells tells whether Terms()[term], found in a cell, says something of its
	// row without a sentence round it, as a diagnosis does.
	Tells(term int, text []byte, at, end int) bool
}

// A Term is a word or phrase of a lexicon.
type Term struct {
	Text     string // accents and case do not matter; one space between words
	Category string
	Rule     string // id of the rule that speaks
}
