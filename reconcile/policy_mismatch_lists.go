package reconcile

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// compareData raises categories that one of the two declares alone. Where the
// policy gives no data for a treatment, what it says for all stands for it.
func (p *policyChecker) compareData(x pair) {
	told := x.told.Data
	if len(told) == 0 {
		told = p.reg.Document.Data
	}
	if len(told) == 0 {
		return
	}
	for _, d := range x.declared.Data {
		if !p.covered(told, d.Category) {
			p.differ("rm-category-register", x, facts{
				category: d.Category, line: d.Line, said: at(max(d.Line, x.declared.Line)), found: at(lineOf(x.told.Source, x.told.Line)),
			})
		}
	}
	if len(x.declared.Data) == 0 {
		return
	}
	for _, d := range x.told.Data {
		if !p.covered(x.declared.Data, d.Category) && !p.covered(p.declared.Document.Data, d.Category) {
			line := lineOf(d.Source, d.Line)
			p.differ("rm-category-policy", x, facts{
				category: d.Category, line: line, found: at(line), said: at(x.declared.Line),
			})
		}
	}
}

// covered tells whether a list has the category, its group, or a member of it.
func (p *policyChecker) covered(list []register.Datum, category string) bool {
	c := p.rules.Category(category)
	return slices.ContainsFunc(list, func(d register.Datum) bool {
		o := p.rules.Category(d.Category)
		return d.Category == category || d.Category == c.Group && c.Group != "" || o.Group == category
	})
}

// compareRecipients raises recipients that one of the two names alone: only
// where both list recipients of the treatment.
func (p *policyChecker) compareRecipients(x pair) {
	told := append(slices.Clone(x.told.Recipients), p.reg.Document.Recipients...)
	declared := append(slices.Clone(x.declared.Recipients), p.declared.Document.Recipients...)
	if len(x.told.Recipients) == 0 || len(declared) == 0 {
		return
	}
	hosts := p.hosts(x.declared)
	for _, r := range x.told.Recipients {
		if !p.names(declared, r.Name) && !slices.ContainsFunc(hosts, func(h string) bool { return p.sameParty(h, r.Name) }) {
			line := lineOf(r.Source, r.Line)
			p.differ("rm-recipient-policy", x, facts{recipient: r.Name, line: line, found: at(line), said: at(x.declared.Line)})
		}
	}
	for _, r := range x.declared.Recipients {
		if !p.names(told, r.Name) {
			p.differ("rm-recipient-register", x, facts{
				recipient: r.Name, line: r.Line, said: at(max(r.Line, x.declared.Line)), found: at(lineOf(x.told.Source, x.told.Line)),
			})
		}
	}
}

// hosts are who stores the systems of a treatment: the register names them
// there, the policy among its recipients.
func (p *policyChecker) hosts(t *register.Treatment) []string {
	var out []string
	for _, id := range t.Systems {
		if s := p.declared.System(id); s != nil && s.Host != nil {
			out = append(out, s.Host.Provider)
		}
	}
	return out
}

func (p *policyChecker) names(list []register.Recipient, name string) bool {
	return slices.ContainsFunc(list, func(r register.Recipient) bool { return p.sameParty(r.Name, name) })
}

// sameParty compares recipients by their words, then as third parties we know by
// several names.
func (p *policyChecker) sameParty(a, b string) bool {
	if sameName(a, b) {
		return true
	}
	if p.parties == nil {
		list, err := rules.List[rules.Recipient](p.rules, "recipients")
		if err != nil {
			list = []rules.Recipient{} // held by tests: what is built in reads
		}
		p.parties = list
	}
	return slices.ContainsFunc(p.parties, func(r rules.Recipient) bool { return namedAs(a, &r) && namedAs(b, &r) })
}

// sameName compares recipients: one's words lie in the other's.
func sameName(a, b string) bool {
	x, y := partyWords(a), partyWords(b)
	if len(x) == 0 || len(y) == 0 {
		return terms.Fold(a) == terms.Fold(b)
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, w := range x {
		if !slices.Contains(y, w) {
			return false
		}
	}
	return true
}

// smallWords carry no meaning in a name.
var smallWords = strings.Fields("a au aux de des du d la le les l et en nos notre vos votre ou par pour sur un une son sa ses leur leurs gestion traitement service societe sas sarl")

func partyWords(s string) []string {
	var out []string
	for _, t := range terms.Read(s).Tokens {
		if !slices.Contains(smallWords, t.Word) && !slices.Contains(out, t.Stem) {
			out = append(out, t.Stem)
		}
	}
	return out
}

// pairTreatments pairs the treatments of a policy with those of a register, the
// nearest first; the result maps register → policy.
func pairTreatments(told, declared []register.Treatment) map[int]int {
	pairs := map[int]int{}
	taken := map[int]bool{}
	for _, least := range []float64{0.99, 0.75, 0.5} {
		for i := range declared {
			if _, ok := pairs[i]; ok {
				continue
			}
			best, nearest := -1, least
			for j := range told {
				if s := likeness(&told[j], &declared[i]); !taken[j] && s >= nearest && (best < 0 || s > nearest) {
					best, nearest = j, s
				}
			}
			if best >= 0 {
				pairs[i], taken[best] = best, true
			}
		}
	}
	return pairs
}

// likeness is 0 to 1: how near two treatments are by name, or by purposes when
// these say more.
func likeness(a, b *register.Treatment) float64 {
	name := overlap(stems(a.Name), stems(b.Name))
	purposes := overlap(stems(strings.Join(a.Purposes, " ")), stems(strings.Join(b.Purposes, " ")))
	cross := max(overlap(stems(a.Name), stems(strings.Join(b.Purposes, " "))), overlap(stems(b.Name), stems(strings.Join(a.Purposes, " "))))
	return max(name, 0.9*purposes, 0.8*cross)
}

func stems(s string) []string {
	var out []string
	for _, w := range partyWords(s) {
		if len(w) > 6 {
			w = w[:6]
		}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// overlap is Dice's coefficient, nearly 1 when one of at least two words lies
// whole in the other.
func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			common++
		}
	}
	dice := 2 * float64(common) / float64(len(a)+len(b))
	if small := min(len(a), len(b)); small > 1 {
		return max(dice, 0.95*float64(common)/float64(small))
	}
	return dice
}
