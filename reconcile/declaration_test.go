package reconcile

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

const declarationDate = "2026-11-22"

// declared returns the gaps of a register as `kind/field[/category] place:line level`.
func declaredGaps(t *testing.T, src string) (lines []string, gaps []Gap) {
	t.Helper()
	reg, err := register.Parse("registre.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	gaps, err = Declarations(r, reg, OnRegister, declarationDate)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gaps {
		name := string(g.Kind) + " " + g.Field
		if g.Category != "" {
			name += "/" + g.Category
		}
		lines = append(lines, fmt.Sprintf("%s %s:%d %s", name, g.At.Path, g.At.Line, g.Level))
	}
	sort.Strings(lines)
	return lines, gaps
}

const organisation = `ecart: 1
organisation: {name: La Clairière, contact: {email: contact@clairiere.example}, dpo: {name: DPO, email: dpo@clairiere.example}}
`

// whole is a treatment in good order; tests change one thing.
var whole = map[string]string{
	"id": "t", "name": "Suivi des commandes", "role": "controller", "purposes": "[Livraison des commandes]", "legal_bases": "[contract]",
	"data_subjects": "[acheteurs]", "data": "[{category: email, retention: {duration: P1Y, starts: livraison}}]",
	"recipients": "[{name: Service logistique, country: FR}]", "transfers": "none", "security": "[Contrôle d'accès]", "systems": "[]",
}

// with returns a register of one treatment, changed; an empty value drops the key.
func with(changes ...string) string {
	t := map[string]string{}
	for k, v := range whole {
		t[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		t[changes[i]] = changes[i+1]
	}
	var keys []string
	for k := range t {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	b := strings.Builder{}
	b.WriteString(organisation + "treatments:\n  - id: t\n")
	for _, k := range keys {
		if k != "id" && k != "hosts" && t[k] != "" {
			fmt.Fprintf(&b, "    %s: %s\n", k, t[k])
		}
	}
	return b.String() + t["hosts"]
}

func TestDeclarations(t *testing.T) {
	health := "[{category: health, retention: {duration: P1Y}}]"
	nir := "[{category: nir, retention: {duration: P5Y}}]"
	keep := func(d string) string { return "[{category: email, retention: {duration: " + d + "}}]" }
	for _, test := range []struct {
		why  string
		src  string
		want []string // substrings of the gaps, in order; nil: none at all
	}{
		{"in good order", with(), nil},
		{"no purposes", with("purposes", "[]"), []string{"register-incomplete purposes t:4 error"}},
		{"no persons, no data", with("data_subjects", "", "data", ""), []string{"register-incomplete data t:4 error", "register-incomplete data_subjects t:4 error", "register-incomplete retention t:4 warning"}},
		{"empty recipients and security", with("recipients", "[]", "security", "[]"), []string{"register-incomplete recipients t:4 warning", "register-incomplete security t:4 warning"}},
		{"no retention", with("data", "[{category: email}]"), []string{"register-incomplete retention t:4 warning"}},
		{"retention of one category", with("data", "[{category: email}, {category: phone, retention: P1Y}]"), []string{"register-incomplete retention t:5 note"}},
		{"retention for the whole treatment", with("data", "[{category: email}]", "retention", "{criterion: durée du compte}"), nil},
		{"nothing of transfers", with("transfers", ""), []string{"register-incomplete transfers t:4 note"}},
		{"no role", with("role", ""), []string{"register-incomplete role t:4 note"}},
		{"a processor owes less", with("role", "processor", "on_behalf_of", "[Mairie]", "data", "", "data_subjects", "", "recipients", ""), nil},
		{"a processor for nobody", with("role", "processor"), []string{"register-incomplete on_behalf_of t:4 warning"}},
		{"a controller on behalf of another", with("on_behalf_of", "[Mairie]"), []string{"declaration-to-check r30-roles t:4 warning"}},

		{"health under a contract", with("data", health), []string{"missing-legal-basis r9-1/health t:5 error"}},
		{"health under no basis", with("data", health, "legal_bases", ""), []string{"missing-legal-basis r9-1/health t:5 error"}},
		{"health under consent", with("data", health, "legal_bases", "[consent]"), []string{"declaration-to-check r9-2 t:5 warning"}},
		{"health under a legal obligation", with("data", health, "legal_bases", "[legal_obligation]"), []string{"declaration-to-check r9-3 t:5 note"}},
		{"health under a condition", with("data", health, "special_category_basis", "health_care"), nil},
		{"a ground of Art. 10 carries no health", with("data", health, "special_category_basis", "official_authority"), []string{"missing-legal-basis r9-1/health t:5 error"}},
		{"offences under a contract", with("data", "[{category: criminal_record, retention: P1Y}]"), []string{"missing-legal-basis r10/criminal_record t:5 error"}},
		{"offences by authority", with("data", "[{category: criminal_record, retention: P1Y}]", "special_category_basis", "official_authority"), nil},

		{"the NIR in payroll", with("data", nir, "name", "Paie", "purposes", "[Calcul des salaires]", "data_subjects", "[salariés]"), nil},
		{"the NIR for declarations", with("data", nir, "name", "RH", "purposes", "[Déclarations sociales]"), nil},
		{"the NIR in care", with("data", nir, "name", "Dossier patient", "purposes", "[Prise en charge des soins]"), nil},
		{"the NIR in recruitment", with("data", nir, "name", "Recrutement", "purposes", "[Sélection des candidats]", "data_subjects", "[candidats]"), []string{"declaration-to-check rp-4 t:5 warning", "nir-not-authorised rnir-2/nir t:5 error"}},
		{"the NIR of clients", with("data", nir, "data_subjects", "[clients]"), []string{"nir-not-authorised rnir-4/nir t:5 error"}},
		{"the NIR for the works council", with("data", nir, "name", "Comité social et économique", "purposes", "[Chèques vacances]"), []string{"nir-not-authorised rnir-5/nir t:5 error"}},
		{"the NIR for nothing known", with("data", nir, "data_subjects", "[visiteurs]"), []string{"nir-not-authorised rnir-1/nir t:5 error"}},
		{"recruitment and payroll", with("data", nir, "name", "Personnel", "purposes", "[Recrutement, Paie]"), []string{}},

		{"prospects for five years", with("name", "Prospection", "purposes", "[Envoi de catalogues]", "data", keep("P5Y")), []string{"declaration-to-check rp-1 t:5 warning"}},
		{"prospects for three years", with("name", "Gestion des prospects", "data", keep("P36M")), nil},
		{"prospects who became clients", with("name", "Clients et prospects", "data", "[{category: email, retention: {duration: P5Y, starts: fin de la relation commerciale}}]"), nil},
		{"candidates for two years", with("name", "Recrutement", "data", keep("P2Y")), nil},
		{"candidates for five years", with("name", "Recrutement", "data", keep("P5Y")), []string{"declaration-to-check rp-4 t:5 warning"}},
		{"invoices for five years", with("name", "Facturation", "data", keep("P5Y")), []string{"declaration-to-check rp-2 t:5 warning"}},
		{"invoices for five years and an archive", with("name", "Facturation", "data", "[{category: email, retention: {duration: P5Y, archive: {duration: P5Y}}}]"), nil},
		{"invoices for ten years", with("name", "Facturation aux prospects", "data", keep("P10Y")), nil},
		{"payroll for six years without declarations", with("name", "Paie", "data", keep("P6Y")), []string{"declaration-to-check rp-3a t:5 warning"}},
		{"payroll for six years with declarations", with("name", "Paie", "purposes", "[Déclarations à l'URSSAF]", "data", keep("P6Y")), nil},
		{"electronic payslips", with("name", "Bulletins de paie électroniques", "data", keep("P50Y")), nil},
		{"cameras for three months", with("name", "Vidéosurveillance des locaux", "data", "[{category: photo_or_media, retention: P3M}]"), []string{"declaration-to-check rp-6 t:5 warning"}},
		{"cameras for thirty days", with("name", "Vidéosurveillance des locaux", "data", "[{category: photo_or_media, retention: P30D}]"), nil},
		{"vehicles for a year", with("name", "Suivi des véhicules", "data", "[{category: geolocation, retention: P1Y}]", "dpia", "AIPD-1"), []string{"declaration-to-check rp-5a t:5 warning"}},
		{"vehicles for a year as proof", with("name", "Suivi des véhicules", "purposes", "[Preuve des livraisons]", "data", "[{category: geolocation, retention: P1Y}]", "dpia", "AIPD-1"), nil},
		{"logs for two years", with("name", "Journalisation des accès", "data", "[{category: ip_address, retention: P2Y}]"), []string{"declaration-to-check rp-7 t:5 warning"}},
		{"a card for thirteen months", with("name", "Paiement", "data", "[{category: payment_card, retention: P13M}]"), nil},
		{"a card for two years", with("name", "Paiement", "data", "[{category: payment_card, retention: P2Y}]"), []string{"declaration-to-check rp-8c t:5 warning"}},
		{"a security code", with("name", "Paiement", "data", "[{category: payment_card, retention: {duration: P1D, subject: cryptogramme}}]"), []string{"declaration-to-check rp-8a t:5 warning"}},
		{"cookies for two years", with("name", "Site", "data", "[{category: online_activity, retention: {duration: P2Y, subject: cookies}}]"), []string{"declaration-to-check rck-1 t:5 warning"}},
		{"audience for 25 months", with("name", "Mesure d'audience", "data", "[{category: online_activity, retention: P25M}]"), nil},

		{"kept without limit", with("data", "[{category: email}]", "retention", "{criterion: illimitée}"), []string{"register-incomplete retention t:4 warning"}},
		{"a host abroad", with("systems", "[s]", "transfers", "", "hosts", "systems:\n  - {id: s, host: {provider: X, country: US}}\n"), []string{"register-incomplete transfers t:15 error"}},
		{"a recipient abroad, and none declared", with("recipients", "[{name: X, country: US}]"), []string{"declaration-to-check rt-2 t:10 warning"}},
		{"a group based abroad, and none declared", with("recipients", "[{name: Stripe, country: IE}]"), []string{"declaration-to-check rt-2-group t:10 note"}},
		{"a transfer without safeguard", with("transfers", "[{country: IN, recipient: X}]"), []string{"declaration-to-check rt-1 t:14 warning"}},
		{"a transfer to an adequate country", with("transfers", "[{country: CH, recipient: X}]"), nil},
		{"a transfer with clauses", with("transfers", "[{country: US, recipient: X, safeguard: scc}]"), nil},
		{"adequacy for some", with("transfers", "[{country: US, recipient: X, safeguard: adequacy}]"), []string{"declaration-to-check rt-1-dpf t:14 note"}},
		{"adequacy for none", with("transfers", "[{country: IN, recipient: X, safeguard: adequacy}]"), []string{"declaration-to-check rt-1-adequacy t:14 warning"}},
		{"the Privacy Shield", with("transfers", "[{country: US, recipient: X, safeguard: privacy_shield}]"), []string{"declaration-to-check rt-1-shield t:14 warning"}},
		{"a transfer to nowhere", with("transfers", "[{recipient: X, safeguard: scc}]"), []string{"declaration-to-check rt-1-country t:14 note"}},
		{"a transfer within the Union", with("transfers", "[{country: IE, recipient: X}]"), nil},

		{"prospecting by e-mail", with("name", "Envoi de newsletters", "legal_bases", "[legitimate_interests]"), []string{"declaration-to-check rc-2 t:4 warning"}},
		{"prospecting with consent", with("name", "Envoi de newsletters", "legal_bases", "[consent, legitimate_interests]"), nil},
		{"prospecting professionals", with("name", "Newsletter aux professionnels", "legal_bases", "[legitimate_interests]"), nil},
		{"profiling in a word", with("profiling", "oui"), []string{"declaration-to-check rprof t:4 warning"}},
		{"no profiling", with("profiling", "aucun"), nil},
		{"profiling with its logic", with("profiling", "Score calculé selon les achats"), nil},
		{"a processor without contract", with("recipients", "[{name: X, country: FR, kind: processor}]"), []string{"declaration-to-check r28 t:10 note"}},
		{"a processor with a contract", with("recipients", "[{name: X, country: FR, kind: processor}]", "processor_contract", "C-1"), nil},
		{"identity papers for rights", with("name", "Exercice des droits", "data", "[{category: id_document, retention: P1M}]"), []string{"declaration-to-check rid t:4 note"}},
		{"health and patients", with("data", health, "special_category_basis", "health_care", "data_subjects", "[patients]"), []string{"declaration-to-check rdpia t:4 note"}},
		{"health and patients, assessed", with("data", health, "special_category_basis", "health_care", "data_subjects", "[patients]", "dpia", "AIPD-1"), nil},
		{"payroll needs no assessment", with("name", "Paie", "data_subjects", "[salariés]", "data", "[{category: iban, retention: P5Y}]"), nil},
		{"care data at a host", with("name", "Dossiers de soins", "data", health, "special_category_basis", "health_care", "systems", "[s]", "hosts", "systems:\n  - {id: s, host: {provider: OVH, country: FR}}\n"), []string{"declaration-to-check rhds t:4 note"}},
		{"no organisation, no treatments", "ecart: 1\n", []string{"organisation.contact organisation:1 warning", "organisation.dpo organisation:1 note", "organisation.name organisation:1 warning", "treatments organisation:1 warning"}},
	} {
		t.Run(test.why, func(t *testing.T) {
			got, _ := declaredGaps(t, test.src)
			if test.why == "recruitment and payroll" {
				got = slices.DeleteFunc(got, func(g string) bool { return !strings.Contains(g, "nir") })
			}
			ok := len(got) == len(test.want)
			for i := range min(len(got), len(test.want)) {
				ok = ok && strings.Contains(got[i], test.want[i])
			}
			if !ok {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// Every rule speaks both languages, gives no verdict, cites its law and names a
// check that exists.
func TestLawRulesAreWhole(t *testing.T) {
	all, err := rules.LawRules()
	if err != nil {
		t.Fatal(err)
	}
	verdict := regexp.MustCompile(`(?i)non[- ]conforme|conforme|illégal|violation|illegal|unlawful`)
	ids := map[string]bool{}
	for _, r := range all {
		if ids[r.ID] {
			t.Errorf("%s twice", r.ID)
		}
		ids[r.ID] = true
		known := slices.Contains([]string{"organisation", "absent-in-format", "retention-longer", "retention-shorter", "transfer-group", "mention", "claim", "mismatch", "code-cookie", "code-visits", "code-purge", "code-consent"}, r.Check)
		if _, ok := checks[r.Check]; !ok && !known {
			t.Errorf("%s: no check %s", r.ID, r.Check)
		}
		text := []string{r.Title.FR, r.Title.EN}
		if r.Check != "retention" {
			text = append(text, r.Message.FR, r.Message.EN, r.Next.FR, r.Next.EN)
		}
		for _, s := range text {
			if s == "" || verdict.MatchString(s) {
				t.Errorf("%s: wording %q", r.ID, s)
			}
		}
		if len(r.Law) == 0 && !strings.HasPrefix(r.Check, "retention-") {
			t.Errorf("%s cites no law", r.ID)
		}
		for _, l := range r.Law {
			if l.Article == "" || !strings.HasPrefix(l.Source, "https://") || l.AsOf == "" || l.ID == "" {
				t.Errorf("%s: law %+v", r.ID, l)
			}
		}
		if Kind(r.Gap) == DeclarationToCheck && r.Level == string(Error) {
			t.Errorf("%s: never above a warning", r.ID)
		}
		for _, iso := range []string{r.Max, r.Min} {
			if _, ok := register.ParseSpan(iso); iso != "" && !ok {
				t.Errorf("%s: %s is no duration", r.ID, iso)
			}
		}
	}
	if _, err := openLawBook(); err != nil {
		t.Error(err)
	}
}

// A transfer message without the date of its list cannot be judged later.
func TestMessagesAreFilled(t *testing.T) {
	_, gaps := declaredGaps(t, with("transfers", "[{country: IN, recipient: X}]", "data", "[{category: health, retention: P20Y}]", "name", "Prospection"))
	for _, g := range gaps {
		for _, s := range []string{g.Detail.Message.FR, g.Detail.Message.EN, g.Detail.Next.FR, g.Detail.Next.EN} {
			if strings.Contains(s, "{recipient") || strings.Contains(s, "()") || strings.ContainsAny(s, "{") && !strings.Contains(s, "`") {
				t.Errorf("%s: %s", g.Field, s)
			}
		}
		if strings.HasPrefix(g.Field, "rt-") && !strings.Contains(g.Detail.Message.FR, "2026-11-22") {
			t.Errorf("no date: %s", g.Detail.Message.FR)
		}
	}
}

func TestAbsentInFormatIsNeverMissing(t *testing.T) {
	reg, err := register.Parse("r.yaml", []byte(with("legal_bases", "", "data", "[{category: health, retention: P1Y}]")))
	if err != nil {
		t.Fatal(err)
	}
	reg.Format, reg.Absent = "cnil", []string{"legal_bases", "systems"}
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	gaps, err := Declarations(r, reg, OnRegister, declarationDate)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gaps {
		if g.Level != Note || !strings.Contains(g.Detail.Message.FR, "non déclaré dans ce format") {
			t.Errorf("%s %s: %s", g.RuleID(), g.Level, g.Detail.Message.FR)
		}
	}
	if len(gaps) != 2 {
		t.Errorf("%d gaps", len(gaps))
	}
}
