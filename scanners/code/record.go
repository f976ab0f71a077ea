package code

import (
	"slices"
	"unicode"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// Languages whose types are read by their lines: one member a line, no deeper than
// a member stands, so that what a function keeps for itself is not taken for one. Of
// Rust, where much is about memory, only members that hold text, dates or addresses.
var (
	swiftType  = pattern.New(`^\s*(?:(?:public|private|internal|final|open)\s+)*(?:struct|class|actor)\s+(\w+)`)
	swiftField = pattern.New(`^(?: {1,4}|\t)(?:(?:@\w+(?:\([^)]*\))?|public|private(?:\(set\))?|internal|fileprivate|open|static|weak|final)\s+)*(?:var|let)\s+(\w+)\s*:\s*([\w.\[\]:?<> ]+?)\s*(?:[={].*)?$`)
	rustType   = pattern.New(`^\s*(?:pub(?:\([^)]*\))?\s+)?struct\s+(\w+)`)
	rustField  = pattern.New(`^(?: {1,4}|\t)(?:pub(?:\([^)]*\))?\s+)?(\w+)\s*:\s*((?:Option<|Vec<|Box<|&'?\w*\s*)*(?:std::\w+::|chrono::|time::)?(?:String|str|Date\w*(?:<\w+>)?|NaiveDate\w*|IpAddr|Ipv4Addr|f64|u8)>*),?\s*$`)
	dartType   = pattern.New(`^\s*(?:(?:abstract|base|final|sealed)\s+)*class\s+(\w+)`)
	dartField  = pattern.New(`^(?: {1,4}|\t)(?:(?:final|late|static|const)\s+)*([A-Z][\w<>?, ]*|int\??|double\??|bool\??|num\??|dynamic)\s+(\w+)\s*(?:=.*)?;\s*$`)
	scalaType  = pattern.New(`^\s*(?:(?:final|sealed|abstract|private|implicit)\s+)*(?:case\s+)?class\s+(\w+)`)
	scalaField = pattern.New(`^(?: {1,4}|\t)(?:(?:val|var|private|protected|override|implicit)\s+)*(\w+)\s*:\s*([A-Z][\w\[\]., ]*?)\s*(?:=.*)?,?\s*$`)
)

// readSwift reads what a Swift file imports and the members of its types.
func readSwift(s *source) {
	readImports(s)
	s.members(swiftType, swiftField, 1, 2)
}

// readDart reads what a Dart file imports and the members of its classes.
func readDart(s *source) {
	readImports(s)
	s.members(dartType, dartField, 2, 1)
}

// readRust reads the members of structs.
func readRust(s *source) { s.members(rustType, rustField, 1, 2) }

// readScala reads a Scala file as Java is, and the parameters of its case classes.
func readScala(s *source) {
	readCode(s)
	s.columns = slices.DeleteFunc(s.columns, func(c declared) bool { return c.Name != "" && unicode.IsUpper(rune(c.Name[0])) }) // types, read as names
	s.members(scalaType, scalaField, 1, 2)
}

// members reads the fields of a language by its lines; of tests and examples none.
func (s *source) members(head, field *pattern.Lazy, name, typ int) {
	if !s.seen.aside {
		s.lines(head, field, name, typ, "//")
	}
}
