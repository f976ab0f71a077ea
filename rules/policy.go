package rules

import "embed"

//go:embed policy/*.yml
var policyFiles embed.FS

// PolicyFile returns the vocabulary of French policies in policy/<name>.yml: the
// words by which register/terms and register/policy read declarations.
func PolicyFile(name string) ([]byte, error) {
	return policyFiles.ReadFile("policy/" + name + ".yml")
}
