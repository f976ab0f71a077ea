package main

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
)

// readRegister reads a register in any of its forms; what a form holds and could
// not be read goes to stderr. mapping names a column map ("" for none).
func readRegister(path, mapping string, stderr io.Writer) (*register.Register, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml", ".json":
		return register.Load(path)
	}
	return importRegister(path, mapping, stderr)
}
