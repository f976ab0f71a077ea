package rules

import (
	"fmt"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// MaxYAML is the largest YAML file that is loaded, in bytes: a parser takes some
// fifty times as much memory.
const MaxYAML = 8 << 20

// maxNesting is how deep YAML may be nested: parsers recurse.
const maxNesting = 200

// CheckYAML refuses YAML that would exhaust its parser: too long, or nested too
// deeply. It is asked before every file that is not our own is parsed.
func CheckYAML(text []byte) error {
	if len(text) > MaxYAML {
		return fmt.Errorf("larger than %d MiB", MaxYAML>>20)
	}
	flow := 0
	var blocks []int // columns of the open block collections
	for _, t := range lexer.Tokenize(string(text)) {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow = max(0, flow-1)
		case token.SequenceEntryType, token.MappingValueType, token.MappingKeyType:
			if flow == 0 {
				blocks = Enclosing(blocks, t)
			}
		}
		if flow+len(blocks) > maxNesting {
			return fmt.Errorf("line %d: nested too deeply", t.Position.Line)
		}
	}
	return nil
}

// Enclosing keeps of the columns of open block collections those that t, which
// opens or goes on one, is in: their number is how deep t is nested.
func Enclosing(blocks []int, t *token.Token) []int {
	column := t.Position.Column
	if t.Type == token.MappingValueType && t.Prev != nil {
		column = t.Prev.Position.Column
	}
	for len(blocks) > 0 && blocks[len(blocks)-1] >= column {
		blocks = blocks[:len(blocks)-1]
	}
	return append(blocks, column)
}
