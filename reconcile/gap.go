// Package reconcile compares a register with findings. It is made of pure
// functions: no file, no clock, no network.
package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// A Gap is one difference between the register and reality, with its proof.
type Gap struct {
	Kind       Kind
	Category   string        // of data; empty when the subject is another
	Recipient  string        // id or folded name of a third party
	Field      string        // of the document (register-incomplete), or id of a law rule (declaration-to-check)
	At         item.Location // Target may be "register" or "policy": then Path is the treatment's id
	Object     string        // `<target>:` and what the identity is made of
	Treatment  string        // id
	System     string        // id
	Level      Level
	Cover      Cover
	Count      int
	Oldest     string // YYYY-MM-DD
	Confidence float64
	Evidence   detectors.Evidence
	Everyone   string // what all accounts may do with the place: read, write; empty when not known
	Flow       []item.Step
	Sink       item.Sink
	Anchor     Anchor // where in the repository to show it
	Detail     Detail // what messages need besides
	Accepted   *Accepted
	State      State
	Folded     int // gaps folded into this one, itself included; 0 for one
	// Under is the rule of the gap this one is told with, Also the kind of the one
	// told with this: one act of a person settles both.
	Under string
	Also  Kind
	// Weight orders gaps by what their place makes of them, 1 to 100; Weighed are
	// the ids of rules/weights.yml that fit.
	Weight  int
	Weighed []string
}

// Kind is the kind of a gap; stable for ever.
type Kind string

// The kinds.
const (
	UndeclaredSystem       Kind = "undeclared-system"
	UndeclaredCategory     Kind = "undeclared-category"
	UndeclaredRecipient    Kind = "undeclared-recipient"
	UndeclaredTransfer     Kind = "undeclared-transfer"
	MissingLegalBasis      Kind = "missing-legal-basis"
	NIRNotAuthorised       Kind = "nir-not-authorised"
	RetentionExceeded      Kind = "retention-exceeded"
	PlaintextCredential    Kind = "plaintext-credential"
	ForbiddenData          Kind = "forbidden-data"
	PersonalDataInHistory  Kind = "personal-data-in-history"
	PersonalDataInLogs     Kind = "personal-data-in-logs"
	DeclaredNotObserved    Kind = "declared-not-observed"
	RegisterIncomplete     Kind = "register-incomplete"
	DeclarationToCheck     Kind = "declaration-to-check"
	PolicyRegisterMismatch Kind = "policy-register-mismatch"
)

// Level is the weight of a gap, in SARIF's words.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
	Note    Level = "note"
)

// Cover says how a declaration covers what was observed.
type Cover string

// The covers.
const (
	Clear        Cover = "clear"
	Vague        Cover = "vague"
	Omitted      Cover = "omitted"
	Contradicted Cover = "contradicted"
)

// State compares a gap with a baseline.
type State string

// The states.
const (
	New       State = "new"
	Unchanged State = "unchanged"
	Gone      State = "gone"
)

// An Anchor is a file of the repository and a line of it.
type Anchor struct {
	File string // relative to the root of the repository, '/' separated
	Line int
}

// Accepted says who accepted a gap, why and until when.
type Accepted struct{ Reason, By, Until, Ticket string }

// Detail holds what a message names besides the gap's own fields.
type Detail struct {
	Name      string   // of the treatment, the recipient or the system
	Others    []string // further places
	Country   string
	Said      string // what the declaration says, in its own words or ids
	Found     string // what was found instead; never a value
	Retention string
	InName    bool   // the name of the file or of a folder says it, nothing in it
	FileDate  bool   // Oldest is the date of the file: nothing in it tells that of the data
	Kept      string // ISO 8601: how long a setting keeps the data
	Since     string
	Commit    string
	Removed   string
	Law       string // id of the law rule
	AsOf      string // date of the list used
	FoundName string // display name of the third party
	// Message, Next and Laws replace the texts of the kind: rules of law bring
	// their own.
	Message, Next rules.Text
	Laws          []rules.Law
}

// RuleID is the id of the gap's rule in SARIF: `<kind>/<subject>`.
func (g *Gap) RuleID() string {
	return string(g.Kind) + "/" + g.Subject()
}

// Subject is the category, the recipient or the field the gap is about.
func (g *Gap) Subject() string {
	switch {
	case g.Category != "":
		return g.Category
	case g.Recipient != "":
		return g.Recipient
	}
	return g.Field
}
