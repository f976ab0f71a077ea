package rules

// Starts are words for what a retention runs from: those that the date of data
// tells, and those that it does not, and of what deletes.
type Starts struct {
	Told   []string `yaml:"told"`
	Untold []string `yaml:"untold"`
	// Lasting are words of what comes again and again: the last login.
	Lasting []string `yaml:"lasting"`
	// Purges are the words that jobs and settings that delete are called by, and
	// those of most treatments: they do not tell what is deleted.
	Purges []string `yaml:"purges"`
	// Persons are what tables of persons are called, and Preferences the words of
	// cookies that keep a choice of their visitor.
	Persons     []string `yaml:"persons"`
	Preferences []string `yaml:"preferences"`
}
