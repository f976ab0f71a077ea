package reconcile

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"
)

// A Known is a gap of an earlier run.
type Known struct {
	Rule        string // <gap>/<subject>
	Fingerprint string
	Gap         *Gap // nil when only the fingerprint is known (SARIF)
}

// Fingerprint identifies a gap for ever: made of its rule and canonical object,
// never of a line, a date, a commit or a value. 16 hex digits, ':' and the
// occurrence, the form GitHub reads.
func (g *Gap) Fingerprint() string {
	sum := sha256.Sum256([]byte(g.RuleID() + "\x00" + g.Object))
	return hex.EncodeToString(sum[:8]) + ":1"
}

// Compare marks gaps as new or unchanged against an earlier run, and adds those
// that are gone. A gap whose object was renamed is the same gap: renamed maps
// old objects to new ones.
func Compare(gaps []Gap, earlier []Known, renamed map[string]string) []Gap {
	known := map[[2]string]bool{}
	folders := map[string][]string{} // rule → folders that an earlier report folded
	for _, k := range earlier {
		if k.Gap != nil && k.Gap.Folded > 1 {
			folders[k.Rule] = append(folders[k.Rule], k.Gap.Object)
		}
		known[[2]string{k.Rule, k.Fingerprint}] = true
		if k.Gap != nil && renamed[k.Gap.Object] != "" {
			moved := *k.Gap
			moved.Object = renamed[k.Gap.Object]
			known[[2]string{k.Rule, moved.Fingerprint()}] = true
		}
	}
	now := map[[2]string]bool{}
	for i := range gaps {
		id := [2]string{gaps[i].RuleID(), gaps[i].Fingerprint()}
		now[id] = true
		gaps[i].State = New
		in := within(gaps[i].Object, folders[gaps[i].RuleID()])
		if known[id] || in != "" {
			gaps[i].State = Unchanged
		}
		if in != "" { // the folder's own gap is not gone
			now[[2]string{gaps[i].RuleID(), (&Gap{Kind: gaps[i].Kind, Category: gaps[i].Category, Recipient: gaps[i].Recipient, Field: gaps[i].Field, Object: in}).Fingerprint()}] = true
		}
	}
	for _, k := range earlier {
		if k.Gap == nil || now[[2]string{k.Rule, k.Fingerprint}] {
			continue
		}
		gone := *k.Gap
		if to := renamed[gone.Object]; to != "" {
			gone.Object = to
			if now[[2]string{k.Rule, gone.Fingerprint()}] {
				continue
			}
			gone.Object = k.Gap.Object
		}
		gone.State, gone.Accepted = Gone, nil
		gaps = append(gaps, gone)
	}
	sort.SliceStable(gaps, func(i, j int) bool { return less(&gaps[i], &gaps[j]) })
	return gaps
}

// within is the first of folders that holds the object; empty for none.
func within(object string, folders []string) string {
	for _, f := range folders {
		folder, _, _ := strings.Cut(f, "/#") // what tells accepted gaps of the folder apart
		folder = strings.TrimSuffix(folder, "/") + "/"
		if strings.HasPrefix(object, strings.TrimSuffix(folder, "./")) {
			return f
		}
	}
	return ""
}
