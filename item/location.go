// Package item holds what all stages share: where a thing is, what a scanner
// hands over, and what could not be read. It imports nothing of ours.
package item

import "strings"

// A Location says where something is: `<target>:<path>`, and the place within.
//
// Paths are '/' separated and UTF-8 NFC on every system; `!/` enters a
// container. For a database the path is `schema.table`. A Location holds names
// only after the engine has masked what in them looks like personal data.
type Location struct {
	Target string
	Path   string
	Place
}

// A Place is a spot within an item. Zero fields do not apply.
type Place struct {
	Line   int    // 1-based
	Page   int    // 1-based
	Sheet  string // of a workbook
	Table  string // declared table, class or message
	Column string // column, key or label
}

// String returns `<target>:<path>`, the form used in registers and reports.
func (l Location) String() string { return l.Target + ":" + l.Path }

// Inside returns the location of a part of l: an archive member, an attachment.
func (l Location) Inside(part string) Location {
	return Location{Target: l.Target, Path: l.Path + "!/" + part}
}

// Container returns the path of the outermost file that holds l.
func (l Location) Container() string {
	outer, _, _ := strings.Cut(l.Path, "!/")
	return outer
}
