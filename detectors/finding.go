package detectors

import "github.com/ecart-rgpd/ecart/item"

// A Finding is one category of personal data at one object, with how it is
// known and how often. It has no field for a value: a report must never become
// a leak.
type Finding struct {
	At         item.Location // the first place
	Lines      []int         // up to MaxLines places, the first included, in order
	Category   string        // id of rules/categories.yml; empty for a third party seen without data
	Identifier string        // declared name in code
	Evidence   Evidence
	Detector   string // id of the detector or name rule that speaks
	Confidence float64
	Count      int    // exact for values
	Specimen   bool   // published specimen or documentation value
	Declared   bool   // a declaration (DDL, class, form), not the header of data
	Key        bool   // the column is a key (NIR used as identifier)
	ReadBy     string // parser that read the place, when there are several

	Sink  item.Sink   // where a flow ends
	Flow  []item.Step // its path
	Scope string      // function that holds the sink: part of its identity
	Kept  string      // ISO 8601: how long a cookie lives, when longer than 13 months, or after how long a purge deletes
	Third *item.Third // the third party seen, or the one a flow reaches

	// To is set on half of a flow: data handed to a function of another file. It is
	// no finding by itself; scanners/code joins it to the other half. Fresh says
	// that the call is on a line that the change under review adds.
	To    *item.Call `json:",omitempty"`
	Fresh bool       `json:",omitempty"`

	// Everyone is what all accounts of the share may do there: "read", "write", or
	// empty when not known.
	Everyone string `json:",omitempty"`

	Past *item.Past // set for findings of history
	// Still is set for findings of history whose values are all in the present, where
	// who read them had to tell: see Values.
	Still bool `json:",omitempty"`
	// Date is the newest credible date of the object, YYYY-MM-DD; Oldest and
	// Newest those of a table. Empty when not known.
	Date, Oldest, Newest string
	// Begun says that Oldest and Newest are when something began that may last.
	Begun bool `json:",omitempty"`

	marks *marks // of its values; nil for none
}

// MaxLines bounds the places listed per finding.
const MaxLines = 50

// Sure is the confidence under which a finding raises no gap.
const Sure = 0.5

// Evidence says how a category is known. The words are part of the format.
type Evidence string

// The kinds of evidence.
const (
	ByValue    Evidence = "value"    // a value passed its detector
	ByName     Evidence = "name"     // a column, field or label is called so
	ByWord     Evidence = "word"     // running text speaks of it
	ByMetadata Evidence = "metadata" // EXIF, properties, headers
	ByFlow     Evidence = "flow"     // data handed to a sink
	BySight    Evidence = "seen"     // a third party, without data known to reach it
)
