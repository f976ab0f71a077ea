package rules

// Starts are words for what a retention runs from: those that the date of data
// tells, and those that it does not.
type Starts struct {
	Told   []string `yaml:"told"`
	Untold []string `yaml:"untold"`
}
