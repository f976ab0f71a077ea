package repo

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Why git refuses, in its own words (LC_ALL=C), and what we say of it: what git
// prints may hold names and addresses, and is never shown.
var refusals = []struct{ said, reason string }{
	{"dubious ownership", "the repository belongs to another user: run as that user, or let git read it with `git config --global --add safe.directory` and its folder"},
	{"could not read Username", noPassword},
	{"could not read Password", noPassword},
	{"terminal prompts disabled", noPassword},
	{"Authentication failed", "the password or token that git was given is refused: check its credential helper"},
	{"Permission denied (", "the server takes none of our keys: check the SSH agent and the key's right to read"},
}

const noPassword = "it asks for a password and nobody is asked here: give one to git's credential helper"

// refused says why a command of git failed.
func refused(what string, err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		for _, r := range refusals {
			if bytes.Contains(exit.Stderr, []byte(r.said)) {
				return fmt.Errorf("%s: %s", what, r.reason)
			}
		}
	}
	if strings.HasPrefix(what, "git clone") {
		return fmt.Errorf("%s failed: check the address and the network", what)
	}
	return fmt.Errorf("%s failed", what)
}
