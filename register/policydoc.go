package register

// A Policy is a published privacy policy as it was read: the register drafted
// from it, and what it says to the persons besides.
type Policy struct {
	Draft *Register
	// Mentions are the mentions of Art. 13 and 14 found, in order of line; the id
	// is that of the rule (R13-8.access).
	Mentions []Claim
	// Claims are statements that others of the same document may contradict:
	// all-mandatory, no-recipient, no-transfer, conditional-transfer.
	Claims []Claim
	// Headings are the titles of the sections, in order.
	Headings []string
	// Left says what was left out of the draft, and why; it quotes no text.
	Left []string
}

// A Claim is one statement of a document, with its line.
type Claim struct {
	ID   string
	Line int
	// Name and Country are those of a company that is not from the EEA.
	Name, Country string
}

// Has tells whether a mention with this id, or one below it, was found.
func (p *Policy) Has(id string) bool { return p.MentionLine(id) > 0 }

// MentionLine is the first line of a mention, 0 when it is absent.
func (p *Policy) MentionLine(id string) int {
	for _, m := range p.Mentions {
		if m.ID == id || len(m.ID) > len(id) && m.ID[:len(id)] == id && m.ID[len(id)] == '.' {
			return m.Line
		}
	}
	return 0
}

// ClaimLine is the first line of a claim, 0 when it is absent.
func (p *Policy) ClaimLine(id string) int {
	for _, c := range p.Claims {
		if c.ID == id {
			return c.Line
		}
	}
	return 0
}
