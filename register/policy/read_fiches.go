package policy

import "strings"

// A fiche is what is said of one treatment as fields: in a paragraph ("Paie.
// Finalités : … Base légale : …"), or line by line under a heading.
type fiche struct {
	name    string
	no      int
	fields  []*statement
	lead    []*statement // sentences before the first field
	section *section
	block   *block
}

// readFiches makes a treatment of each group of fields.
func (d *reading) readFiches() {
	var open *fiche
	closeOpen := func() {
		if open != nil {
			d.readFiche(open)
		}
		open = nil
	}
	for i := 0; i < len(d.statements); {
		s := d.statements[i]
		j := i
		for j < len(d.statements) && d.statements[j].block == s.block {
			j++
		}
		group := d.statements[i:j]
		i = j
		if open != nil && (open.section != s.section || d.tableBetween(open.block, s.block)) {
			closeOpen()
		}
		if !hasFields(group) {
			continue
		}
		if open == nil || d.beginsFiche(open, group) {
			closeOpen()
			open = d.newFiche(group)
		}
		for _, x := range group {
			if x.field != "" {
				open.fields = append(open.fields, x)
			} else {
				open.lead = append(open.lead, x)
			}
		}
		open.block = s.block
	}
	closeOpen()
}

func hasFields(group []*statement) bool {
	for _, s := range group {
		if s.field != "" {
			return true
		}
	}
	return false
}

func (d *reading) tableBetween(a, b *block) bool { return false }

// beginsFiche tells whether a block opens another fiche: it has a name before
// its fields, or says again what the open one has said.
func (d *reading) beginsFiche(open *fiche, group []*statement) bool {
	if group[0].field == "" || group[0].field == "name" {
		return true
	}
	for _, f := range open.fields {
		if f.field == group[0].field && f.block != group[0].block && (f.field == "purpose" || open.name != "" && open.fields[0].field == f.field) {
			return true
		}
	}
	return false
}

// newFiche names a fiche: by the words before its first field, by its field
// "Traitement", by the heading above, by its purpose.
func (d *reading) newFiche(group []*statement) *fiche {
	s := group[0]
	f := &fiche{section: s.section, no: s.no, block: s.block}
	switch {
	case s.field == "name":
		f.name = s.text
	case s.field == "":
		f.name = leadName(s)
	case s.section != nil && s.section.topic == "" && !s.section.whole:
		f.name, f.no = s.section.title, s.section.no
	case s.section != nil && !generic()[s.section.topic] && !s.section.whole:
		f.name, f.no = s.section.title, s.section.no
	}
	return f
}

// generic topics never name a treatment.
var generic = stopSet("definitions rights dpo transfers retention recipients bases data purposes treatments identity scope changes roles mandatory source profiling contact")

// leadName is the name that a lead gives: what stands before its colon, else its
// first sentence when it is short.
func leadName(s *statement) string {
	head, _, ok := strings.Cut(s.text, ":")
	if !ok {
		head = s.text
	}
	if i := strings.Index(head, " – "); i > 0 && !ok {
		head = head[:i]
	}
	if len(strings.Fields(head)) > 14 {
		return ""
	}
	return strings.Trim(head, " .–-")
}

// readFiche makes the treatment, when its fields say enough to be one.
func (d *reading) readFiche(f *fiche) {
	kinds := map[string]bool{}
	purpose := ""
	for _, s := range f.fields {
		switch s.field {
		case "purpose", "basis", "data", "retention", "recipients", "subjects":
			kinds[s.field] = true
		}
		if s.field == "purpose" && purpose == "" {
			purpose = s.text
		}
	}
	if len(kinds) == 1 && len(f.lead) > 0 && f.name != "" && d.collects(f.lead[0]) {
		kinds["lead"] = true
	}
	if len(kinds) < 2 || !kinds["purpose"] && !kinds["basis"] && !kinds["data"] {
		return
	}
	name := f.name
	if name == "" {
		name = purpose
	}
	if name == "" {
		return
	}
	t := d.addTreatment(shortName(name), f.no, sureField)
	t.section = f.section
	for _, s := range f.fields {
		s.treatment, s.taken = t, true
		d.readField(t, s.field, s.text, s.no)
	}
	if f.section != nil && f.name == f.section.title {
		for _, s := range d.statements {
			if s.section == f.section && s.treatment == nil && s.field == "" {
				s.treatment = t
			}
		}
	}
	for _, s := range f.lead {
		s.treatment = t
		if p := d.purposeIn(s); p != "" {
			t.purposes = appendNew(t.purposes, p)
		}
	}
	d.markProcessor(t)
}
