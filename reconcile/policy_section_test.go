package reconcile

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register/policy"
	"github.com/ecart-rgpd/ecart/rules"
)

const sectioned = `# Politique de confidentialité

Responsable du traitement : Les Ateliers du Lavoir, contact@lavoir.example.

## Lettre d'information

Écrivez-nous.

## Dossiers médicaux

Finalité : suivre votre santé. Base légale : contrat. Données : allergies, état de santé. Conservation : deux ans. Destinataires : accueil.
`

// A treatment with a section of its name is not absent from the policy.
func TestPolicySectionNamesTreatment(t *testing.T) {
	for _, g := range policyGaps(t, sectioned, wholeRegister) {
		if strings.Contains(g, "/treatment register:lettre") {
			t.Error(g)
		}
	}
}

// What is said of a treatment of the policy says that it is the policy's.
func TestPolicySaysWhose(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Rules: r, Date: "2026-11-22"}
	if in.Policy, err = policy.Read("politique.md", []byte(sectioned)); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, g := range CheckPolicy(in).Gaps {
		if !strings.Contains(g.Detail.Message.FR, "article 9(2)") {
			continue
		}
		seen++
		if !strings.Contains(g.Detail.Message.FR, "dans la politique publiée, le traitement «") || !strings.Contains(g.Detail.Message.EN, "in the published policy, treatment \"") {
			t.Errorf("%+v", g.Detail.Message)
		}
	}
	if seen == 0 {
		t.Error("no gap about health data")
	}
}
