package policy

import (
	"slices"
	"testing"
)

// Sentences that go on behind the value of a field are read as sentences, and verbs
// that stand before a colon as labels.
func TestFieldsThatGoOn(t *testing.T) {
	r, err := Read("p.txt", []byte("Politique de confidentialité\n\nBilletterie\nFinalité : vendre les places. Base légale : contrat. Sont concernés : les spectateurs. Données traitées : nom, adresse électronique ; "+
		"numéro de carte bancaire, conservé treize mois à compter du débit. Nous les conservons trois ans à compter de l'achat. Elles sont transmises à : clubs affiliés, trésorier.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Draft.Treatments) != 1 {
		t.Fatalf("%d treatments", len(r.Draft.Treatments))
	}
	one := r.Draft.Treatments[0]
	var kept, to []string
	for _, k := range one.Retention {
		kept = append(kept, k.Duration)
	}
	for _, p := range one.Recipients {
		to = append(to, p.Name)
	}
	slices.Sort(kept)
	if !slices.Equal(kept, []string{"P13M", "P3Y"}) || !slices.Equal(to, []string{"clubs affiliés", "trésorier"}) || !slices.Equal(one.DataSubjects, []string{"les spectateurs"}) {
		t.Errorf("kept %q, given to %q, about %q", kept, to, one.DataSubjects)
	}
}
