package rules

// Attributes are how the two columns of a table are called that keeps one datum
// a row: its name and its value. Folded, words joined by '_'.
type Attributes struct {
	Keys   []string `yaml:"keys"`
	Values []string `yaml:"values"`
	// Answers are cells that say yes or no, folded.
	Answers []string `yaml:"answers"`
}
