package detectors

import (
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// An Engine runs all detectors, names and words over segments in one pass. It
// is immutable and shared by all workers.
type Engine struct {
	rules *rules.Rules
	parts Parts
}

// New builds an engine from the vocabulary and its parts.
func New(r *rules.Rules, p Parts) (*Engine, error) { return &Engine{rules: r, parts: p}, nil }

// Version changes when the same bytes might give other findings.
func (e *Engine) Version() string { return "0" }

// A Scanner is one worker's engine with its buffers. Not safe for concurrent use.
type Scanner struct {
	engine *Engine
	at     item.Location
}

// Scanner returns a new worker.
func (e *Engine) Scanner() *Scanner { return &Scanner{engine: e} }

// Options change what Begin to End returns.
type Options struct {
	Each    bool         // one finding per occurrence, each with its line
	Added   []item.Lines // only findings on these lines; nil means all
	History bool         // values only: no names, no words
	Date    string
}

// Begin starts an object: its segments follow, in order, until End.
func (s *Scanner) Begin(at item.Location, o Options) { s.at = at }

// Add reads one segment.
func (s *Scanner) Add(seg *item.Segment) error { return nil }

// End returns what was found since Begin, sorted by place, category, evidence
// and column.
func (s *Scanner) End() []Finding { return nil }

// Mask returns name with what looks like a value in it replaced by ‹category›.
// Every name passes here before it enters a Location.
func (s *Scanner) Mask(name string) string { return name }
