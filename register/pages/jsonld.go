package pages

import (
	"encoding/json"
	"io"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// node is one node of the graph; encoding/json writes its keys in order.
type node map[string]any

// JSONLD writes the register in the W3C's Data Privacy Vocabulary (DPV 2), each
// treatment as a dpv:Process. What DPV has no term for is named by a label.
func JSONLD(w io.Writer, reg *register.Register) error {
	categories, err := rules.List[rules.Category](nil, "categories")
	if err != nil {
		return err
	}
	r := &rules.Rules{Categories: categories}
	var graph []any
	if o := organisationNode(reg); o != nil {
		graph = append(graph, o)
	}
	if n := forAllNode(reg.Document); n != nil {
		graph = append(graph, n)
	}
	for _, t := range reg.Treatments {
		graph = append(graph, process(r, reg, t))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(node{
		"@context": node{
			"dpv": "https://w3id.org/dpv#", "pd": "https://w3id.org/dpv/pd#", "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
			"dct": "http://purl.org/dc/terms/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": "http://www.w3.org/2004/02/skos/core#",
			"label": node{"@id": "rdfs:label", "@language": "fr"},
		},
		"@graph": graph,
	})
}

// forAllNode says once what holds for the register as a whole, nil for nothing.
func forAllNode(d register.Document) node {
	if len(d.Recipients)+len(d.Transfers.List) == 0 {
		return nil
	}
	n := node{"@id": "#document", "@type": "dpv:Process", "label": "Dit pour l'ensemble des traitements"}
	putList(n, "dpv:hasRecipient", d.Recipients, recipientNode)
	putList(n, "dpv:hasDataTransfer", d.Transfers.List, transferNode)
	return n
}

func organisationNode(reg *register.Register) node {
	o := reg.Organisation
	if o.Name == "" {
		return nil
	}
	n := node{"@id": "#organisation", "@type": "dpv:DataController", "dpv:hasName": o.Name}
	put(n, "dct:identifier", o.SIREN)
	put(n, "dpv:hasContact", party(&o.Contact))
	if who := party(o.DPO); who != "" {
		n["dpv:hasDataProtectionOfficer"] = node{"@type": "dpv:DataProtectionOfficer", "dpv:hasContact": who}
	}
	return n
}

func put(n node, key, text string) {
	if text != "" {
		n[key] = text
	}
}

func process(r *rules.Rules, reg *register.Register, t register.Treatment) node {
	d := reg.Document
	n := node{"@id": "#" + t.ID, "@type": "dpv:Process", "label": t.Name}
	put(n, "dct:identifier", t.Ref)
	put(n, "dct:created", t.Created)
	put(n, "dct:modified", t.Updated)
	put(n, "dct:description", t.Notes)
	if reg.Organisation.Name != "" {
		role := "dpv:hasDataController"
		if t.Role == register.Processor {
			role = "dpv:hasDataProcessor"
		}
		n[role] = node{"@id": "#organisation"}
	}
	putList(n, "dpv:hasPurpose", or(t.Purposes, d.Purposes), func(s string) node { return node{"@type": "dpv:Purpose", "label": s} })
	putList(n, "dpv:hasLegalBasis", or(t.LegalBases, d.LegalBases), func(id string) node { return declared("basis", id) })
	if t.SpecialCategoryBasis != "" {
		bases, _ := n["dpv:hasLegalBasis"].([]node)
		n["dpv:hasLegalBasis"] = append(bases, declared("condition", t.SpecialCategoryBasis))
	}
	putList(n, "dpv:hasDataSubject", or(t.DataSubjects, d.DataSubjects), func(s string) node { return node{"@type": "dpv:DataSubject", "label": s} })
	putList(n, "dpv:hasPersonalData", or(t.Data, d.Data), func(x register.Datum) node { return personalData(r, x) })
	putList(n, "dpv:hasStorageCondition", or(t.Retention, d.Retention), storage)
	putList(n, "dpv:hasRecipient", t.Recipients, recipientNode)
	putList(n, "dpv:hasTechnicalOrganisationalMeasure", or(t.Security, d.Security), func(m register.Measure) node {
		x := node{"@type": "dpv:TechnicalOrganisationalMeasure", "label": m.Detail}
		if m.Kind != "" {
			x["label"], x["dct:description"] = m.Kind, m.Detail
		}
		return x
	})
	putList(n, "dpv:hasDataTransfer", t.Transfers.List, transferNode)
	return n
}

func putList[T any](n node, key string, all []T, of func(T) node) {
	var nodes []node
	for _, x := range all {
		nodes = append(nodes, of(x))
	}
	if len(nodes) > 0 {
		n[key] = nodes
	}
}

// declared is a term of DPV, or a label where it has none.
func declared(kind, id string) node {
	w := rules.DeclaredWord(kind, id)
	n := node{"label": w.Label.FR}
	if w.DPV != "" {
		n["@id"] = w.DPV
	}
	return n
}

func personalData(r *rules.Rules, d register.Datum) node {
	c := r.Category(d.Category)
	kind := "dpv:PersonalData"
	switch c.Regime {
	case rules.Special, rules.Offence:
		kind = "dpv:SpecialCategoryPersonalData"
	case rules.NIR, rules.HighlyPersonal:
		kind = "dpv:SensitivePersonalData"
	}
	n := node{"@type": []string{kind}, "label": c.Label.FR, "skos:notation": c.ID}
	if c.DPV != "" {
		n["@type"] = []string{kind, c.DPV}
	}
	putList(n, "dpv:hasStorageCondition", d.Retention, storage)
	return n
}

func storage(x register.Retention) node {
	n := node{"@type": "dpv:StorageCondition"}
	if x.Duration != "" {
		n["dpv:hasDuration"] = x.Duration
	}
	put(n, "dct:description", speaker{lang: "fr"}.retention([]register.Retention{x})[0])
	return n
}

func recipientNode(c register.Recipient) node {
	n := node{"@type": "dpv:Recipient", "label": c.Name}
	if w := rules.DeclaredWord("recipient", c.Kind); w.DPV != "" {
		n["@type"] = w.DPV
	}
	put(n, "dpv:hasCountry", c.Country)
	return n
}

func transferNode(t register.Transfer) node {
	n := node{"@type": "dpv:DataTransfer"}
	put(n, "dpv:hasCountry", t.Country)
	put(n, "label", first(t.Recipient, t.Provider))
	put(n, "dct:source", t.Document)
	if t.Safeguard != "" {
		n["dpv:hasLegalBasis"] = declared("safeguard", t.Safeguard)
	}
	return n
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
