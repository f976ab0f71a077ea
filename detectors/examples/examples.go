// Package examples runs the hit and miss examples that rules carry: one runner
// for rules of names, of words, of values and of users.
package examples

import "fmt"

// A Rule is what an entry of a section promises.
type Rule struct {
	File, ID  string
	Subject   string // what is looked for: a category or a list of rules/context
	Hit, Miss []string
}

// A Failure is an example of a rule that does not hold.
type Failure struct {
	File, Rule, Example string
	Want                string // what the example promises
}

func (f Failure) String() string {
	return fmt.Sprintf("%s: %s: %q %s", f.File, f.Rule, f.Example, f.Want)
}

// Run returns the examples that do not hold, in the order of rules. finds tells
// whether an example holds the subject of rule.
func Run(rules []Rule, finds func(r *Rule, example string) bool) []Failure {
	var failures []Failure
	for i := range rules {
		r := &rules[i]
		fail := func(example, want string) {
			failures = append(failures, Failure{r.File, r.ID, example, want})
		}
		if len(r.Hit) == 0 || len(r.Miss) == 0 {
			fail("", "has no hit or no miss: give at least one of each")
		}
		for _, e := range r.Hit {
			if !finds(r, e) {
				fail(e, "should be found and is not")
			}
		}
		for _, e := range r.Miss {
			if finds(r, e) {
				fail(e, "should not be found and is")
			}
		}
	}
	return failures
}
