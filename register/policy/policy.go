// Package policy reads a French privacy policy and drafts from it the register
// it implies, each statement with its line.
//
// It goes lines → blocks (headings, paragraphs, items, rows) → statements →
// readers, one a field → assembly. The words are in rules/policy.
package policy

import (
	"errors"
	"fmt"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// MaxBytes bounds what is read: a policy is a text of some pages.
const MaxBytes = 8 << 20

// maxText bounds the text itself: some 300 pages.
const maxText = 1 << 20

// Errors a caller may tell apart.
var (
	ErrTooLarge = errors.New("larger than a policy can be (8 MB, 1 MB of text): give the policy alone")
	ErrNoText   = errors.New("holds no text: a scanned document must be recognised (OCR) first")
	errFault    = errors.New("its form defeated the reader: please report it")
	ErrLanguage = errors.New("does not read as French, the only language drafts are made from")
)

// Read drafts a register from the bytes of a policy. name is the file as given:
// its extension tells HTML, Markdown or text, and sources name it.
func Read(name string, src []byte) (*register.Policy, error) {
	if len(src) > MaxBytes {
		return nil, fmt.Errorf("policy %s: %w", name, ErrTooLarge)
	}
	return fromLines(name, linesOf(name, src))
}

func fromLines(name string, lines []line) (p *register.Policy, err error) {
	defer func() {
		// A draft is a help: a fault of ours on an odd text is one error, no crash.
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("policy %s: %w", name, errFault)
		}
	}()
	v, err := loadVocabulary()
	if err != nil {
		return nil, err
	}
	size := 0
	for _, l := range lines {
		size += len(l.text)
	}
	if size > maxText {
		return nil, fmt.Errorf("policy %s: %w", name, ErrTooLarge)
	}
	if err = checkLanguage(lines); err != nil {
		return nil, fmt.Errorf("policy %s: %w", name, err)
	}
	d := &reading{file: name, vocabulary: v}
	d.blocks = v.blocksOf(lines)
	d.statements = d.statementsOf()
	d.readParties()
	d.readTables()
	d.readFiches()
	d.readTitled()
	d.readLists()
	d.readLabelled()
	d.readProse()
	d.readProcessing()
	d.readSections()
	d.readCookieTables()
	d.readTitleBases()
	d.readBases()
	d.readData()
	d.readCookieSections()
	d.readRetention()
	d.readKept()
	d.readRecipients()
	d.readTransfers()
	d.readSystems()
	d.readMentions()
	return d.assemble(), nil
}

// checkLanguage counts words that every text of a language has.
func checkLanguage(lines []line) error {
	french, english, all := 0, 0, 0
	for _, l := range lines {
		for _, t := range terms.Read(l.text).Tokens {
			all++
			switch t.Word {
			case "le", "la", "les", "des", "du", "vos", "votre", "nous", "vous", "pour", "est", "sont", "une", "et", "donnees":
				french++
			case "the", "of", "and", "your", "you", "our", "with", "that", "this", "is", "we", "collect":
				english++
			}
		}
	}
	switch {
	case all == 0:
		return ErrNoText
	case english > 2*french && english > 2:
		return ErrLanguage
	}
	return nil
}
