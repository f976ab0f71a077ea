package detectors

import (
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
)

// A judged keeps what names were judged to speak of: the same keys and columns
// come back in file after file, and to judge one costs more than to read it.
type judged struct {
	known map[string][]Verdict
	key   []byte
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
	if j.key = appendColumn(j.key[:0], c); len(j.key) > maxJudgedKey {
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

// appendColumn appends all of c that a judge may look at.
func appendColumn(key []byte, c *item.Column) []byte {
	for _, s := range [...]string{c.Container, c.Name, c.Type, c.Comment, c.Path} {
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
