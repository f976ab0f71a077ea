package main

import (
	"context"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// readPolicy reads the published policy as the register it declares.
func readPolicy(path string, _ *rules.Rules) (*register.Policy, error) {
	return draftPolicy(context.Background(), path)
}
