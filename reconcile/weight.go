package reconcile

import (
	"slices"
	"strconv"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// What a level weighs before its place is looked at, of 100.
var levelWeight = map[Level]int{Error: 70, Warning: 40, Note: 10}

// weigh sets the weight of a gap from its level and the entries of
// rules/weights.yml that fit it. An entry may lower a warning.
func (r *run) weigh(g *Gap) {
	if r.weights == nil {
		list, err := r.Rules.Weights()
		if err != nil {
			list = []rules.Weight{} // told when the settings of the run were read
		}
		r.weights = list
	}
	points := 0
	g.Weighed = nil
	if g.At.Target != OnRegister && g.At.Target != OnPolicy {
		for i := range r.weights {
			w := &r.weights[i]
			if !r.weighs(w, g) {
				continue
			}
			points += w.Add
			g.Weighed = append(g.Weighed, w.ID)
			if w.Level != "" && g.Level == Warning {
				g.Level = Level(w.Level)
			}
		}
	}
	g.Weight = min(max(levelWeight[g.Level]+points, 1), 100)
}

// Weigh is the weight that a finding's undeclared gap would have at its place,
// its level there, and the entries of rules/weights.yml that make it so.
func Weigh(in Input, f *detectors.Finding) (int, Level, []rules.Weight) {
	r := &run{Input: in, targets: map[string]Target{}}
	for _, t := range in.Targets {
		r.targets[t.Name] = t
	}
	g := r.from(UndeclaredCategory, f)
	g.Level = Weight(r.Rules, f.Category)
	r.weigh(&g)
	var entries []rules.Weight
	for _, w := range r.weights {
		if slices.Contains(g.Weighed, w.ID) {
			entries = append(entries, w)
		}
	}
	return g.Weight, g.Level, entries
}

// weighs tells whether all conditions of an entry hold. The paths come last: they
// take longest, and most entries have failed before them.
func (r *run) weighs(w *rules.Weight, g *Gap) bool {
	return among(w.Kinds, string(g.Kind)) &&
		among(w.Categories, g.Category) &&
		among(w.Evidence, string(g.Evidence)) &&
		g.Count >= w.Least && (w.Most == 0 || g.Count <= w.Most) &&
		(w.Below == 0 || g.Confidence < w.Below) &&
		among(w.In, r.placeOf(g)) &&
		among(w.Everyone, g.Everyone) &&
		(len(w.Regimes) == 0 || g.Category != "" && slices.Contains(w.Regimes, string(r.Rules.Category(g.Category).Regime))) &&
		(w.Declared == "" || w.Declared == strconv.FormatBool(g.declared(r.targets[g.At.Target].Tables))) &&
		(len(w.Paths) == 0 || r.fitsPath(w, g.At.Path))
}

// among tells whether s is in a list that was given.
func among(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }

// placeOf is the sort of place a gap is at.
func (r *run) placeOf(g *Gap) string {
	switch t := r.targets[g.At.Target]; {
	case t.Tables:
		return "database"
	case t.Code:
		return "repository"
	}
	return "share"
}

// A pathKey is a question on the paths of an entry.
type pathKey struct {
	entry *rules.Weight
	path  string
}

// fitsPath tells whether one of the paths of w fits path. A file has many gaps,
// and they ask the same.
func (r *run) fitsPath(w *rules.Weight, path string) bool {
	key := pathKey{w, path}
	fits, ok := r.fits[key]
	if !ok {
		fits = slices.ContainsFunc(w.Paths, func(pattern string) bool { return (item.Glob{Pattern: pattern}).MatchFile(path) })
		if r.fits == nil {
			r.fits = map[pathKey]bool{}
		}
		r.fits[key] = fits
	}
	return fits
}

// declared tells whether the gap is about a declaration rather than data.
func (g *Gap) declared(tables bool) bool {
	return g.Object != g.At.Target+":"+g.At.Path || tables && g.At.Column != ""
}
