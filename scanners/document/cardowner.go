package document

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A card is what a vCard says of whose it is, in whatever order it says so.
type card struct {
	open   bool // its start is in the text at hand
	start  int  // in the text
	named  bool // it has a first name, or what else only persons have
	family bool // it has other parts of a name
	kind   string
	shown  bool // as a company, by a program for address books
	name   string
	org    string
}

// note reads a line of a card: a property called name.
func (c *card) note(name string, line []byte) {
	if !c.open {
		return
	}
	switch name {
	case "N", "FN", "ORG", "KIND", "X-ADDRESSBOOKSERVER-KIND", "BDAY", "GENDER", "X-ABSHOWAS":
	default:
		return // may be large
	}
	value := valueOf(line)
	switch name {
	case "N":
		parts := strings.Split(value, ";")
		c.named = c.named || len(parts) > 1 && strings.TrimSpace(parts[1]) != ""
		c.family = c.family || strings.Trim(value, "; ") != ""
	case "FN":
		c.name = value
	case "ORG":
		c.org = value
	case "KIND", "X-ADDRESSBOOKSERVER-KIND":
		c.kind = strings.ToLower(value)
	case "BDAY", "GENDER":
		c.named = c.named || value != ""
	case "X-ABSHOWAS":
		c.shown = strings.EqualFold(value, "company")
	}
}

// close ends a card, and tells of it when it names no person.
func (c *card) close(text *prose) {
	open := c.open
	c.open = false
	firm := c.firm()
	if !open || c.named || c.kind == "individual" || c.family && !firm || !firm && c.name == "" {
		return
	}
	text.cards = append(text.cards, item.Card{Start: c.start, End: len(text.buf), Firm: firm, Name: c.name[:min(len(c.name), maxCardName)]})
}

// maxCardName is the length in bytes of a name that is looked at.
const maxCardName = 256

// firm tells whether the card says itself that it is an organisation's: it is of that
// kind, or is called after it. A group is one of persons, a family.
func (c *card) firm() bool {
	switch c.kind {
	case "org", "application", "device":
		return true
	}
	if c.org == "" || c.family && !c.shown {
		return false
	}
	for _, part := range append(strings.Split(c.org, ";"), strings.Trim(c.org, "; "), strings.ReplaceAll(c.org, ";", " ")) {
		if c.name == "" || strings.EqualFold(strings.TrimSpace(part), c.name) {
			return true
		}
	}
	return c.shown
}
