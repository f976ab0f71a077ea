package report

import (
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// The limits of a report that people read. GitHub shows 5,000 results at most;
// nobody acts on more than a few hundred.
const (
	maxPerFolder = 20
	// People act on a mailbox or an archive, not on each message of it.
	maxPerContainer = 3
	maxResults      = 1000
)

// fold gathers gaps of one rule in one folder when there are more than 20, then
// in its parents until at most 1,000 are left. It returns how many gaps stand
// behind another.
func fold(gaps []reconcile.Gap) (kept []reconcile.Gap, folded int) {
	return foldTo(gaps, maxResults)
}

// alone leaves out the gaps that are told with another.
func alone(gaps []reconcile.Gap) []reconcile.Gap {
	return slices.DeleteFunc(gaps, func(g reconcile.Gap) bool { return g.Under != "" })
}

// foldTo folds until at most the most gaps are left: first within folders, then
// by shorter and shorter paths. What no folder gathers (a document with
// thousands of remarks) is cut, the lightest first, and counted as folded.
func foldTo(gaps []reconcile.Gap, most int) (kept []reconcile.Gap, folded int) {
	kept = foldBy(alone(gaps), maxPerContainer, container)
	kept = foldBy(kept, maxPerFolder, path.Dir)
	for limit := maxPerFolder / 2; len(kept) > most && limit > 0; limit /= 2 {
		kept = foldBy(kept, limit, path.Dir)
	}
	for depth := deepest(kept); len(kept) > most && depth >= 0; depth-- {
		kept = foldBy(kept, 1, func(p string) string { return ancestor(path.Dir(p), depth) })
	}
	if len(kept) > most {
		folded = len(kept) - most
		kept = kept[:most:most]
	}
	for _, g := range kept {
		if g.Folded > 1 {
			folded += g.Folded - 1
		}
	}
	return kept, folded
}

// container is the mailbox or archive that holds path; path itself for none.
func container(p string) string {
	if i := strings.LastIndex(p, "!/"); i >= 0 {
		return p[:i]
	}
	return p
}

// deepest is the most folders a path lies in.
func deepest(gaps []reconcile.Gap) (depth int) {
	for i := range gaps {
		depth = max(depth, strings.Count(gaps[i].At.Path, "/"))
	}
	return depth
}

// ancestor is the first depth folders of dir; `.` for none.
func ancestor(dir string, depth int) string {
	parts := strings.Split(dir, "/")
	if depth >= len(parts) {
		return dir
	}
	if depth == 0 {
		return "."
	}
	return strings.Join(parts[:depth], "/")
}

// foldBy folds every group of more than limit gaps into its first one.
func foldBy(gaps []reconcile.Gap, limit int, folderOf func(string) string) []reconcile.Gap {
	groups := map[string][]int{}
	for i := range gaps {
		if key := folder(&gaps[i], folderOf); key != "" {
			groups[key] = append(groups[key], i)
		}
	}
	gone := map[int]bool{}
	for _, members := range groups {
		if len(members) <= limit || len(members) < 2 {
			continue
		}
		head := &gaps[members[0]]
		*head = gather(gaps, members, folderOf(head.At.Path))
		for _, i := range members[1:] {
			gone[i] = true
		}
	}
	kept := make([]reconcile.Gap, 0, len(gaps)-len(gone))
	for i := range gaps {
		if !gone[i] {
			kept = append(kept, gaps[i])
		}
	}
	return kept
}

// folder is the key of the group a gap folds into; empty when it folds no more.
// Accepted gaps do not fold with open ones.
func folder(g *reconcile.Gap, folderOf func(string) string) string {
	dir := folderOf(g.At.Path)
	if g.At.Target == "register" || g.At.Target == "policy" {
		return ""
	}
	key := g.RuleID() + "\x00" + g.At.Target + "\x00" + dir
	if g.Accepted != nil {
		key += "\x00" + g.Accepted.Reason
	}
	return key + "\x00" + string(g.State)
}

// gather makes one gap of several: their folder is its object.
func gather(gaps []reconcile.Gap, members []int, dir string) reconcile.Gap {
	all := make([]string, 0, len(members))
	sum := gaps[members[0]]
	sum.Count, sum.Folded, sum.Flow = 0, 0, nil
	for _, i := range members {
		g := &gaps[i]
		sum.Count += g.Count
		sum.Folded += max(g.Folded, 1)
		sum.Confidence = max(sum.Confidence, g.Confidence)
		if g.Oldest != "" && (sum.Oldest == "" || g.Oldest < sum.Oldest) {
			sum.Oldest = g.Oldest
		}
		all = append(all, called(g, dir))
	}
	sort.Strings(all)
	all = slices.Compact(all)
	sum.At = item.Location{Target: sum.At.Target, Path: dir}
	sum.Object = sum.At.Target + ":" + dir + "/" + apart(&sum)
	sum.Detail.Others = all[:min(len(all), 5)]
	return sum
}

// called names one of several gaps: its file, and what of it when the file is what
// they share or they are of one schema: its table and column.
func called(g *reconcile.Gap, dir string) string {
	slot := strings.Trim(g.At.Table+"."+g.At.Column, ".")
	switch file := path.Base(g.At.Path); {
	case slot == "" || strings.HasSuffix(g.At.Path, g.At.Column) && g.At.Column != "":
		return file
	case g.At.Path == dir || strings.HasSuffix(strings.ToLower(file), ".sql"):
		return slot
	default:
		return file
	}
}

// apart tells apart the gaps of one folder that do not fold together, so that no
// two results have one fingerprint.
func apart(g *reconcile.Gap) string {
	s := ""
	if g.State == reconcile.New || g.State == reconcile.Gone {
		s += "#" + string(g.State)
	}
	if g.Accepted != nil {
		s += "#accepted " + g.Accepted.Reason
	}
	return s
}
