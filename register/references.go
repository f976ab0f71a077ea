package register

import (
	"sort"
	"strings"
)

// references checks what entries say of each other: ids given twice, systems
// that do not exist.
func (r *reader) references(reg *Register) {
	systems := r.unique("system", len(reg.Systems), func(i int) (string, int) { return reg.Systems[i].ID, reg.Systems[i].Line })
	r.unique("treatment", len(reg.Treatments), func(i int) (string, int) { return reg.Treatments[i].ID, reg.Treatments[i].Line })
	ids := make([]string, 0, len(systems))
	for id := range systems {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, t := range reg.Treatments {
		for _, id := range t.Systems {
			if _, ok := systems[id]; !ok {
				r.note(t.Line, "systems", "treatment "+t.ID+" names an unknown system"+named(id), remedyFor(id, ids))
			}
		}
	}
}

func remedyFor(id string, ids []string) string {
	if len(ids) == 0 {
		return "declare it under `systems:`"
	}
	if len(ids) > 20 {
		ids = ids[:20]
	}
	if n := nearest(id, ids); n != "" {
		return "did you mean " + n + "? else declare it under `systems:`"
	}
	return "declare it under `systems:`, or use one of: " + strings.Join(ids, ", ")
}

// unique notes the ids given twice and returns the line of each.
func (r *reader) unique(what string, n int, at func(int) (id string, line int)) map[string]int {
	lines := map[string]int{}
	for i := range n {
		id, line := at(i)
		if id == "" || id == "?" {
			continue
		}
		if _, ok := lines[id]; ok {
			r.note(line, "id", "a second "+what+named(id), "give each "+what+" an id of its own")
			continue
		}
		lines[id] = line
	}
	return lines
}

// note notes an error known by its line only.
func (r *reader) note(line int, key, problem, remedy string) {
	if len(r.errs) < maxErrors {
		r.errs = append(r.errs, &Error{File: r.file, Line: line, Column: 1, Key: key, Problem: problem, Remedy: remedy})
	}
}
