package names

import (
	"fmt"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

// A Failure is an example of a rule that does not hold.
type Failure struct {
	File, Rule, Example string
	Want                string // what the example promises
}

func (f Failure) String() string {
	return fmt.Sprintf("%s: %s: %q %s", f.File, f.Rule, f.Example, f.Want)
}

// Test runs the hit and miss examples of every name rule, built in and of
// users. An error means the rules could not be read.
func Test(r *rules.Rules) ([]Failure, error) {
	j, err := New(r)
	if err != nil {
		return nil, err
	}
	files, err := rules.Sources[[]rules.NameRule](r, "names")
	if err != nil {
		return nil, err
	}
	var failures []Failure
	for _, f := range files {
		for _, e := range f.Body {
			if len(e.Hit) == 0 || len(e.Miss) == 0 {
				failures = append(failures, Failure{f.Name, e.ID, "", "has no hit or no miss: give at least one of each"})
			}
			for _, ex := range e.Hit {
				if !j.finds(ex, e.Category) {
					failures = append(failures, Failure{f.Name, e.ID, ex, "should be found and is not"})
				}
			}
			for _, ex := range e.Miss {
				if j.finds(ex, e.Category) {
					failures = append(failures, Failure{f.Name, e.ID, ex, "should not be found and is"})
				}
			}
		}
	}
	return failures, nil
}

func (j *Judge) finds(example, category string) bool {
	for _, v := range j.Judge(ParseExample(example)) {
		if v.Category == category && v.Confidence >= detectors.Sure {
			return true
		}
	}
	return false
}
