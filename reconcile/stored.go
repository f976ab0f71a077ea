package reconcile

import (
	"maps"
	"slices"

	"github.com/ecart-rgpd/ecart/detectors"
)

// stored is what is known of data of persons by the table or class that keeps it:
// what a setting that deletes it is held to.
type stored struct {
	purges []purgeSeen
	nouns  map[string]map[string]bool // noun of a table → categories in it
	fields map[string][]field         // file → what is declared in it
	last   string                     // the table noted last, with its category
}

// A purgeSeen is a setting that deletes, and what the register says of its place.
type purgeSeen struct {
	finding detectors.Finding
	claim   claim
}

// A field is one declared property of a person.
type field struct {
	table, category string
	line            int
}

// note keeps where data of persons was found.
func (s *stored) note(r *run, f *detectors.Finding) {
	if f.Category == "" || f.Sink != "" {
		return
	}
	if s.nouns == nil {
		s.nouns, s.fields = map[string]map[string]bool{}, map[string][]field{}
	}
	table := f.At.Table
	if r.targets[f.At.Target].Tables {
		table = f.At.Path
	} else if f.Declared && table != "" {
		file := f.At.Target + ":" + f.At.Path
		s.fields[file] = append(s.fields[file], field{table, f.Category, f.At.Line})
	}
	if key := table + "\x00" + f.Category; table != "" && s.last != key {
		s.last = key
		for _, w := range r.nounsOf(table) {
			if s.nouns[w] == nil {
				s.nouns[w] = map[string]bool{}
			}
			s.nouns[w][f.Category] = true
		}
	}
}

// deleted tells what a setting deletes: the table or class that it names, or that
// it stands in when it is called after the date alone (the expires of createdAt),
// and the categories kept there.
func (r *run) deleted(f *detectors.Finding) (object string, categories []string) {
	all := map[string]bool{}
	words := r.nounsOf(f.Identifier)
	if len(words) == 0 {
		words = r.nounsOf(f.Scope)
	}
	for _, w := range words {
		maps.Copy(all, r.stored.nouns[w])
	}
	if len(words) == 0 {
		object = r.around(f)
		for _, x := range r.stored.fields[f.At.Target+":"+f.At.Path] {
			if x.table == object {
				all[x.category] = true
			}
		}
	}
	return object, slices.Sorted(maps.Keys(all))
}

// around is the table or class of the file whose field is declared nearest before
// a setting.
func (r *run) around(f *detectors.Finding) (table string) {
	line := 0
	for _, x := range r.stored.fields[f.At.Target+":"+f.At.Path] {
		if x.line <= f.At.Line && x.line > line {
			table, line = x.table, x.line
		}
	}
	return table
}
