package reconcile

import (
	"iter"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// Input is all that a reconciliation rests on.
type Input struct {
	Rules    *rules.Rules
	Register *register.Register // nil: an inventory
	Policy   *register.Policy   // the published policy; nil when none is compared
	Date     string             // YYYY-MM-DD: the only clock
	Targets  []Target
	// Findings in the order of the scan. Coverage is read after the last one.
	Findings iter.Seq[detectors.Finding]
	Coverage map[string]*item.Coverage // by target; filled when Findings ends
	Accept   []Accept
	Anchors  Anchors
	// Added tells whether a change that is looked at adds a line of a document,
	// OnRegister or OnPolicy, or touches the treatment that the line is of: gaps of its other lines are not those of the change
	// and are not raised. Nil when all is looked at.
	Added func(document string, line int) bool
}

// A Target is what reconciliation must know of a target of the run.
type Target struct {
	Name string
	// Tables says that its locations are names joined by dots, not paths.
	Tables bool
	// Code says that it is a repository: what is found is anchored there.
	Code bool
	// Part says that only a part was looked at (a diff, a sample without the
	// rest): what was not seen says nothing.
	Part bool
}

// Accept is a gap the organisation accepts.
type Accept struct {
	Gap      string // <gap> or <gap>/<subject>
	Location string // glob `<target>:<pattern>`
	Accepted
}

// Anchors tells where in the repository to show what is not in it.
type Anchors struct {
	Prefix   map[string]string // target → its path in the repository; absent when outside
	Register string            // path of the register in the repository; empty when outside
	Policy   string
	Config   string         // path of ecart.yaml in the repository
	Lines    map[string]int // target → its line in ecart.yaml
	// Declared tells where a table of a target, or a column of it, is declared.
	Declared map[string]func(table, column string) (Anchor, bool)
	// Inventory maps `<target>:<location>` to a line of a committed inventory.
	Inventory map[string]Anchor
}

// Result is what a reconciliation says.
type Result struct {
	Register string // path as given; empty for an inventory
	Date     string
	Complete bool
	Gaps     []Gap // sorted by kind, place and subject
	Coverage map[string]*item.Coverage
	Targets  []Target
	Rules    *rules.Rules
	// Unused lists accept entries that fit no gap, Expired those past their date.
	Unused, Expired []Accept
	// Categories counts objects with each category, for the inventory.
	Categories map[string]int
	// Declared is the register; nil for an inventory. Seen is what was found and
	// where, sorted: a data map is drawn from both.
	Declared *register.Register
	Seen     []Sighting
	Trend    []Point // of earlier runs, oldest first
}

// A Point is the open gaps of one run, for a trend.
type Point struct {
	Date     string `json:"date"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Notes    int    `json:"notes"`
	Accepted int    `json:"accepted"`
}
