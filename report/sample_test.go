package report

import (
	"fmt"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// hostile are names that would break out of a page, a cell, a line or a list.
var hostile = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `=HYPERLINK("x")`, "a\nb::error::x", `]]>`, `{{.}}`, `${x}`, "`x`|y|[z](u)", "\u202egnp.exe", `<!--`, "+1;@SUM(A1)",
}

// sample is a made-up result of n gaps at p places, with every kind of gap.
func sample(tb testing.TB, n, p int, names []string) *reconcile.Result {
	tb.Helper()
	r, err := rules.Load()
	if err != nil {
		tb.Fatal(err)
	}
	kinds := []reconcile.Kind{
		reconcile.UndeclaredSystem, reconcile.UndeclaredCategory, reconcile.UndeclaredRecipient, reconcile.UndeclaredTransfer, reconcile.MissingLegalBasis,
		reconcile.NIRNotAuthorised, reconcile.RetentionExceeded, reconcile.PlaintextCredential, reconcile.ForbiddenData, reconcile.PersonalDataInHistory,
		reconcile.PersonalDataInLogs, reconcile.DeclaredNotObserved, reconcile.RegisterIncomplete, reconcile.DeclarationToCheck, reconcile.PolicyRegisterMismatch,
	}
	categories := []string{"nir", "iban", "email", "phone", "person_name", "health", "birth_date", "postal_address", "licence_plate", "religion", "geolocation"}
	res := &reconcile.Result{
		Register: "registre.yaml", Date: "2026-11-22", Rules: r, Targets: []reconcile.Target{{Name: "partage"}, {Name: "base", Tables: true}},
		Coverage: map[string]*item.Coverage{
			"partage": {Items: 9, Read: 7, Bytes: 4200, Skipped: map[string]int{"font": 1}, Unread: []item.Unread{{At: item.Location{Target: "partage", Path: "vieux.zip"}, Reason: "encrypted"}}},
			"base":    {Items: 1, Read: 1},
		},
		Declared: &register.Register{
			File: "registre.yaml", Organisation: register.Organisation{Name: "Les Ateliers du Gué"},
			Treatments: []register.Treatment{
				{ID: "paie", Name: "Paie", Line: 4, Data: []register.Datum{{Category: "nir"}, {Category: "identity"}}, Systems: []string{"rh"}, Recipients: []register.Recipient{{Name: "Service RH", Country: "FR"}}},
				{ID: "accueil", Name: "Accueil", Line: 12, Data: []register.Datum{{Category: "email"}}, Systems: []string{"rh"}},
			},
			Systems: []register.System{{ID: "rh", Name: "Dossiers RH", Line: 30, Locations: []string{"partage:**"}}},
		},
	}
	for i := range n {
		k := kinds[i%len(kinds)]
		name := fmt.Sprintf("f%d.csv", i)
		if len(names) > 0 {
			name = names[i%len(names)]
		}
		at := item.Location{Target: "partage", Path: fmt.Sprintf("dossier-%d/%s", i%p, name), Place: item.Place{Line: i%90 + 1}}
		g := reconcile.Gap{
			Kind: k, Category: categories[i%len(categories)], At: at, Object: at.String(), Level: []reconcile.Level{reconcile.Error, reconcile.Warning, reconcile.Note}[i%3], Cover: reconcile.Omitted,
			Count: i%40 + 1, Confidence: 0.9, Evidence: detectors.ByValue, Anchor: reconcile.Anchor{File: "ecart.yaml", Line: 3}, System: "rh", Treatment: "paie", Oldest: "2014-05-13",
		}
		g.Detail.Name = "Dossiers RH"
		switch k {
		case reconcile.UndeclaredRecipient, reconcile.UndeclaredTransfer:
			g.Category, g.Recipient, g.Detail.FoundName = "", "mailjet", first(append(names, "Mailjet")...)
		case reconcile.RegisterIncomplete, reconcile.DeclarationToCheck, reconcile.PolicyRegisterMismatch:
			g.Category, g.Field, g.At.Target, g.At.Path = "", "retention", "register", "paie"
			g.Object = fmt.Sprintf("register:paie%d", i)
		case reconcile.PersonalDataInLogs:
			g.Flow = []item.Step{{Line: 3, Note: "telephone"}, {Line: 5, Note: name}}
		}
		if i%50 == 49 {
			g.Accepted = &reconcile.Accepted{Reason: "Décision du comité " + name, By: "dpo", Until: "2099-01-01"}
		}
		res.Gaps = append(res.Gaps, g)
		if g.Category != "" {
			res.Seen = append(res.Seen, reconcile.Sighting{Target: "partage", Place: reconcile.Place(at, false), Category: g.Category, Systems: []string{"rh"}, Objects: i%30 + 1})
		}
	}
	return res
}
