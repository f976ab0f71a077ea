// Package rules holds the vocabulary built into the binary, as YAML that carries
// its own examples, and the types that read it.
package rules

// Rules is a vocabulary: the one built in, and what users add to it.
type Rules struct {
	Categories []Category // in the order of categories.yml
	Context    []WordList // of rules/context, sorted by id
	Patterns   []Pattern  // of users, sorted by id
	user       []source   // given with --rules, in order
}

// A Category is one kind of personal data. Its id is never reused.
type Category struct {
	ID     string `yaml:"id"`
	Regime Regime `yaml:"regime"`
	Group  string `yaml:"group"` // id of the group it belongs to; empty for none
	Label  Text   `yaml:"label"`
	CNIL   string `yaml:"cnil"`      // row of the CNIL's workbook
	DPV    string `yaml:"dpv"`       // W3C Data Privacy Vocabulary term
	Fides  string `yaml:"fideslang"` // Fideslang data category
}

// Regime is the legal regime of a category.
type Regime string

// The regimes.
const (
	Ordinary       Regime = "ordinary"
	HighlyPersonal Regime = "highly_personal" // financial, location, communications
	Special        Regime = "special"         // Art. 9
	Offence        Regime = "offence"         // Art. 10
	NIR            Regime = "nir"
	Organisation   Regime = "organisation"
)

// Text is a text in the languages we speak.
type Text struct {
	FR string `yaml:"fr"`
	EN string `yaml:"en"`
}

// In returns the text in lang ("fr" or "en").
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.FR
}
