package names

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/examples"
	"github.com/ecart-rgpd/ecart/rules"
)

// Test runs the hit and miss examples of every name rule, built in and of
// users. An error means the rules could not be read.
func Test(r *rules.Rules) ([]examples.Failure, error) {
	j, err := New(r)
	if err != nil {
		return nil, err
	}
	files, err := rules.Sources[[]rules.NameRule](r, "names")
	if err != nil {
		return nil, err
	}
	var list []examples.Rule
	for _, f := range files {
		for _, e := range f.Body {
			list = append(list, examples.Rule{File: f.Name, ID: e.ID, Subject: e.Category, Hit: e.Hit, Miss: e.Miss})
		}
	}
	return examples.Run(list, j.finds), nil
}

func (j *Judge) finds(r *examples.Rule, example string) bool {
	for _, v := range j.Judge(ParseExample(example)) {
		if v.Category == r.Subject && v.Confidence >= detectors.Sure {
			return true
		}
	}
	return false
}
