package policy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
)

// transfersOf writes the transfers of a draft: of the document, then of each treatment.
func transfersOf(r *register.Register) string {
	say := func(t register.Transfers) string {
		if t.None {
			return "none"
		}
		var all []string
		for _, x := range t.List {
			all = append(all, fmt.Sprint(x.Recipient, "/", x.Country, "/", x.Safeguard))
		}
		return strings.Join(all, " ")
	}
	out := []string{"document=" + say(r.Document.Transfers)}
	for _, t := range r.Treatments {
		out = append(out, t.ID+"="+say(t.Transfers))
	}
	return strings.Join(out, "; ")
}

const twoSections = `# Politique de confidentialité

## 1. Lettre d'information

Avec votre consentement, nous envoyons une lettre mensuelle par l'intermédiaire de Mailchimp (États-Unis)%s. Votre adresse électronique est gardée jusqu'à votre désinscription.

## 2. Vidéosurveillance

L'entrée est filmée, sur la base de notre intérêt légitime, pour la sécurité des biens. Les images sont effacées au bout d'un mois.
%s`

// A transfer told in the section of one treatment is that treatment's, not everyone's.
func TestTransfersGoToTheirTreatment(t *testing.T) {
	for _, tt := range []struct{ why, within, after, want string }{
		{"told in a section", ", sous clauses contractuelles types", "", "document=; lettre-information=Mailchimp/US/scc; videosurveillance="},
		{"completed by a section on transfers", "", "\n## 3. Transferts hors de l'Union européenne\n\nVos données sont transférées à Mailchimp (États-Unis) sous clauses contractuelles types.\n", "document=; lettre-information=Mailchimp/US/scc; videosurveillance="},
		{"beside one of the document", ", sous clauses contractuelles types", "\n## 3. Transferts hors de l'Union européenne\n\nVos données sont transférées à Zendesk (États-Unis).\n", "document=Zendesk/US/; lettre-information=Mailchimp/US/scc; videosurveillance="},
		{"an exception to a refusal", ", sous clauses contractuelles types", "\n## 3. Transferts hors de l'Union européenne\n\nAucune autre donnée n'est transférée hors de l'Union européenne.\n", "document=none; lettre-information=Mailchimp/US/scc; videosurveillance="},
	} {
		p, err := Read("p.md", fmt.Appendf(nil, twoSections, tt.within, tt.after))
		if err != nil {
			t.Fatal(err)
		}
		if got := transfersOf(p.Draft); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.why, got, tt.want)
		}
	}
}
