package reconcile

import (
	"fmt"
	"path"
	"sort"
	"strings"
)

// Renamed pairs objects of an earlier run that are gone with new ones that say
// exactly the same: the same rules, within the same parts, as often. A file that
// was moved or renamed is then known, in git or not. Where several could be
// meant, the one of the same base name is; else none.
func Renamed(gaps []Gap, earlier []Known) map[string]string {
	before, now := moved{}, moved{}
	here := map[string]bool{}
	for i := range gaps {
		here[gaps[i].At.String()] = true
		now.note(&gaps[i])
	}
	there := map[string]bool{}
	for _, k := range earlier {
		if k.Gap != nil && k.Gap.Folded < 2 {
			there[k.Gap.At.String()] = true
			before.note(k.Gap)
		}
	}
	renamed := map[string]string{}
	candidates := now.bySignature(there)
	for signature, olds := range before.bySignature(here) {
		for _, old := range olds {
			if to := pick(old, olds, candidates[signature]); to != "" {
				for part := range before[old] {
					renamed[old+part] = to + part
				}
			}
		}
	}
	return renamed
}

// moved holds what is said of each place: part of the object → rules and counts.
type moved map[string]map[string][]string

func (m moved) note(g *Gap) {
	at := g.At.String()
	part, ok := strings.CutPrefix(g.Object, at)
	if !ok || g.At.Target == "register" || g.At.Target == "policy" {
		return
	}
	if m[at] == nil {
		m[at] = map[string][]string{}
	}
	m[at][part] = append(m[at][part], fmt.Sprintf("%s %d", g.RuleID(), g.Count))
}

// bySignature groups places by all that is said of them, leaving out those that
// are known on the other side too.
func (m moved) bySignature(known map[string]bool) map[string][]string {
	places := map[string][]string{}
	for at, parts := range m {
		if known[at] {
			continue
		}
		var said []string
		for part, rules := range parts {
			sort.Strings(rules)
			said = append(said, part+"\x01"+strings.Join(rules, "\x02"))
		}
		sort.Strings(said)
		target, _, _ := strings.Cut(at, ":")
		signature := target + "\x00" + strings.Join(said, "\x00")
		places[signature] = append(places[signature], at)
	}
	for _, all := range places {
		sort.Strings(all)
	}
	return places
}

// pick chooses the place an old one became.
func pick(old string, olds, news []string) string {
	if len(olds) == 1 && len(news) == 1 {
		return news[0]
	}
	to := ""
	for _, n := range news {
		if path.Base(n) == path.Base(old) {
			if to != "" {
				return ""
			}
			to = n
		}
	}
	for _, o := range olds {
		if o != old && path.Base(o) == path.Base(old) {
			return ""
		}
	}
	return to
}
