package item

// A Segment is a stretch of text with the place it came from.
//
// Text is valid until the yield that received the segment returns; do not keep
// it. Only findings that start in Text[From:To] belong to this segment: what
// stands outside is context shared with its neighbours, so that a value cut by
// a chunk is found once.
type Segment struct {
	At   Location // Line is the line of Text[0]; 0 when lines mean nothing
	Kind Kind
	Text []byte
	// From and To bound the owned part. To == 0 means len(Text).
	From, To int

	// Columns of the table in Text (Grid says which cell is where), or, without
	// Text, declared columns and fields to be judged by name.
	Columns []Column
	Grid    Grid
	// Flows and Thirds come from code: data on its way to a sink, third parties.
	Flows  []Flow
	Thirds []Third

	// Seen is what the detectors have seen in Text already, when they were asked
	// ahead (detectors.Seen); nil makes them look.
	Seen any
	// Sampled says that the rows stand for more that was not read.
	Sampled bool
	// Oldest and Newest date of the table's rows, YYYY-MM-DD; empty when unknown.
	Oldest, Newest string
	// Begun says that those dates are when something began that may last: an entry, an
	// adhesion. They do not tell when it ended.
	Begun bool
	// Cards are the stretches of Text that are cards of no named person, in order and
	// apart: what they tell to call may be an organisation's.
	Cards []Card
}

// A Card is a stretch of a text, in bytes, that says how to reach somebody, and gives no
// first or family name: a vCard of a firm, a desk, a family.
type Card struct {
	Start, End int
	Firm       bool   // it says itself that it is an organisation's
	Name       string // what it is called; may be a person's all the same
}

// Kind tells what sort of text a segment holds: a value or word weighs
// differently in prose, in code and in data.
type Kind uint8

// The kinds of segment.
const (
	Prose   Kind = iota // documents, mails, notes
	Code                // source code, templates
	Comment             // comments and documentation in code
	Data                // JSON, YAML, XML, configuration, fixtures
	Log                 // log files
	Table               // rows with columns; Grid is set
	Declare             // Columns only: DDL, classes, forms, schemas
	Meta                // document properties, EXIF, mail headers
)

// A Column is a named slot for data, with what was said about it: a column of a
// table, a property of a class, a form field, a JSON key.
type Column struct {
	Container  string   // table, class, form, message; with its schema if any
	Name       string   // as declared
	Type       string   // as declared, lower case, without length; "" unknown
	Length     int      // declared length in characters; 0 unknown
	Comment    string   // comment, label, annotation, translation
	Neighbours []string // names of the other columns of the container
	Line       int      // where it is declared; 0 for a header read elsewhere
	Key        bool     // primary or foreign key, or unique index
	Aliases    []string // other names of the same slot: @Column(name = …)
	Path       string   // when not the item's own: schema.table of a live base
}

// A Cell is one value of a table, as offsets in Segment.Text.
type Cell struct {
	Column     int // index in Segment.Columns
	Start, End int
	Line       int // 1-based line or row; 0 when lines mean nothing
}

// A Grid tells which cell an offset of Segment.Text is in. Offsets are asked
// for in any order; false means between cells.
type Grid interface {
	Cell(offset int) (Cell, bool)
}

// Cells is a Grid made of cells sorted by Start.
type Cells []Cell

// Cell finds the cell by bisection.
func (c Cells) Cell(offset int) (Cell, bool) {
	lo, hi := 0, len(c)
	for lo < hi {
		if mid := (lo + hi) / 2; c[mid].End <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(c) && c[lo].Start <= offset {
		return c[lo], true
	}
	return Cell{}, false
}
