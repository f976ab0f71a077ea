package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
)

// readRegister reads a register in any of its forms; what a form holds and could
// not be read goes to stderr. mapping names a column map ("" for none).
func readRegister(path, mapping string, stderr io.Writer) (*register.Register, error) {
	if err := noPipe("register", path); err != nil {
		return nil, err
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml", ".json":
		return register.Load(path)
	}
	reg, err := importRegister(path, mapping, stderr)
	if _, missing := os.Stat(path); err != nil && mapping == "" && missing == nil && isText(path) {
		return nil, fmt.Errorf("register %s: a text, not a register: draft one from it with `ecart register draft`", path)
	}
	return reg, err
}
