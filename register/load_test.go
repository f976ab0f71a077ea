package register

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

const sample = `ecart: 1
organisation: {name: Les Aides du Causse, siren: "991 234 568", contact: {email: contact@causse.example}, dpo: {name: DPO, email: dpo@causse.example}}
document:
  legal_bases: [contract]
  retention: {criterion: durée de la relation}
  recipients: [URSSAF]
  transfers: none
treatments:
  # la paie est revue chaque année
  - id: paie
    name: Gestion de la paie
    role: processor
    on_behalf_of: [Mairie de Saint-Rivier]
    purposes: [Paie]
    legal_bases: [contract, legal_obligation]
    special_category_basis: employment_social_security
    data_subjects: salariés
    data:
      - {category: nir, retention: {duration: P5Y, starts: fin du contrat}}
      - category: contact_details
        retention:
          - {duration: P1Y}
          - {duration: P2Y, max: P3Y, subject: visiteurs, archive: {duration: P10Y, starts: clôture}}
      - email
    recipients: [{name: URSSAF, country: fr, kind: internal}]
    transfers: [{country: uk, recipient: Stripe, safeguard: adequacy}]
    security: [Contrôle d'accès des utilisateurs, {kind: Chiffrement des données, detail: TLS}]
    systems: [paie]
    dpia: {reference: AIPD-1, date: 2024-02-01}
    source: {file: politique.txt, line: 60}
    confidence: 0.8
  - {id: vide, name: Vide, recipients: [], security:}
systems:
  - {id: paie, name: Logiciel de paie, locations: ["crm-db:paie.*", "rh-share:paie/**"], host: {provider: OVH, country: FR}}
`

func parse(t *testing.T, src string) *Register {
	t.Helper()
	reg, err := Parse("registre.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestParse(t *testing.T) {
	reg := parse(t, sample)
	p := reg.Treatments[0]
	switch {
	case reg.Organisation.SIREN != "991234568":
		t.Error("siren", reg.Organisation.SIREN)
	case len(reg.Treatments) != 2, p.Line != 10, reg.Treatments[1].Line != 32:
		t.Error("treatments", len(reg.Treatments), p.Line, reg.Treatments[1].Line)
	case len(p.Data) != 3, p.Data[1].Line != 20, p.Data[1].Retention[1].Archive.Duration != "P10Y", p.Data[2].Category != "email":
		t.Errorf("data %+v", p.Data)
	case p.Transfers.List[0].Country != "GB", p.Recipients[0].Country != "FR":
		t.Error("countries")
	case !reg.Document.Transfers.None, reg.Document.Retention[0].Criterion == "", reg.Document.Recipients[0].Name != "URSSAF":
		t.Errorf("document %+v", reg.Document)
	case p.DPIA.Date != "2024-02-01", p.Source.Line != 60, p.Confidence != 0.8, p.Role != Processor, p.DataSubjects[0] != "salariés":
		t.Errorf("treatment %+v", p)
	case !reg.Treatments[1].Has["recipients"], !reg.Treatments[1].Has["security"], reg.Treatments[1].Has["systems"]:
		t.Error("an empty list is a statement, an absent key is none", reg.Treatments[1].Has)
	case reg.Systems[0].LocationLines[1] != 34:
		t.Error("line of a location", reg.Systems[0].LocationLines)
	}
}

// Each wrong register, and what its error must name: place, key and remedy.
func TestErrors(t *testing.T) {
	head := "ecart: 1\norganisation: {name: X}\n"
	one := head + "treatments:\n  - id: a\n    name: A\n    "
	for _, test := range []struct{ why, src, want string }{
		{"unknown key", head + "traitements: []\n", "registre.yaml:3:1: traitements: unknown key; did you mean treatments?"},
		{"unknown key within", one + "legal_basis: [contract]\n", ":6:5: legal_basis: unknown key; did you mean legal_bases?"},
		{"key given twice", one + "name: B\n", ":6:5: name: given twice"},
		{"wrong duration", one + "data:\n      - {category: email, retention: {duration: 3 ans}}\n", ":7:49: duration: not an ISO 8601 duration; write P5Y"},
		{"unknown category", one + "data: [{category: e-mail}]\n", `:6:23: category: unknown category "e-mail"; did you mean email?`},
		{"unknown basis", one + "legal_bases: [contrat]\n", `:6:19: legal_bases: unknown legal bases "contrat"; did you mean contract?`},
		{"unknown role", one + "role: responsable\n", `:6:11: role: unknown role "responsable"; one of: controller, processor`},
		{"unknown condition", one + "special_category_basis: contract\n", ":6:29: special_category_basis: unknown"},
		{"duplicate treatment", one + "role: controller\n  - {id: a}\n", `:7:1: id: a second treatment "a"`},
		{"duplicate system", head + "systems:\n  - {id: s}\n  - {id: s}\n", `:5:1: id: a second system "s"`},
		{"no id", head + "treatments:\n  - name: A\n", ":4:5: id: a treatment without an id"},
		{"an id with spaces", head + "treatments:\n  - id: la paie\n", ":4:9: id: not an id"},
		{"unknown system", one + "systems: [crm]\n", `:4:1: systems: treatment a names an unknown system "crm"; declare it`},
		{"a glob without target", head + "systems:\n  - {id: s, locations: [src/**]}\n", ":4:25: locations: not <target>:<pattern>"},
		{"format 2", "ecart: 2\n", ":1:8: ecart: unknown format"},
		{"no format", "treatments: []\n", ":1:1: ecart: missing"},
		{"a list for the whole", "- a\n", ":1:1: register: not a mapping"},
		{"a text for a treatment", head + "treatments: [paie]\n", ":3:14: treatments: not a mapping"},
		{"a list for a name", one + "ref: [a]\n", ":6:10: ref: not a text"},
		{"transfers in words", one + "transfers: aucun\n", ":6:16: transfers: neither the word none nor a list"},
		{"a most below the least", one + "retention: {duration: P5Y, max: P1Y}\n", "max: shorter than the duration"},
		{"a country that is none", one + "recipients: [{name: X, country: ZZ}]\n", "country: no country has this code"},
		{"a country in words", one + "recipients: [{name: X, country: France}]\n", ":6:37: country: not a country code"},
		{"a date in French", one + "created: 01/02/2024\n", ":6:14: created: not a date; write YYYY-MM-DD"},
		{"an empty file", "", "registre.yaml: empty"},
		{"only a comment", "# rien\n", "registre.yaml: empty"},
		{"two documents", head + "---\n" + head, ":4:6: a second document"},
		{"not YAML", "{{{", "not YAML"},
		{"tabs", "ecart: 1\ntreatments:\n\t- id: a\n", "not YAML"},
		{"binary", "\x00\x01\xff\xfe", "registre.yaml"},
		{"aliases", "ecart: 1\ntreatments: &a [*a,*a,*a]\n", ":2:13: anchors, aliases"},
		{"a tag", "ecart: !!python/object 1\n", ":1:8: tags and directives"},
		{"deep brackets", strings.Repeat("[", 100000), "nested too deeply"},
		{"deep dashes", strings.Repeat("- ", 100000) + "a", "nested too deeply"},
		{"too large", strings.Repeat("#", MaxSize+1), "larger than 16 MiB"},
	} {
		t.Run(test.why, func(t *testing.T) {
			_, err := Parse("registre.yaml", []byte(test.src))
			var one *Error
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			} else if !errors.As(err, &one) || one.File != "registre.yaml" || one.Remedy == "" {
				t.Errorf("not an Error with a remedy: %#v", err)
			}
		})
	}
}

func TestAllErrorsAtOnceInOrder(t *testing.T) {
	_, err := Parse("r.yaml", []byte("ecart: 1\nsystems:\n  - {id: a, hote: b}\ntreatments:\n  - {id: p, rôle: x}\n"))
	var all Errors
	if !errors.As(err, &all) || len(all) != 2 || all[0].Line != 3 || all[1].Line != 5 {
		t.Error(err)
	}
}

// A value typed in the place of a key must not come back in the message.
func TestErrorsQuoteNoValue(t *testing.T) {
	_, err := Parse("r.yaml", []byte("ecart: 1\nodile.fabre@causse.example: x\norganisation: {siren: 0639981234}\ntreatments:\n  - {id: 0639981234 x}\n"))
	if err == nil || strings.Contains(err.Error(), "odile") || strings.Contains(err.Error(), "0639981234") {
		t.Error(err)
	}
}

func TestLoadMissing(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "absent.yaml"))
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "absent.yaml") {
		t.Error(err)
	}
}

func TestClaims(t *testing.T) {
	reg := parse(t, sample)
	for _, test := range []struct {
		at    item.Location
		table bool
		want  bool
	}{
		{item.Location{Target: "crm-db", Path: "public.paie"}, true, true},
		{item.Location{Target: "crm-db", Path: "public.client", Place: item.Place{Column: "nom"}}, true, false},
		{item.Location{Target: "rh-share", Path: "paie/2023/mars.xlsx"}, false, true},
		{item.Location{Target: "nas", Path: "paie/2023/mars.xlsx"}, false, false},
	} {
		if got := reg.Claims(test.at, test.table); (len(got) == 1) != test.want {
			t.Errorf("%s claimed by %d systems", test.at, len(got))
		}
	}
	if len(reg.Using("paie")) != 1 || reg.Treatment("paie") == nil || reg.System("crm") != nil {
		t.Error("treatments of a system")
	}
}

func TestClaimsOneColumn(t *testing.T) {
	reg := &Register{Systems: []System{{ID: "a", Locations: []string{"db:public.client.email"}}}}
	at := item.Location{Target: "db", Path: "public.client", Place: item.Place{Column: "email"}}
	if len(reg.Claims(at, true)) != 1 {
		t.Error("the column named is not claimed")
	}
	at.Column = "phone"
	if len(reg.Claims(at, true)) != 0 {
		t.Error("another column is claimed")
	}
}

func TestUnknownTargets(t *testing.T) {
	src := sample + `  - id: deux
    name: Deux
    locations:
      - "paye:a/**"
      - "paye:b/**"
      - "zzz:c/**"
      - "crm-db:public.*"
`
	reg := parse(t, src)
	err := reg.UnknownTargets([]string{"crm-db", "rh-shares"})
	want := "registre.yaml:34:69: locations: system paie names a target that ecart.yaml does not have \"rh-share\"; did you mean rh-shares? else add it to `targets` of ecart.yaml, or correct or remove the location\n" +
		"registre.yaml:38:9: locations: system deux names targets that ecart.yaml does not have \"paye\" \"zzz\"; add it to `targets` of ecart.yaml, or correct or remove the location"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if err := reg.UnknownTargets([]string{"crm-db", "rh-share", "paye", "zzz"}); err != nil {
		t.Error(err)
	}
}

func TestCovers(t *testing.T) {
	data := []Datum{{Category: "contact_details"}, {Category: "nir"}}
	for _, test := range []struct {
		category, group string
		exact, vague    bool
	}{
		{"nir", "", true, false},
		{"email", "contact_details", false, true},
		{"contact_details", "", true, false},
		{"iban", "bank_details", false, false},
	} {
		if exact, vague := Covers(data, test.category, test.group); exact != test.exact || vague != test.vague {
			t.Errorf("%s: %v %v", test.category, exact, vague)
		}
	}
}

func TestSpan(t *testing.T) {
	for s, want := range map[string]Span{
		"P5Y": {60, 0}, "P13M": {13, 0}, "P1Y6M": {18, 0}, "P2W": {0, 14}, "P30D": {0, 30}, "PT48H": {0, 2}, "P0D": {},
	} {
		if got, ok := ParseSpan(s); !ok || got != want {
			t.Errorf("%s: %v %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "P", "PT", "5Y", "P5", "3 ans", "P-1Y", "p5y", "P1Y2", "P99999999Y", "P1YT"} {
		if got, ok := ParseSpan(s); ok {
			t.Errorf("%q read as %v", s, got)
		}
	}
	year, days := Span{12, 0}, Span{0, 365}
	if days.Longer(year) || year.Longer(days) || !(Span{13, 0}).Longer(year) {
		t.Error("a year is 365 days")
	}
	if s := (Span{26, 3}).String(); s != "P2Y2M3D" {
		t.Error(s)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("ecart: 1\ntreatments: [{id: a, data: [{category: [}]}]"))
	f.Fuzz(func(t *testing.T, src []byte) {
		reg, err := Parse("r.yaml", src)
		if (reg == nil) == (err == nil) {
			t.Error("either a register or an error")
		}
	})
}
