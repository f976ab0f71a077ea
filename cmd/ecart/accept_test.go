package main

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// An entry that can fit no gap is refused, with what may be written.
func TestAcceptEntries(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ gap, location, want string }{
		{"undeclared-category/email", "repo:tests/**", ""},
		{"undeclared-recipient/stripe", "repo:**", ""},
		{"register-incomplete/security", "register:paie", ""},
		{"declaration-to-check/rp-4", "register:recrutement", ""},
		{"retention-exceeded/purge", "repo:**", ""},
		{"undeclared-category", "repo:**", ""},
		{"undeclared-category/emial", "repo:**", "did you mean email"},
		{"undeclared-system/emaill", "repo:**", "did you mean email"},
		{"undeclared-system/nir", "repo:**", ""},
		{"undeclared-recipient/no-such-firm", "repo:**", ""},
		{"register-incomplete/purposes", "register:paie", ""},
		{"policy-register-mismatch/durand et fils", "policy:**", ""},
		{"undeclared-category/email", "tests", "target"},
	} {
		err := (&settings{rules: r}).accepted([]acceptEntry{{Gap: c.gap, Location: c.location, Reason: "Essai"}})
		if got := errorText(err); c.want == "" && err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s at %s: %q, want %q", c.gap, c.location, got, c.want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
