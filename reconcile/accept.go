package reconcile

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// accept marks the gaps that an entry accepts and returns the entries that fit
// none and those past their date, whose gaps are open again.
func accept(gaps []Gap, entries []Accept, date string, targets map[string]Target) (unused, expired []Accept) {
	for i := range entries {
		e := &entries[i]
		used := false
		for j := range gaps {
			if !e.fits(&gaps[j], targets) {
				continue
			}
			used = true
			if e.Until == "" || date <= e.Until {
				gaps[j].Accepted = &e.Accepted
			}
		}
		switch {
		case e.Until != "" && date > e.Until:
			expired = append(expired, *e)
		case !used:
			unused = append(unused, *e)
		}
	}
	return unused, expired
}

func (e *Accept) fits(g *Gap, targets map[string]Target) bool {
	if e.Gap != string(g.Kind) && e.Gap != g.RuleID() {
		return false
	}
	glob, err := item.ParseGlob(e.Location)
	if err != nil || glob.Target != g.At.Target {
		return false
	}
	if targets[g.At.Target].Tables {
		return glob.MatchTable(strings.TrimPrefix(g.At.String(), g.At.Target+":"))
	}
	return glob.MatchFile(g.At.Path)
}
