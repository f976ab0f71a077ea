package reconcile

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

func TestSuggest(t *testing.T) {
	src := `ecart: 1
treatments:
  - {id: accueil, name: Accueil, systems: [crm]}
  - {id: paie, name: Paie des salariés, systems: [crm]}
systems:
  - {id: crm, locations: ["db:public.*"]}
  - {id: seul, name: Seul, locations: ["share:seul/**"]}
`
	reg, err := register.Parse("r.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	at := func(target, path string) item.Location { return item.Location{Target: target, Path: path} }
	gaps := []*Gap{
		{Kind: UndeclaredCategory, Category: "iban", At: at("db", "public.salarie.iban")},
		{Kind: UndeclaredCategory, Category: "iban", At: at("db", "public.salarie.rib")},
		{Kind: UndeclaredSystem, Category: "phone", At: at("share", "vrac/‹nir›/contacts.csv")},
		{Kind: UndeclaredSystem, Category: "email", At: at("share", "vrac/b.csv")},
		{Kind: UndeclaredSystem, Category: "email", At: at("share", "a[1].csv")},
		{Kind: UndeclaredCategory, Category: "nir", At: at("share", "seul/x.csv")},
		{Kind: UndeclaredRecipient, Recipient: "unknown-one", At: at("db", "public.visite.x")},
		{Kind: UndeclaredSystem, Category: "phone", At: at("share", "vrac/c.csv"), State: Gone},
		{Kind: RegisterIncomplete, Field: "purposes", At: at("register", "paie")},
	}
	edits := Suggest(r, reg, gaps, map[string]bool{"db": true})
	var got []string
	for _, e := range edits {
		switch {
		case e.NewSystem != nil:
			got = append(got, "system "+e.NewSystem.ID+" "+strings.Join(e.NewSystem.Locations, " "))
		case e.NewTreatment != nil:
			n := e.NewTreatment
			if len(n.LegalBases)+len(n.Purposes) > 0 {
				t.Error("a basis or purpose was made up")
			}
			text := "treatment " + strings.Join(n.Systems, " ")
			for _, d := range n.Data {
				text += " " + d.Category
			}
			got = append(got, text)
		case e.Recipient != nil:
			got = append(got, e.Treatment+" < "+e.Recipient.Name)
		default:
			got = append(got, e.Treatment+" + "+e.Category)
		}
	}
	want := "paie + iban|accueil < unknown-one|system share-vrac share:vrac/**|treatment share-vrac phone email|" +
		`system share-a-1-csv share:/a\[1].csv|treatment share-a-1-csv email|treatment seul nir`
	if strings.Join(got, "|") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.ReplaceAll(want, "|", "\n"))
	}
	out, err := register.Apply("r.yaml", []byte(src), edits)
	if err != nil {
		t.Fatal(err)
	}
	back, err := register.Parse("r.yaml", out)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Claims(at("share", "vrac/x/contacts.csv"), false)) == 0 || len(back.Claims(at("share", "a[1].csv"), false)) == 0 {
		t.Errorf("places are still unclaimed:\n%s", out)
	}
	if again := Suggest(r, back, gaps, map[string]bool{"db": true}); len(again) > 0 {
		t.Errorf("the same gaps call for %d additions again, the first %v", len(again), again[0])
	}
}
