package rules

// Catalogues tells which files have keys that are no names of data: translations
// of a program's screens, and settings of tools. All in lower case.
type Catalogues struct {
	Extensions []string `yaml:"extensions"` // files that hold nothing else
	Folders    []string `yaml:"folders"`
	Data       []string `yaml:"data"` // extensions, in such a folder or with such a name
	Code       []string `yaml:"code"` // extensions, in such a folder and named after a language
	Files      []string `yaml:"files"`
	Languages  []string `yaml:"languages"` // their code alone names such a file

	ToolFolders []string `yaml:"tool_folders"`
	ToolFiles   []string `yaml:"tool_files"`
}
