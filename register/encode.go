package register

import (
	"fmt"
	"strconv"
)

// tree returns the register as it is written, in the order of the design.
func (r *Register) tree() *tree {
	t := mapping()
	t.block = true
	t.add("ecart", number("1"))
	t.add("organisation", r.Organisation.tree())
	if d := r.Document.tree(); len(d.pairs) > 0 {
		t.add("document", d)
	}
	t.add("treatments", list(trees(r.Treatments, func(x Treatment) *tree { return x.tree() })...))
	t.add("systems", list(trees(r.Systems, func(x System) *tree { return x.tree() })...))
	t.todo = r.Todo
	if r.draft() {
		r.todo(t)
	}
	return t
}

// draft says that the register was read from something else than our format.
func (r *Register) draft() bool { return r.Format != "" && r.Format != "yaml" }

func (o Organisation) tree() *tree {
	t := mapping()
	t.block = true
	t.say("name", o.Name)
	t.say("siren", o.SIREN)
	t.add("contact", (&o.Contact).tree())
	t.add("dpo", o.DPO.tree())
	t.add("representative", o.Representative.tree())
	t.todo = o.Todo
	t.origin(o.Source, o.Confidence)
	return t
}

func (p *Party) tree() *tree {
	if p == nil {
		return nil
	}
	t := mapping()
	t.say("name", p.Name)
	t.say("company", p.Company)
	t.say("email", p.Email)
	t.say("phone", p.Phone)
	t.say("address", p.Address)
	t.origin(p.Source, p.Confidence)
	if len(t.pairs) == 0 {
		return nil
	}
	return t
}

// origin adds where a statement was read, and how surely.
func (t *tree) origin(s *Source, confidence float64) {
	if s != nil {
		src := mapping()
		src.say("file", s.File)
		if s.Line > 0 {
			src.add("line", number(strconv.Itoa(s.Line)))
		}
		src.words = s.Words
		if len(src.pairs) > 0 {
			t.add("source", src)
		}
		t.comment = s.Words
	}
	if confidence > 0 {
		t.add("confidence", number(fmt.Sprintf("%.4g", confidence)))
	}
}

func (d Document) tree() *tree {
	t := mapping()
	t.block = true
	t.each("purposes", d.Has, texts(d.Purposes))
	t.each("legal_bases", d.Has, texts(d.LegalBases))
	t.say("special_category_basis", d.SpecialCategoryBasis)
	t.each("data_subjects", d.Has, texts(d.DataSubjects))
	t.each("data", d.Has, trees(d.Data, Datum.tree))
	t.add("retention", retentionTree(d.Retention))
	t.each("recipients", d.Has, trees(d.Recipients, Recipient.tree))
	t.add("transfers", d.Transfers.tree(d.Has))
	t.each("security", d.Has, trees(d.Security, Measure.tree))
	t.say("profiling", d.Profiling)
	t.say("origin", d.Origin)
	t.say("notes", d.Notes)
	t.origin(d.Source, d.Confidence)
	return t
}

func (x Treatment) tree() *tree {
	t := mapping()
	t.block = true
	t.say("id", x.ID)
	t.say("name", x.Name)
	t.say("ref", x.Ref)
	t.say("created", x.Created)
	t.say("updated", x.Updated)
	t.say("role", string(x.Role))
	t.each("on_behalf_of", x.Has, texts(x.OnBehalfOf))
	t.each("joint_controllers", x.Has, texts(x.JointControllers))
	t.each("purposes", x.Has, texts(x.Purposes))
	t.each("legal_bases", x.Has, texts(x.LegalBases))
	t.say("special_category_basis", x.SpecialCategoryBasis)
	t.each("data_subjects", x.Has, texts(x.DataSubjects))
	t.each("data", x.Has, trees(x.Data, Datum.tree))
	t.add("retention", retentionTree(x.Retention))
	t.each("recipients", x.Has, trees(x.Recipients, Recipient.tree))
	t.add("transfers", x.Transfers.tree(x.Has))
	t.each("security", x.Has, trees(x.Security, Measure.tree))
	t.each("systems", x.Has, texts(x.Systems))
	t.add("dpia", x.DPIA.tree())
	t.say("profiling", x.Profiling)
	t.say("origin", x.Origin)
	t.say("processor_contract", x.ProcessorContract)
	t.say("notes", x.Notes)
	t.todo = x.Todo
	t.origin(x.Source, x.Confidence)
	return t
}

func (d Datum) tree() *tree {
	t := mapping()
	t.say("category", d.Category)
	t.add("retention", retentionTree(d.Retention))
	t.origin(d.Source, d.Confidence)
	return t
}

// retentionTree writes one time limit as itself, several as a list.
func retentionTree(all []Retention) *tree {
	items := trees(all, Retention.tree)
	switch len(items) {
	case 0:
		return nil
	case 1:
		return items[0]
	}
	return list(items...)
}

func (x Retention) tree() *tree {
	t := mapping()
	t.say("duration", x.Duration)
	t.say("max", x.Max)
	t.say("starts", x.Starts)
	t.say("criterion", x.Criterion)
	t.say("subject", x.Subject)
	if x.Archive != nil {
		a := mapping()
		a.say("duration", x.Archive.Duration)
		a.say("starts", x.Archive.Starts)
		t.add("archive", a)
	}
	t.origin(x.Source, x.Confidence)
	return t
}

func (x Recipient) tree() *tree {
	t := mapping()
	t.say("name", x.Name)
	t.say("kind", x.Kind)
	t.say("country", x.Country)
	t.origin(x.Source, x.Confidence)
	return t
}

func (x Transfers) tree(has map[string]bool) *tree {
	switch {
	case x.None:
		t := word("none")
		if x.Source != nil {
			t.comment = x.Source.Words
		}
		return t
	case len(x.List) > 0 || has["transfers"]:
		return list(trees(x.List, Transfer.tree)...)
	}
	return nil
}

func (x Transfer) tree() *tree {
	t := mapping()
	t.say("country", x.Country)
	t.say("recipient", x.Recipient)
	t.say("provider", x.Provider)
	t.say("safeguard", x.Safeguard)
	t.say("conditional", x.Conditional)
	t.say("document", x.Document)
	t.origin(x.Source, x.Confidence)
	return t
}

// A measure without a kind, a place or a doubt is a text.
func (x Measure) tree() *tree {
	if x.Kind == "" && x.Source == nil && x.Confidence == 0 {
		return word(x.Detail)
	}
	t := mapping()
	t.say("kind", x.Kind)
	t.say("detail", x.Detail)
	t.origin(x.Source, x.Confidence)
	return t
}

func (d *DPIA) tree() *tree {
	if d == nil {
		return nil
	}
	t := mapping()
	t.say("reference", d.Reference)
	t.say("date", d.Date)
	return t
}

func (s System) tree() *tree {
	t := mapping()
	t.todo = s.Todo
	t.say("id", s.ID)
	t.say("name", s.Name)
	t.add("locations", list(texts(s.Locations)...))
	if s.Host != nil {
		h := mapping()
		h.say("provider", s.Host.Provider)
		h.say("country", s.Host.Country)
		t.add("host", h)
	}
	t.origin(s.Source, s.Confidence)
	return t
}
