package register

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/goccy/go-yaml/ast"
)

// register reads the whole file.
func (r *reader) register(n ast.Node, reg *Register) {
	has := r.object(n, "register", r.registerFields(reg))
	if _, ok := pairs(n); ok && !has["ecart"] {
		r.fail(n, "ecart", "missing", "start the register with `ecart: 1`")
	}
}

func (r *reader) registerFields(reg *Register) fields {
	return fields{
		"ecart":        r.version,
		"organisation": func(key string, n ast.Node) { r.organisation(key, n, &reg.Organisation) },
		"document":     func(key string, n ast.Node) { r.document(key, n, &reg.Document) },
		"treatments": r.list(func(key string, n ast.Node) {
			reg.Treatments = append(reg.Treatments, r.treatment(key, n))
		}),
		"systems": r.list(func(key string, n ast.Node) {
			reg.Systems = append(reg.Systems, r.system(key, n))
		}),
		"todo": r.texts(&reg.Todo),
	}
}

func (r *reader) version(key string, n ast.Node) {
	if s, _ := scalar(n); s != "1" {
		r.fail(n, key, "unknown format", "this version reads format 1: write `ecart: 1`")
	}
}

func (r *reader) organisation(key string, n ast.Node, o *Organisation) {
	o.Line = line(n)
	r.object(n, key, r.organisationFields(o))
}

func (r *reader) organisationFields(o *Organisation) fields {
	return fields{
		"name": r.text(&o.Name), "siren": r.siren(&o.SIREN),
		"contact": func(key string, n ast.Node) { r.object(n, key, r.partyFields(&o.Contact, n)) },
		"dpo":     r.party(&o.DPO), "representative": r.party(&o.Representative), "todo": r.texts(&o.Todo),
		"source": r.source(&o.Source), "confidence": r.number(&o.Confidence, 1),
	}
}

// siren reads nine digits, however grouped.
func (r *reader) siren(to *string) field {
	return func(key string, n ast.Node) {
		s, _ := scalar(n)
		s = strings.NewReplacer(" ", "", ".", "", "\u00a0", "").Replace(s)
		if !nineDigits.MatchString(s) {
			r.fail(n, key, "not a SIREN", "write its nine digits, in quotes")
			return
		}
		*to = s
	}
}

var nineDigits = pattern.New(`^\d{9}$`)

func (r *reader) party(to **Party) field {
	return func(key string, n ast.Node) {
		p := &Party{}
		r.object(n, key, r.partyFields(p, n))
		*to = p
	}
}

func (r *reader) partyFields(p *Party, n ast.Node) fields {
	p.Line = line(n)
	return fields{
		"name": r.text(&p.Name), "email": r.text(&p.Email), "phone": r.text(&p.Phone),
		"address": r.text(&p.Address), "company": r.text(&p.Company),
		"source": r.source(&p.Source), "confidence": r.number(&p.Confidence, 1),
	}
}

func (r *reader) document(key string, n ast.Node, d *Document) {
	d.Line = line(n)
	d.Has = r.object(n, key, r.documentFields(d))
}

func (r *reader) documentFields(d *Document) fields {
	return fields{
		"purposes": r.texts(&d.Purposes), "legal_bases": r.words(&d.LegalBases, LegalBases),
		"special_category_basis": r.word(&d.SpecialCategoryBasis, SpecialBases),
		"data_subjects":          r.texts(&d.DataSubjects), "data": r.data(&d.Data),
		"retention": r.retention(&d.Retention), "recipients": r.recipients(&d.Recipients),
		"transfers": r.transfers(&d.Transfers), "security": r.measures(&d.Security),
		"profiling": r.text(&d.Profiling), "origin": r.text(&d.Origin), "notes": r.text(&d.Notes),
		"source": r.source(&d.Source), "confidence": r.number(&d.Confidence, 1),
	}
}

func (r *reader) treatment(key string, n ast.Node) Treatment {
	t := Treatment{Line: line(n)}
	t.Has = r.object(n, key, r.treatmentFields(&t))
	if t.ID == "" {
		r.fail(n, "id", "a treatment without an id", "give each treatment a short id, such as `id: paie`")
	}
	if t.Name == "" {
		t.Name = t.ID
	}
	return t
}

func (r *reader) treatmentFields(t *Treatment) fields {
	return fields{
		"id": r.id(&t.ID), "name": r.text(&t.Name), "ref": r.text(&t.Ref),
		"created": r.date(&t.Created), "updated": r.date(&t.Updated),
		"role":         r.word((*string)(&t.Role), Roles),
		"on_behalf_of": r.texts(&t.OnBehalfOf), "joint_controllers": r.texts(&t.JointControllers),
		"purposes": r.texts(&t.Purposes), "legal_bases": r.words(&t.LegalBases, LegalBases),
		"special_category_basis": r.word(&t.SpecialCategoryBasis, SpecialBases),
		"data_subjects":          r.texts(&t.DataSubjects), "data": r.data(&t.Data),
		"retention": r.retention(&t.Retention), "recipients": r.recipients(&t.Recipients),
		"transfers": r.transfers(&t.Transfers), "security": r.measures(&t.Security),
		"systems": r.texts(&t.Systems), "dpia": r.dpia(&t.DPIA),
		"profiling": r.text(&t.Profiling), "origin": r.text(&t.Origin),
		"processor_contract": r.text(&t.ProcessorContract), "notes": r.text(&t.Notes), "todo": r.texts(&t.Todo),
		"source": r.source(&t.Source), "confidence": r.number(&t.Confidence, 1),
	}
}

// An id stands in locations, globs and URLs of reports.
var anID = pattern.New(`^[\p{L}\p{N}][\p{L}\p{N}._-]*$`)

func (r *reader) id(to *string) field {
	return func(key string, n ast.Node) {
		s, _ := scalar(n)
		if !anID.MatchString(s) || len(s) > 100 {
			r.fail(n, key, "not an id", "use letters, digits, '-', '_' and '.', 100 at most")
			s = "?" // said once is enough: not also a missing id
		}
		*to = s
	}
}

var aDate = pattern.New(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)

func (r *reader) date(to *string) field {
	return func(key string, n ast.Node) {
		s, _ := scalar(n)
		if !aDate.MatchString(s) {
			r.fail(n, key, "not a date", "write YYYY-MM-DD")
			return
		}
		*to = s
	}
}

func (r *reader) dpia(to **DPIA) field {
	return func(key string, n ast.Node) {
		d := &DPIA{}
		if s, ok := scalar(n); ok {
			d.Reference = s
		} else {
			r.object(n, key, r.dpiaFields(d))
		}
		*to = d
	}
}

func (r *reader) dpiaFields(d *DPIA) fields {
	return fields{"reference": r.text(&d.Reference), "date": r.date(&d.Date)}
}

func (r *reader) system(key string, n ast.Node) System {
	s := System{Line: line(n)}
	r.object(n, key, r.systemFields(&s))
	if s.ID == "" {
		r.fail(n, "id", "a system without an id", "give each system a short id, such as `id: crm`")
	}
	if s.Name == "" {
		s.Name = s.ID
	}
	return s
}

func (r *reader) systemFields(s *System) fields {
	return fields{
		"id": r.id(&s.ID), "name": r.text(&s.Name), "locations": r.list(r.glob(s)),
		"host": r.host(&s.Host), "todo": r.texts(&s.Todo),
		"source": r.source(&s.Source), "confidence": r.number(&s.Confidence, 1),
	}
}

func (r *reader) glob(s *System) field {
	return func(key string, n ast.Node) {
		text, _ := scalar(n)
		if _, err := item.ParseGlob(text); err != nil {
			r.fail(n, key, "not <target>:<pattern>", "write for instance `repo:src/**` or `crm-db:public.client*`")
			return
		}
		s.Locations = append(s.Locations, text)
		at := r.at(start(n), "", "", "")
		s.LocationLines, s.LocationColumns = append(s.LocationLines, at.Line), append(s.LocationColumns, at.Column)
	}
}

func (r *reader) host(to **Host) field {
	return func(key string, n ast.Node) {
		h := &Host{}
		if s, ok := scalar(n); ok {
			h.Provider = s
		} else {
			r.object(n, key, r.hostFields(h))
		}
		*to = h
	}
}

func (r *reader) hostFields(h *Host) fields {
	return fields{"provider": r.text(&h.Provider), "country": r.country(&h.Country)}
}
