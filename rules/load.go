package rules

import (
	"cmp"
	"slices"
)

// Load reads the vocabulary built in, and what the files and folders of dirs
// add to it. Errors name file, line, column and what to do.
func Load(dirs ...string) (*Rules, error) {
	r := &Rules{}
	for _, dir := range dirs {
		src, err := userSources(dir)
		if err != nil {
			return nil, err
		}
		r.user = append(r.user, src...)
	}
	var err error
	if r.Categories, err = List[Category](r, "categories"); err != nil {
		return nil, err
	}
	if r.Context, err = List[WordList](r, "context"); err != nil {
		return nil, err
	}
	if r.Patterns, err = List[Pattern](r, "patterns"); err != nil {
		return nil, err
	}
	r.Context = joined(r.Context)
	slices.SortStableFunc(r.Patterns, func(a, b Pattern) int { return cmp.Compare(a.ID, b.ID) })
	return r, nil
}

// joined sorts lists by id and makes one of those with one id: what users add to
// a list must not take its place.
func joined(lists []WordList) []WordList {
	slices.SortStableFunc(lists, func(a, b WordList) int { return cmp.Compare(a.ID, b.ID) })
	var out []WordList
	for _, l := range lists {
		if n := len(out); n > 0 && out[n-1].ID == l.ID {
			out[n-1].Words = append(out[n-1].Words, l.Words...)
			continue
		}
		out = append(out, l)
	}
	return out
}

// Extended tells whether users gave rules of their own.
func (r *Rules) Extended() bool { return r != nil && len(r.user) > 0 }
