package rules

// A WordList is a list of rules/context: words that make a weak value likely,
// or that start a detector. Whole words or phrases; accents, case, plural s and
// the space between words do not matter ("num_secu" is "num secu"). Hit and Miss
// are texts in which a detector of the list speaks near one of its words, or none.
type WordList struct {
	ID    string   `yaml:"id"`
	Words []string `yaml:"words"`
	Hit   []string `yaml:"hit"`
	Miss  []string `yaml:"miss"`
}

// A Pattern is a user's own kind of value: a regular expression that runs only
// near a literal, so that one slow pattern does not slow every scan.
type Pattern struct {
	ID         string   `yaml:"id"`
	Category   string   `yaml:"category"`
	Literal    string   `yaml:"literal"` // a word that is always within 1 KiB of the value
	Regex      string   `yaml:"regex"`   // dlclark/regexp2 syntax
	Confidence float64  `yaml:"confidence"`
	Why        string   `yaml:"why"`
	Hit        []string `yaml:"hit"` // texts in which the pattern matches
	Miss       []string `yaml:"miss"`
}
