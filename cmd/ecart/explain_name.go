package main

import (
	"fmt"
	"io"

	"github.com/ecart-rgpd/ecart/rules"
)

// explainName prints what was considered when a name was judged.
func explainName(w io.Writer, r *rules.Rules, name, lang string) error {
	return fmt.Errorf("explain --name: not wired yet")
}

func (p *printer) reasons(*rules.Rules, string) {}
