package reconcile

import (
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/policy"
	"github.com/ecart-rgpd/ecart/rules"
)

const wholePolicy = `Politique de protection des données
Responsable du traitement : Les Ateliers du Lavoir, 4 quai du Lavoir, contact@lavoir.example.

Inscriptions. Finalité : inscription aux ateliers. Base légale : contrat. Personnes : participants. Données : nom, téléphone. Conservation : deux ans à compter de l'inscription. Destinataires : accueil.
Lettre. Finalité : envoi de la lettre. Base légale : consentement, que vous pouvez retirer à tout moment. Personnes : abonnés. Données : adresse électronique. Conservation : un an. Destinataires : Brevo.

Aucune donnée n'est transférée hors de l'Union européenne. Les données marquées d'un astérisque sont obligatoires.
Vous disposez des droits d'accès, de rectification, d'effacement, de limitation, d'opposition et de portabilité, et pouvez donner des directives sur vos données après votre décès. Vous pouvez introduire une réclamation auprès de la CNIL.
`

const wholeRegister = `ecart: 1
organisation: {name: Les Ateliers du Lavoir, contact: {email: contact@lavoir.example}}
treatments:
  - {id: inscriptions, name: Inscriptions, role: controller, purposes: [Inscription aux ateliers], legal_bases: [contract], data_subjects: [participants],
     data: [{category: person_name, retention: {duration: P24M}}, {category: phone, retention: {duration: P2Y}}], recipients: [{name: Accueil}], transfers: none}
  - {id: lettre, name: Lettre d'information, role: controller, purposes: [Envoi de la lettre], legal_bases: [consent], data_subjects: [abonnés],
     data: [{category: email, retention: {duration: P1Y}}], recipients: [{name: Brevo, country: FR}], transfers: none}
`

func policyGaps(t *testing.T, text, reg string) []string {
	t.Helper()
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Rules: r, Date: "2026-11-22"}
	if in.Policy, err = policy.Read("politique.txt", []byte(text)); err != nil {
		t.Fatal(err)
	}
	if reg != "" {
		if in.Register, err = register.Parse("registre.yaml", []byte(reg)); err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	for _, g := range CheckPolicy(in).Gaps {
		out = append(out, string(g.Level)+" "+g.RuleID()+" "+g.At.String())
	}
	slices.Sort(out)
	return out
}

func TestPolicyAgrees(t *testing.T) {
	if got := policyGaps(t, wholePolicy, wholeRegister); len(got) > 0 {
		t.Errorf("a whole policy and its register: %s", strings.Join(got, "; "))
	}
}

func TestPolicyGaps(t *testing.T) {
	for _, tt := range []struct{ name, old, new, oldReg, newReg, want string }{
		{"retention differs", "deux ans à compter", "trois ans à compter", "", "", "warning policy-register-mismatch/retention policy:inscriptions"},
		{"basis differs", "", "", "legal_bases: [contract]", "legal_bases: [legitimate_interests]", "warning policy-register-mismatch/legal_bases policy:inscriptions"},
		{"category in the policy alone", "nom, téléphone", "nom, téléphone, date de naissance", "", "", "warning policy-register-mismatch/birth_date policy:inscriptions"},
		{"category in the register alone", "nom, téléphone", "nom", "", "", "warning policy-register-mismatch/phone register:inscriptions"},
		{"the NIR in the register alone weighs more", "", "", "{category: phone,", "{category: nir, retention: {duration: P2Y}}, {category: phone,", "error policy-register-mismatch/nir register:inscriptions"},
		{"recipient in the policy alone", "Destinataires : Brevo", "Destinataires : Brevo, Stripe", "", "", "warning policy-register-mismatch/stripe policy:lettre"},
		{"recipient in the register alone", "", "", "{name: Brevo, country: FR}", "{name: Brevo, country: FR}, {name: Mailjet, country: FR}", "warning policy-register-mismatch/mailjet register:lettre"},
		{"treatment in the register alone", "", "", "  - {id: lettre,", "  - {id: videosurveillance, name: Vidéosurveillance des locaux, purposes: [Sécurité des biens], data: [{category: photo_or_media, retention: {duration: P1M}}]}\n  - {id: lettre,", "note policy-register-mismatch/treatment register:videosurveillance"},
		{"treatment in the policy alone", "Lettre. Finalité", "Badges. Finalité : contrôle d'accès aux locaux. Base légale : intérêt légitime à la sécurité. Données : nom. Conservation : un mois. Destinataires : accueil.\nLettre. Finalité", "", "", "warning policy-register-mismatch/treatment policy:badges"},
		{"no complaint path", " Vous pouvez introduire une réclamation auprès de la CNIL.", "", "", "", "warning register-incomplete/complaint policy:document"},
		{"a right is absent", "de limitation, ", "", "", "", "warning register-incomplete/rights policy:document"},
		{"no withdrawal", ", que vous pouvez retirer à tout moment", "", "", "", "note register-incomplete/consent_withdrawal policy:document"},
		{"no basis", " Base légale : contrat.", "", "", "", "warning register-incomplete/legal_bases policy:inscriptions"},
		{"no transfer beside a US group", "Destinataires : Brevo", "Destinataires : Dropbox", "{name: Brevo, country: FR}", "{name: Dropbox, country: US}", "note declaration-to-check/rc13-transfer policy:document"},
		{"all mandatory though on consent", "Les données marquées d'un astérisque sont obligatoires", "Toutes les données demandées sont obligatoires", "", "", "warning declaration-to-check/rc13-mandatory policy:document"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, reg := wholePolicy, wholeRegister
			if tt.old != "" {
				text = strings.Replace(text, tt.old, tt.new, 1)
			}
			if tt.oldReg != "" {
				reg = strings.Replace(reg, tt.oldReg, tt.newReg, 1)
			}
			if text == wholePolicy && reg == wholeRegister {
				t.Fatal("the case changes nothing")
			}
			if got := policyGaps(t, text, reg); !slices.Contains(got, tt.want) {
				t.Errorf("want %s, got %s", tt.want, strings.Join(got, "; "))
			}
		})
	}
}

// A location that no purpose uses is a gap of the policy alone.
func TestPolicyDataWithoutPurpose(t *testing.T) {
	text := "Politique de confidentialité\n\nPourquoi collectons-nous vos données ?\n- La gestion des commandes\n- Le service après-vente\n\nQuelles données collectons-nous ?\n- Votre position GPS\n- Votre nom\n"
	if got := policyGaps(t, text, ""); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "declaration-to-check/geolocation") }) {
		t.Errorf("no gap for the location: %s", strings.Join(got, "; "))
	}
}
