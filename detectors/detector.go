// Package detectors finds personal data in segments: values by their shape and
// check, names by what they are called, words by what they say.
//
// It is the one place where values are dropped: what it returns says where and
// how often, never what.
package detectors

// A Detector finds one kind of value. It is data: the engine finds the places
// where a value may start (Trigger), and asks Verify there.
type Detector struct {
	ID       string // appears in reports, never reused: fr.nir
	Title    string // in English, for `rules list`
	Category string // id of rules/categories.yml
	MaxLen   int    // longest match in bytes, separators included
	Trigger  Trigger
	// Context names the list of rules/context that raises a B value; empty for
	// values that stand alone.
	Context string
	// Verify reads the value that starts at text[at]. It has no state and does
	// no I/O; it reads at most MaxLen bytes from at, and up to 4 before it.
	Verify func(text []byte, at int) Match
}

// A Match is what a Verify saw. The zero Match is none.
type Match struct {
	Start    int   // offset in text; an e-mail address starts before its trigger
	Len      int   // bytes; 0 for no match
	Grade    Grade // how strong the value is alone
	Specimen bool  // published specimen, documentation range, fiction
	// NearMiss says the shape was right and the check failed: the engine weighs
	// matches of a column against its near misses.
	NearMiss bool
}

// Grade is the strength of a value without its context, as domain experts rate
// it: A alone is enough, B needs a context word, C only in a column of that name.
type Grade uint8

// The grades.
const (
	None Grade = iota
	C
	B
	A
)

// Trigger tells where in a text the engine asks a detector. A detector may
// combine several.
type Trigger uint32

// The triggers. A number starts at a digit that no letter or digit precedes.
const (
	OnDigits9  Trigger = 1 << iota // 9 or more digits, with at most one separator between two
	OnDigits10                     // 10 or more, starting with 0
	OnDigits13                     // 13 or more
	OnDigits14                     // 14 or more, 2A/2B allowed in place (NIR)
	OnPlus                         // '+' before a digit
	OnAt                           // '@' (Verify gets the offset of '@' and sets Len from Start)
	OnOctets                       // digits '.' digits '.'
	OnColons                       // "::" or a chain of ':' at hex digits
	OnIBAN                         // two letters, two digits
	OnPlate                        // letters-digits-letters
	OnDecimal                      // digits '.' with 4 or more decimals
	OnDate                         // a date shape; asked only near a birth word
	OnWord                         // a word of the detector's list; Verify gets its start
)
