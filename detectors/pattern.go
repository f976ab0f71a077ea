package detectors

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dlclark/regexp2/v2"

	"github.com/ecart-rgpd/ecart/item"
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

// patternLimit stops a catastrophic pattern in one stretch. It is far above what
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

// A stretch asks pattern to look around the literal at.
type stretch struct{ pattern, at int }

// maxWindow bounds the stretch that near literals are joined to.
const maxWindow = 16 << 10

// runPatterns runs the user's patterns around their literals, joining windows
// that overlap.
func (s *Scanner) runPatterns(text []byte) {
	slices.SortStableFunc(s.windows, func(a, b stretch) int { return a.pattern - b.pattern })
	for i := 0; i < len(s.windows); {
		w := s.windows[i]
		lo, hi := w.at-patternWindow, w.at+patternWindow
		for i++; i < len(s.windows) && s.windows[i].pattern == w.pattern && s.windows[i].at-patternWindow < hi && hi-lo < maxWindow; i++ {
			hi = s.windows[i].at + patternWindow
		}
		lo, hi = max(lo, 0), min(hi, len(text))
		if err := s.runPattern(text, lo, hi, w.pattern); err != nil {
			s.stopped(text, w, err)
		}
	}
}

// runPattern adds the matches of a pattern in text[lo:hi].
func (s *Scanner) runPattern(text []byte, lo, hi, index int) error {
	p := s.engine.patterns[index]
	m, err := p.regex.FindStringMatch(string(text[lo:hi]))
	for m != nil && err == nil {
		if at, n := m.ByteRange(); n > 0 {
			s.hits = append(s.hits, hit{
				start: int32(lo + at), end: int32(lo + at + n), source: int32(s.engine.firstPattern + index), tier: sure,
				confidence: permille(p.confidence), slot: noSlot,
			})
		}
		m, err = p.regex.FindNextMatch(m)
	}
	return err
}

// stopped notes that a pattern reached its limit near the literal of w. The
// error of regexp2 is not passed on: it quotes the text.
func (s *Scanner) stopped(text []byte, w stretch, err error) {
	at := s.object.at
	if s.seg.At.Line > 0 {
		at.Line = s.seg.At.Line + bytes.Count(text[:w.at], []byte{'\n'})
	}
	reason := "its limit of time"
	if errors.Is(err, regexp2.ErrBacktrackingStackLimit) {
		reason = "its limit of memory"
	}
	s.object.unread = append(s.object.unread, item.Unread{
		At: at, Reason: fmt.Sprintf("rule %s: the pattern reached %s here", s.engine.patterns[w.pattern].id, reason),
	})
}
