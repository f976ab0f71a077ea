// Command compile writes the compiled form of every section of rules; go
// generate ./rules runs it.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/ecart-rgpd/ecart/rules"
)

func main() {
	log.SetFlags(0)
	for _, section := range rules.Sections() {
		text, err := rules.Compile(section)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("compiled", section+".txt"), []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
