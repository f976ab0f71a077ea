package policy

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
)

// assemble makes the register of what was read.
func (d *reading) assemble() *register.Policy {
	r := &register.Register{File: d.file, Format: "policy"}
	r.Organisation = d.organisation()
	ids := map[string]bool{}
	ofAll := d.attachTransfers()
	for _, t := range d.treatments {
		d.dataOfName(t)
		r.Treatments = append(r.Treatments, d.treatment(t, ids))
	}
	r.Document = d.documentOf(ofAll)
	r.Systems = d.systemsOf()
	r.Untold = d.untold()
	sort.SliceStable(d.claims, func(i, j int) bool { return d.claims[i].Line < d.claims[j].Line })
	return &register.Policy{Draft: r, Mentions: d.mentions, Claims: d.claims, Headings: d.headings()}
}

// headings are the titles of the sections.
func (d *reading) headings() []string {
	var all []string
	for _, b := range d.blocks {
		if b.kind == heading {
			all = append(all, b.text)
		}
	}
	return all
}

func (d *reading) organisation() register.Organisation {
	o := register.Organisation{Name: d.org.name, SIREN: d.org.siren, Line: d.org.no, Contact: d.asParty(d.org)}
	o.Contact.Name = ""
	if o.Contact.Email == "" && o.Contact.Phone == "" && o.Contact.Address == "" && o.Contact.Company == "" {
		o.Contact = register.Party{} // where the name stands is no contact
	}
	if d.org.no > 0 {
		o.Source = d.source(d.org.no, d.org.words)
	}
	if d.dpo.email != "" || d.dpo.name != "" {
		p := d.asParty(d.dpo)
		o.DPO = &p
	}
	return o
}

func (d *reading) treatment(t *treatment, ids map[string]bool) register.Treatment {
	out := register.Treatment{
		ID:         newID(t.name, ids),
		Name:       t.name,
		Role:       register.Controller,
		Purposes:   t.purposes,
		Line:       t.no,
		Source:     d.source(t.no, t.words),
		Confidence: t.conf,
		Retention:  tidyRetention(t.retention),
		Profiling:  t.profiling,
	}
	if t.role != "" {
		out.Role = t.role
	}
	out.OnBehalfOf = t.behalf
	if len(out.Purposes) == 0 {
		out.Purposes = []string{t.name}
	}
	for _, b := range t.bases {
		out.LegalBases = append(out.LegalBases, b.id)
	}
	if t.explicit > 0 && d.hasSpecial(t.data) {
		out.SpecialCategoryBasis = "explicit_consent"
	}
	out.Data = d.dataOf(t.data)
	for _, s := range t.subjects {
		out.DataSubjects = append(out.DataSubjects, s.id)
	}
	out.Recipients = d.recipientsOf(t.recipients)
	for _, f := range append(slices.Clone(t.systems), t.places...) {
		if !slices.Contains(out.Systems, f.id) {
			out.Systems = append(out.Systems, f.id)
		}
	}
	out.Transfers.List = t.transfers
	if len(t.transfers) > 0 {
		out.Transfers.Line = t.transfers[0].Line
	}
	return out
}

func (d *reading) dataOf(list []found) []register.Datum {
	var out []register.Datum
	for _, f := range list {
		out = append(out, register.Datum{Category: f.id, Line: f.no, Source: d.source(f.no, f.words), Confidence: f.conf})
	}
	return out
}

func (d *reading) recipientsOf(list []found) []register.Recipient {
	var out []register.Recipient
	for _, f := range list {
		r := register.Recipient{Name: f.id, Line: f.no, Source: d.source(f.no, f.words), Confidence: f.conf}
		if f.extra != "named" {
			r.Kind = f.extra
		}
		out = append(out, r)
	}
	return out
}

func (d *reading) hasSpecial(list []found) bool {
	return slices.ContainsFunc(list, func(f found) bool { return special()[f.id] })
}

var special = stopSet("health religion ethnic_origin political_opinion union_membership sex_life biometrics genetics")

// documentOf is what is said once for all treatments.
func (d *reading) documentOf(moved []register.Transfer) register.Document {
	t := &d.document
	out := register.Document{
		Data:       d.dataOf(t.data),
		Retention:  tidyRetention(t.retention),
		Recipients: d.recipientsOf(t.recipients),
		Profiling:  t.profiling,
	}
	for _, b := range t.bases {
		out.LegalBases = append(out.LegalBases, b.id)
		if out.Line == 0 {
			out.Line, out.Source = b.no, d.source(b.no, b.words)
		}
	}
	if t.explicit > 0 && d.hasSpecial(t.data) {
		out.SpecialCategoryBasis = "explicit_consent"
	}
	x := d.transfers
	switch {
	case x.none > 0 && len(moved)+len(t.transfers) == 0: // but for the treatments that tell theirs
		out.Transfers = register.Transfers{None: true, Line: x.none, Source: d.source(x.none, x.noneWords)}
	case len(moved)+len(t.transfers) > 0:
		list := dedupe(append(moved, t.transfers...))
		out.Transfers = register.Transfers{List: list, Line: list[0].Line, Source: list[0].Source}
	}
	return out
}

// dedupe keeps one transfer a recipient and country.
func dedupe(list []register.Transfer) []register.Transfer {
	var out []register.Transfer
	for _, t := range list {
		same := slices.IndexFunc(out, func(o register.Transfer) bool {
			return fold(o.Recipient) == fold(t.Recipient) && (o.Country == t.Country || o.Country == "" || t.Country == "")
		})
		switch {
		case same < 0:
			out = append(out, t)
		default:
			if out[same].Safeguard == "" {
				out[same].Safeguard = t.Safeguard
			}
			if out[same].Country == "" {
				out[same].Country = t.Country
			}
		}
	}
	return out
}

// tidyRetention keeps one of several equal limits.
func tidyRetention(list []register.Retention) []register.Retention {
	var out []register.Retention
	for _, r := range list {
		if !slices.ContainsFunc(out, func(o register.Retention) bool {
			return o.Duration == r.Duration && o.Starts == r.Starts && o.Subject == r.Subject && o.Criterion == r.Criterion
		}) {
			out = append(out, r)
		}
	}
	return out
}

var notSlug = pattern.New(`[^a-z0-9]+`)

// newID makes a short id of a name, and tells those of one name apart.
func newID(name string, taken map[string]bool) string {
	var words []string
	for _, w := range strings.Fields(notSlug.ReplaceAllString(fold(name), " ")) {
		if !emptyWords()[w] || len(words) == 0 && w != "la" && w != "le" && w != "les" && w != "l" && w != "d" {
			words = append(words, w)
		}
		if len(words) == 5 {
			break
		}
	}
	id := strings.Join(words, "-")
	if id == "" {
		id = "traitement"
	}
	for n, base := 2, id; taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	taken[id] = true
	return id
}
