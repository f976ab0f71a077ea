package reconcile

import (
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// undeclaredRecipient raises third parties that code, configuration or documents
// hand data to and that the register names nowhere: once for a target, at the
// place that proves most.
func undeclaredRecipient(r *run) (gaps []Gap) {
	declared := r.namesDeclared()
	for _, s := range r.parties.sorted() {
		known := r.recipient(s.id)
		if known == nil || isDeclared(declared, func(n *named) bool { return namedAs(n.name, known) }) {
			continue
		}
		level := Warning
		switch {
		case r.Register == nil:
			level = Note
		case s.best.finding.Category != "":
			level = Weight(r.Rules, s.best.finding.Category)
		}
		g := s.best.gap(UndeclaredRecipient, level)
		g.Detail.Name, g.Detail.Country = known.Name, known.Country
		g.Detail.AsOf = known.AsOf
		gaps = append(gaps, g)
	}
	return gaps
}

func isDeclared(list []named, fits func(*named) bool) bool {
	for i := range list {
		if fits(&list[i]) {
			return true
		}
	}
	return false
}

// recipientNotObserved notes recipients that the register names, that would show
// in code, and that no code, configuration or document of the run uses.
func recipientNotObserved(r *run) (gaps []Gap) {
	if r.Register == nil || !r.codeRead() {
		return nil
	}
	seen := map[string]bool{}
	for _, s := range r.parties.sorted() {
		seen[s.id] = true
	}
	for _, h := range r.hosts() { // who keeps the machines needs no line of code
		seen[h] = true
	}
	told := map[string]bool{}
	for _, n := range r.namesDeclared() {
		if !n.recipient {
			continue
		}
		id, name := r.neverSeen(n.name, seen)
		if id == "" || told[id] {
			continue
		}
		told[id] = true
		at := item.Location{Target: "register", Path: n.treatment, Place: item.Place{Line: n.line}}
		gaps = append(gaps, Gap{
			Kind: DeclaredNotObserved, Recipient: id, Level: Note, Treatment: n.treatment, Confidence: 1, At: at,
			Object: "register:" + n.treatment, Detail: Detail{Name: name, FoundName: name, Message: rules.Text{
				FR: "Le destinataire « " + name + " » est déclaré, et aucun code, aucune configuration lue ne s'en sert.",
				EN: "Recipient \"" + name + "\" is declared, and no code or configuration that was read uses it.",
			}},
		})
	}
	return gaps
}

// hosts are the ids of the third parties that the register names as hosts of its
// systems.
func (r *run) hosts() (ids []string) {
	r.recipient("")
	for _, s := range r.Register.Systems {
		for i := range r.parties.list {
			if k := &r.parties.list[i]; s.Host != nil && namedAs(s.Host.Provider, k) {
				ids = append(ids, k.ID)
			}
		}
	}
	return ids
}

// neverSeen returns the third party a declared name means, unless it, or another
// the same name may mean, was seen.
func (r *run) neverSeen(declared string, seen map[string]bool) (id, name string) {
	r.recipient("")
	for i := range r.parties.list {
		k := &r.parties.list[i]
		if !namedAs(declared, k) {
			continue
		}
		if seen[k.ID] {
			return "", ""
		}
		// A public body gets its data through forms and portals, not through code.
		if len(k.Hosts) > 0 && k.Kind != "public" && id == "" {
			id, name = k.ID, k.Name
		}
	}
	return id, name
}

// codeRead tells whether a whole repository was read in this run.
func (r *run) codeRead() bool {
	for _, t := range r.Targets {
		c := r.Coverage[t.Name]
		if t.Code && !t.Part && c != nil && c.Stopped == "" {
			return true
		}
	}
	return false
}
