package all

import (
	"cmp"
	"slices"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/examples"
	"github.com/ecart-rgpd/ecart/detectors/names"
	"github.com/ecart-rgpd/ecart/detectors/words"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// Test runs the examples of all rules: names, words, context lists and patterns,
// those of users included.
func Test(r *rules.Rules) ([]examples.Failure, error) {
	var all []examples.Failure
	for _, test := range []func(*rules.Rules) ([]examples.Failure, error){names.Test, words.Test, testContext, testPatterns} {
		failures, err := test(r)
		if err != nil {
			return nil, err
		}
		all = append(all, failures...)
	}
	return all, nil
}

// testContext scans the texts of every list of rules/context with the detectors
// that use it.
func testContext(r *rules.Rules) ([]examples.Failure, error) {
	files, err := rules.Sources[[]rules.WordList](r, "context")
	if err != nil {
		return nil, err
	}
	var list []examples.Rule
	for _, f := range files {
		for _, l := range f.Body {
			if f.User && len(l.Hit)+len(l.Miss) == 0 {
				continue // users add words to a list that has its examples
			}
			list = append(list, examples.Rule{File: f.Name, ID: l.ID, Subject: l.ID, Hit: l.Hit, Miss: l.Miss})
		}
	}
	uses, against := map[string][]string{}, map[string][]string{}
	for _, d := range Values() {
		uses[d.Context] = append(uses[d.Context], d.ID)
		against[d.Against] = append(against[d.Against], d.ID)
		if d.Words != d.Context {
			uses[d.Words] = append(uses[d.Words], d.ID)
		}
	}
	return run(r, list, func(rule *examples.Rule, f *detectors.Finding) bool {
		if slices.Contains(against[rule.Subject], f.Detector) {
			return f.Confidence == spoken // found, and nobody's
		}
		return slices.Contains(uses[rule.Subject], f.Detector)
	})
}

// testPatterns scans the texts of every pattern of the user.
func testPatterns(r *rules.Rules) ([]examples.Failure, error) {
	files, err := rules.Sources[[]rules.Pattern](r, "patterns")
	if err != nil {
		return nil, err
	}
	var list []examples.Rule
	for _, f := range files {
		for _, p := range f.Body {
			list = append(list, examples.Rule{File: f.Name, ID: p.ID, Subject: p.ID, Hit: p.Hit, Miss: p.Miss})
		}
	}
	return run(r, list, func(rule *examples.Rule, f *detectors.Finding) bool { return f.Detector == rule.Subject })
}

// spoken is the confidence a value of the weakest grade has beside its word: a
// context list has done its work from there on.
const spoken = 0.4

// run scans examples as prose; fits tells whether a finding is of the rule.
func run(r *rules.Rules, list []examples.Rule, fits func(*examples.Rule, *detectors.Finding) bool) ([]examples.Failure, error) {
	engine, err := Engine(r)
	if err != nil {
		return nil, err
	}
	var broken error
	failures := examples.Run(list, func(rule *examples.Rule, text string) bool {
		s := engine.Scanner()
		s.Begin(item.Location{}, detectors.Options{})
		broken = cmp.Or(broken, s.Add(&item.Segment{Kind: item.Prose, Text: []byte(text)}))
		return slices.ContainsFunc(s.End(), func(f detectors.Finding) bool { return fits(rule, &f) && (f.Confidence >= spoken || f.Specimen) })
	})
	return failures, broken
}
