package detectors

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A judged keeps what names were judged to speak of: the same keys and columns
// come back in file after file, and to judge one costs more than to read it.
type judged struct {
	known map[string][]Verdict
	rows  map[string]rowKinds
	key   []byte
	exact bool // users have names of their own: a number may be one
}

// Bounds of what is kept.
const (
	maxJudged    = 16 << 10 // names; then all are forgotten
	maxJudgedKey = 1 << 10  // bytes of a name with what it is judged by
)

// of judges c, or recalls what was said of the same column elsewhere.
func (j *judged) of(judge Judge, c *item.Column) []Verdict {
	if judge == nil {
		return nil
	}
	if j.key = appendColumn(j.key[:0], c, j.exact); len(j.key) > maxJudgedKey {
		return judge.Judge(*c)
	}
	if v, ok := j.known[string(j.key)]; ok {
		return v
	}
	if j.known == nil || len(j.known) >= maxJudged {
		j.known = map[string][]Verdict{}
	}
	v := judge.Judge(*c)
	j.known[string(j.key)] = v
	return v
}

// A rowKind is what the rows of a table may be.
type rowKind uint8

const (
	rowsOfMachines rowKind = iota
	rowsOfAnimals
	rowsOfPlaces
	rowsOfSomebody
)

// rowKinds are the answers known of a column, a bit for each kind.
type rowKinds struct{ asked, are uint8 }

// rowsAre asks judge what the rows of the table of c are, or recalls what was said of
// the same column elsewhere. False for a judge that cannot tell.
func (j *judged) rowsAre(kind rowKind, judge Judge, c *item.Column) bool {
	teller, _ := judge.(rowTeller)
	if teller == nil {
		return false
	}
	j.key = appendColumn(j.key[:0], c, j.exact)
	known := j.rows[string(j.key)]
	if known.asked>>kind&1 == 0 {
		known.asked |= 1 << kind
		if kind.told(teller, c) {
			known.are |= 1 << kind
		}
		if j.rows == nil || len(j.rows) >= maxJudged {
			j.rows = map[string]rowKinds{}
		}
		if len(j.key) <= maxJudgedKey {
			j.rows[string(j.key)] = known
		}
	}
	return known.are>>kind&1 != 0
}

func (k rowKind) told(teller rowTeller, c *item.Column) bool {
	switch k {
	case rowsOfMachines:
		return teller.TellsMachines(c)
	case rowsOfAnimals:
		return teller.TellsAnimals(c)
	case rowsOfPlaces:
		return teller.TellsPlaces(c)
	}
	return teller.TellsSomebody(c)
}

// appendColumn appends all of c that a judge may look at. Of a number that its
// container ends with, how long it is: export000001 and export000002 are one thing.
func appendColumn(key []byte, c *item.Column, exact bool) []byte {
	key = append(key, c.Container...)
	if n := len(key) - endNumber(key); n >= longNumber && !exact && !strings.ContainsAny(c.Name, "0123456789") {
		for i := len(key) - n; i < len(key); i++ {
			key[i] = '0'
		}
	}
	key = append(key, 0)
	for _, s := range [...]string{c.Name, c.Type, c.Comment, c.Path} {
		key = append(append(key, s...), 0)
	}
	key = strconv.AppendInt(key, int64(c.Length), 10)
	key = strconv.AppendBool(append(key, 0), c.Key)
	for _, list := range [...][]string{c.Neighbours, c.Aliases} {
		for _, s := range list {
			if key = append(append(key, 0), s...); len(key) > maxJudgedKey {
				return key
			}
		}
		key = append(key, 1)
	}
	return key
}

// longNumber is from how many digits on a number is no word of the vocabulary.
const longNumber = 5

// endNumber returns where the digits at the end of name begin.
func endNumber(name []byte) int {
	i := len(name)
	for i > 0 && digitAt(name, i-1) {
		i--
	}
	return i
}
