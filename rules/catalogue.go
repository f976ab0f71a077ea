package rules

// Catalogues tells which files hold translations of a program's screens.
type Catalogues struct {
	Extensions []string `yaml:"extensions"` // files that hold nothing else
	Folders    []string `yaml:"folders"`
	Data       []string `yaml:"data"` // extensions, in such a folder or with such a name
	Code       []string `yaml:"code"` // extensions, in such a folder and named after a language
	Files      []string `yaml:"files"`
}
