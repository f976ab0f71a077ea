package reconcile

import (
	"sort"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// undeclaredTransfer raises hosts, regions and recipients outside the EEA that
// no declared transfer covers, or that a declared "none" contradicts.
//
// A clue that tells a country (a region, a host) decides. Only a third party
// without any is taken to be where it trades.
func undeclaredTransfer(r *run) (gaps []Gap) {
	declared := r.namesDeclared()
	for _, s := range r.parties.sorted() {
		known := r.recipient(s.id)
		if known == nil {
			continue
		}
		for _, country := range s.whereabouts(known, declared) {
			g, ok := r.transfer(s, known, country)
			if ok {
				gaps = append(gaps, g)
			}
		}
	}
	return gaps
}

// whereabouts lists the countries a third party was seen in, sorted.
func (s *seenThird) whereabouts(known *rules.Recipient, declared []named) []string {
	var all []string
	for c := range s.countries {
		if c != "" {
			all = append(all, c)
		}
	}
	if len(all) > 0 {
		sort.Strings(all)
		return all
	}
	if known.Country == "" || isDeclared(declared, func(n *named) bool { return n.country != "" && inEEA(n.country) && namedAs(n.name, known) }) {
		return nil
	}
	return []string{known.Country}
}

func (r *run) transfer(s *seenThird, known *rules.Recipient, country string) (Gap, bool) {
	if inEEA(country) || r.transferDeclared(known, country) {
		return Gap{}, false
	}
	at := s.countries[country]
	if at == nil {
		at = &s.best
	}
	level := Warning
	if r.Register == nil || isAdequate(country, r.Date) {
		level = Note
	}
	g := at.gap(UndeclaredTransfer, level)
	g.Detail.Name, g.Detail.Country, g.Detail.AsOf = known.Name, country, adequacy().AsOf
	g.Object += country
	if r.saidNone(at.claim) {
		g.Cover = Contradicted
		g.Detail.Said = "none"
		if r.Register != nil {
			g.Level = Warning
		}
	}
	return g, true
}

// transferDeclared tells whether a transfer of the register covers the third
// party: by name, or by country when it names nobody.
func (r *run) transferDeclared(known *rules.Recipient, country string) bool {
	if r.Register == nil {
		return false
	}
	covers := func(t register.Transfers) bool {
		for _, x := range t.List {
			named := x.Recipient != "" && namedAs(x.Recipient, known) || x.Provider != "" && namedAs(x.Provider, known)
			if (named || x.Recipient == "" && x.Provider == "") && (x.Country == "" || x.Country == country) {
				return true
			}
		}
		return false
	}
	if covers(r.Register.Document.Transfers) {
		return true
	}
	for i := range r.Register.Treatments {
		if covers(r.Register.Treatments[i].Transfers) {
			return true
		}
	}
	return false
}

// saidNone tells whether the register says that there are no transfers: for the
// treatments that claim the place, or for all.
func (r *run) saidNone(c claim) bool {
	if r.Register == nil {
		return false
	}
	if r.Register.Document.Transfers.None {
		return true
	}
	for _, t := range c.treatments {
		if t.Transfers.None {
			return true
		}
	}
	if len(c.treatments) > 0 {
		return false
	}
	for i := range r.Register.Treatments {
		if !r.Register.Treatments[i].Transfers.None {
			return false
		}
	}
	return len(r.Register.Treatments) > 0
}
