package forms

import (
	"sort"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// A label is the folded French name of a category.
type label struct{ key, id string }

// labels are sorted with the longest first: "adresse IP" before "adresse".
var labels = sync.OnceValues(func() ([]label, error) {
	all, err := categories()
	if err != nil {
		return nil, err
	}
	var out []label
	for _, c := range all {
		out = append(out, label{terms.Fold(c.Label.FR), c.ID})
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].key) > len(out[j].key) })
	return out, nil
})

var categories = sync.OnceValues(func() ([]rules.Category, error) { return rules.List[rules.Category](nil, "categories") })

// CategoryLabel returns the French name of a category; its id when unknown.
func CategoryLabel(id string) string {
	all, err := categories()
	if err == nil {
		for _, c := range all {
			if c.ID == id {
				return c.Label.FR
			}
		}
	}
	return id
}

// Categories reads the categories that a text names: by our own labels first,
// then by the vocabulary of declarations. Each is given once, in order of place.
func Categories(text string) ([]string, error) {
	own, err := labels()
	if err != nil {
		return nil, err
	}
	vocabulary, err := terms.NewCategories()
	if err != nil {
		return nil, err
	}
	type mention struct {
		at int
		id string
	}
	var found []mention
	rest := terms.Fold(strings.ReplaceAll(text, "\u00a0", " "))
	for _, l := range own {
		for {
			at := labelAt(rest, l.key)
			if at < 0 {
				break
			}
			found = append(found, mention{at, l.id})
			// A stop keeps the words around from reading as one phrase.
			rest = rest[:at] + strings.Repeat(";", len(l.key)) + rest[at+len(l.key):]
		}
	}
	for _, t := range vocabulary.Find(rest) {
		found = append(found, mention{t.Start, t.Category})
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].at < found[j].at })
	var ids []string
	seen := map[string]bool{}
	for _, m := range found {
		if !seen[m.id] {
			seen[m.id] = true
			ids = append(ids, m.id)
		}
	}
	return ids, nil
}

// labelAt finds a label that is an item of a list of its own, so that
// "identité" is not read out of "pièce d'identité du conjoint".
func labelAt(text, key string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], key)
		if i < 0 {
			return -1
		}
		at, end := from+i, from+i+len(key)
		before := strings.TrimRight(text[:at], " ")
		after := strings.TrimLeft(text[end:], " ")
		if (before == "" || strings.ContainsRune(",;\n", rune(before[len(before)-1]))) && (after == "" || strings.ContainsRune(",;\n", rune(after[0]))) {
			return at
		}
		from = end
	}
}
