package policy

import (
	"fmt"
	"sync"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// wordLists are the lists of rules/policy/words.yml. loadVocabulary reads them before
// any text is read, so a list that is not there is an error and no empty list.
var wordLists = sync.OnceValues(func() (map[string][]string, error) {
	entries, err := terms.Entries("words")
	if err != nil {
		return nil, err
	}
	lists := make(map[string][]string, len(entries))
	for _, e := range entries {
		if lists[e.ID] != nil || len(e.Words) == 0 {
			return nil, fmt.Errorf("policy/words.yml: %s: twice, or empty", e.ID)
		}
		lists[e.ID] = e.Words
	}
	return lists, nil
})

// wordSet holds the folded words of a list of rules/policy/words.yml.
func wordSet(id string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool { return setOf(id, func(w string) string { return w }) })
}

// stemSet is wordSet by the stems of the words.
func stemSet(id string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool { return setOf(id, terms.Stem) })
}

func setOf(id string, form func(string) string) map[string]bool {
	lists, _ := wordLists() // loadVocabulary told of the error
	if lists[id] == nil {
		panic("policy/words.yml has no list " + id) // a slip of ours: TestWordLists finds it
	}
	m := make(map[string]bool, len(lists[id]))
	for _, w := range lists[id] {
		m[form(w)] = true
	}
	return m
}
