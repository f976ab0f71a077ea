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
	// Context names the list of rules/context that raises a B value and where
	// OnContext looks; empty for values that stand alone.
	Context string
	// Words names the list of rules/context whose words trigger OnWord.
	Words string
	// Against names the list of rules/context whose words say, up to 160 bytes
	// before a value and in its paragraph, that it is nobody's: it is worth C.
	Against string
	// Labelled says that Verify takes values joined by '-' or '.' to the word before
	// them, which then has to be of Context: nir-1850…, and no reference SCN-1850….
	Labelled bool
	// InCode and InLog cap or raise what a match of grade B or A is worth in
	// code and in logs; None keeps what Verify said. The digits of a national
	// number turn up by luck in code; an address in a log is a visitor's
	// without any word near it.
	InCode, InLog Grade
	// First and Sign spare the engine questions; zero spares none. First says
	// with what the text at Verify's offset may begin: bit n for a run of exactly
	// n digits, bit 0 for none. Sign is a byte that is in every match.
	// Third holds the two bytes one of which is the third of every match, counted
	// from Verify's offset; it spares questions near words.
	// MinLen is the length in bytes of the shortest match, a near miss included:
	// a shorter cell is not asked about.
	First  uint64
	Sign   byte
	Third  string
	MinLen int
	// Verify reads the value that starts at text[at]. It has no state and does
	// no I/O; it reads at most MaxLen+16 bytes from at, and up to 16 before it
	// (MaxLen+16 before it for OnAt, OnAngles and OnWord).
	Verify func(text []byte, at int) Match
}

// A Match is what a Verify saw. The zero Match is none.
type Match struct {
	Start int   // offset in text; an e-mail address starts before its trigger
	Len   int   // bytes; 0 for no match
	Grade Grade // how strong the value is alone
	Sort  Sort
}

// Sort is what sort of match it is. With it a Match has four fields, which Go
// returns in registers and keeps there.
type Sort uint8

// The sorts of match.
const (
	Value    Sort = iota
	Specimen      // published specimen, documentation range, fiction
	// NearMiss says the shape was right and the check failed: the engine weighs
	// matches of a column against its near misses.
	NearMiss
)

// Runs makes a First of lengths of digit runs.
func Runs(lengths ...int) (first uint64) {
	for _, n := range lengths {
		first |= 1 << n
	}
	return first
}

// RunsTo makes a First of all runs of 1 to n digits.
func RunsTo(n int) uint64 { return 1<<(n+1) - 2 }

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
// combine several; the engine asks once per offset. A trigger is a shape that
// is cheap to see, never a promise: Verify reads and checks everything.
type Trigger uint32

// The triggers. A number starts at a digit that no letter or digit precedes;
// between two of its digits there is at most one separator: space, '.', '-',
// '/', U+00A0 or U+202F.
const (
	// OnDigits9: 9 or more digits. With a Context it is asked only near it, as
	// OnContext is: one number in ten passes a Luhn check.
	OnDigits9  Trigger = 1 << iota
	OnDigits10         // 10 or more, starting with 0
	OnDigits13         // 13 or more; 2A and 2B count as digits (NIR)
	OnDigits14         // 14 or more; 2A and 2B count as digits
	OnPlus             // '+' before a digit; Verify gets the '+'
	OnAt               // '@'; Verify gets its offset and sets Start
	OnOctets           // four numbers of up to 3 digits, '.' between
	OnColons           // "::" or a chain of ':' at hex digits; Verify gets the first hex digit or ':'
	OnIBAN             // two letters, two digits, no letter or digit before
	OnPlate            // two letters, three digits, two letters; one separator may stand between
	OnDecimal          // digits '.' with 4 or more decimals; a sign is before the offset
	OnDegree           // a digit before U+00B0 '°'; Verify gets the first digit of the number
	OnAngles           // "<<", the filler of passports; Verify gets the first '<' of the run
	OnWord             // a word or phrase of the list Words; Verify gets its start, and may set Start before it
	// OnContext asks at every start of a word or number on the line of a
	// Context word, up to 120 bytes after it or 40 before, and in every cell of
	// a column called so. For shapes too common to look for everywhere.
	OnContext
	OnDate // as OnContext, at digits only
)
