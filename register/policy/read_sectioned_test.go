package policy

import (
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
)

// What a section says of its data is said of these alone, and its title is nobody's name.
func TestSectionSpeaksForItself(t *testing.T) {
	p, err := Read("p.md", []byte("# Politique de confidentialité de la mairie\n\n## Cantine\n\nLes données de la cantine (nom, allergies) sont conservées deux ans et ne sont jamais transmises à des tiers. Elles ne sont jamais transmises à des tiers.\n\n## Paie\n\nLes données de paie sont conservées 5 ans. Destinataire : URSSAF.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if o := p.Draft.Organisation; o.Name == "Cantine" || o.Name == "Paie" || o.Contact != (register.Party{}) {
		t.Errorf("%+v", o)
	}
	if !slices.Contains(p.Headings, "Cantine") {
		t.Error(p.Headings)
	}
	if line := p.ClaimLine("no-recipient"); line != 0 {
		t.Error(line)
	}
	limits := p.Draft.Document.Retention
	for _, x := range p.Draft.Treatments {
		limits = append(limits, x.Retention...)
	}
	for _, r := range limits {
		if r.Starts != "" {
			t.Errorf("%+v", r)
		}
	}
	general, err := Read("p.md", []byte("# Politique de confidentialité\n\nVos données ne sont jamais transmises à des tiers.\n\n## Destinataires\n\nMailchimp reçoit votre adresse.\n"))
	if err != nil || general.ClaimLine("no-recipient") == 0 {
		t.Error("what is said of all data is the document's", err)
	}
}

func TestSectionDenial(t *testing.T) {
	p, err := Read("p.txt", []byte("Politique de confidentialité\n\nLa société Durbec (contact@durbec.example) est responsable.\n\n## Cantine\n\nCes données ne sont jamais transmises à des tiers.\n\n## Paie\n\nLe NIR sert à la paie (obligation légale). Destinataire : URSSAF.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if line := p.ClaimLine("no-recipient"); line != 0 {
		t.Error(line)
	}
}
