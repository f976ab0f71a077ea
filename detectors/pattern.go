package detectors

import (
	"fmt"
	"time"

	"github.com/dlclark/regexp2/v2"

	"github.com/ecart-rgpd/ecart/rules"
)

// A pattern is a user's rule, ready to run.
type pattern struct {
	id, category string
	literal      string
	regex        *regexp2.Regexp
	confidence   float64
}

// patternWindow is how far from its literal a pattern looks, in bytes.
const patternWindow = 1 << 10

// patternLimit stops a catastrophic pattern in one window. It is far above what
// a sane pattern needs for 2 KiB, so that a slow machine gives the same report.
const patternLimit = 2 * time.Second

// compilePatterns reads the patterns of r.
func (e *Engine) compilePatterns(list []rules.Pattern) error {
	for _, p := range list {
		if len(tokens(fold(nil, []byte(p.Literal)))) == 0 {
			return fmt.Errorf("rule %s: literal %q holds no word; a pattern runs only near one", p.ID, p.Literal)
		}
		re, err := regexp2.Compile(p.Regex, regexp2.None)
		if err != nil {
			return fmt.Errorf("rule %s: regex: %w", p.ID, err)
		}
		re.MatchTimeout = patternLimit
		confidence := p.Confidence
		if confidence == 0 {
			confidence = 0.8
		}
		e.patterns = append(e.patterns, pattern{p.ID, p.Category, p.Literal, re, confidence})
	}
	return nil
}
