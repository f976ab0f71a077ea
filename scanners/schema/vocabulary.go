package schema

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/ecart-rgpd/ecart/item"
)

//go:embed vocabulary.yml
var vocabularyYAML []byte

// A vocabulary is what names of columns tell about their use: words as apart writes
// them.
type vocabulary struct {
	Age, Begin, Ended, Never, Attribute, Value []string
}

var readVocabulary = sync.OnceValue(func() vocabulary {
	var v vocabulary
	if err := yaml.UnmarshalWithOptions(vocabularyYAML, &v, yaml.Strict()); err != nil {
		panic(err) // built in, and read by the tests
	}
	for _, list := range [][]string{v.Age, v.Begin, v.Ended, v.Never, v.Attribute, v.Value} {
		for i, w := range list {
			list[i] = apart(strings.ReplaceAll(w, "_", " "))
		}
	}
	return v
})

// folded cuts a name into its words: lower case, without accents.
func folded(name string) []string {
	return strings.FieldsFunc(item.FoldName(name), func(r rune) bool { return !item.WordRune(r) })
}

// apart writes words with a space before and behind each.
func apart(words string) string { return " " + words + " " }

// spelt writes a name so that fits can look for words in it.
func spelt(name string) string { return apart(strings.Join(folded(name), " ")) }

// fits returns the rank of the first word of list that a name holds, which spelt
// has written; -1 for none.
func fits(name string, list []string) int {
	for i, w := range list {
		if strings.Contains(name, w) {
			return i
		}
	}
	return -1
}

// bestDate returns the index of the column that says best how old a row is, -1
// for none. A date without any hint in its name is taken when it is the only one.
func bestDate(columns []column) int {
	v := readVocabulary()
	best, rank, plain, dates := -1, len(v.Age), -1, 0
	for i, c := range columns {
		// SQLite keeps dates as text: the name tells them, and each cell is read.
		text := c.typ == "" || isText(c.typ)
		if !isDate(c.typ) && !text {
			continue
		}
		name := spelt(c.name)
		r := fits(name, v.Age)
		if !isDate(c.typ) && r < 0 || fits(name, v.Never) >= 0 || c.comment != "" && fits(spelt(c.comment), v.Never) >= 0 {
			continue
		}
		dates++
		plain = i
		if r >= 0 && r < rank {
			best, rank = i, r
		}
	}
	if best < 0 && dates == 1 {
		return plain
	}
	return best
}

// begins tells whether the dates of a column are when something began that may last.
func begins(c column) bool {
	name := spelt(c.name)
	v := readVocabulary()
	return fits(name, v.Begin) >= 0 && fits(name, v.Ended) < 0
}

func isDate(typ string) bool {
	return strings.HasPrefix(typ, "date") || strings.HasPrefix(typ, "timestamp") || strings.HasPrefix(typ, "smalldatetime")
}

// attributes returns the indexes of the columns of a table that keeps one
// attribute a row: its name, and its value.
func attributes(columns []column) (key, value int, ok bool) {
	v := readVocabulary()
	key, value = -1, -1
	for i, c := range columns {
		if !isText(c.typ) {
			continue
		}
		name := spelt(c.name)
		if value < 0 && fits(name, v.Value) >= 0 {
			value = i
		} else if key < 0 && fits(name, v.Attribute) >= 0 && !strings.Contains(name, " id ") {
			key = i
		}
	}
	return key, value, key >= 0 && value >= 0 && len(columns) <= 8
}

func isText(typ string) bool {
	for _, w := range []string{"char", "text", "string", "clob", "json", "varying"} {
		if strings.Contains(typ, w) {
			return true
		}
	}
	return typ == ""
}
