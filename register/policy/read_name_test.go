package policy

import (
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
)

func TestInnerArticle(t *testing.T) {
	p, err := Read("p.md", []byte("# Politique de confidentialité\n\nL'association Les Mésanges, 4 place de l'Église, 75999 Valbrune, est responsable du traitement de vos données.\n\n## Inscription\n\nPour inscrire votre enfant, nous recueillons ses nom et prénom. Elles sont transmises à la CAF et à la PMI.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Draft.Organisation.Name != "Les Mésanges" {
		t.Error(p.Draft.Organisation.Name)
	}
	all := p.Draft.Document.Recipients
	for _, x := range p.Draft.Treatments {
		all = append(all, x.Recipients...)
	}
	for _, want := range []string{"CAF", "PMI"} {
		if !slices.ContainsFunc(all, func(r register.Recipient) bool { return r.Name == want }) {
			t.Errorf("no %s in %v", want, all)
		}
	}
}
