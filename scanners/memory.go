package scanners

import (
	"slices"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// A Memory keeps what earlier runs found, so that what did not change is not
// read again. Its methods are called by all workers at once.
type Memory interface {
	// Get returns what was found in an object with this identity; false when it
	// has to be read.
	Get(target, path, identity string) ([]detectors.Finding, item.Coverage, bool)
	// Put keeps what was found.
	Put(target, path, identity string, findings []detectors.Finding, coverage item.Coverage)
}

// remembers tells whether the item may be answered from memory.
func (r *reader) remembers(it *item.Item) bool {
	return r.options.Memory != nil && it.Identity != "" && it.Open != nil && it.Skip == "" && it.Unread == "" &&
		!it.History && it.Added == nil && !r.options.Each
}

// recall answers an item from memory; false when it has to be read.
func (r *reader) recall(it *item.Item) bool {
	if !r.remembers(it) {
		return false
	}
	findings, coverage, ok := r.options.Memory.Get(r.result.Target, it.At.Path, it.Identity)
	if !ok || r.marked(findings) {
		return false
	}
	coverage.Unchanged, coverage.Read, coverage.Bytes = coverage.Read, 0, 0
	r.result.Findings, r.result.Coverage = findings, coverage
	return true
}

// marked tells whether findings are to tell their values apart: what is remembered
// knows none, so a file with values is read again where a past is compared with it.
func (r *reader) marked(findings []detectors.Finding) bool {
	return r.options.Marks[r.result.Target] &&
		slices.ContainsFunc(findings, func(f detectors.Finding) bool { return f.Evidence == detectors.ByValue })
}

// remember keeps the result of an item that was read whole. One that was not is
// tried again the next time: the reason may be gone.
func (r *reader) remember(it *item.Item, interrupted bool) {
	if interrupted || !r.remembers(it) || !r.result.Coverage.Complete() {
		return
	}
	r.options.Memory.Put(r.result.Target, it.At.Path, it.Identity, r.result.Findings, r.result.Coverage)
}
