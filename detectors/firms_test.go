package detectors_test

import (
	"slices"
	"testing"
)

// The mailbox and the telephone of a firm are nobody's, whatever the column is
// called; the name and mailbox of the one to ask for there are a person's.
func TestContactsOfFirms(t *testing.T) {
	of := "code;nom;siren;contact;standard\n"
	found := spoken(t, tableOf("compagnie", of+"C0;Assurances Inventées;552100554;courtiers@inventees.example;01 99 00 60 00\nC1;Mutuelle Essai;552100554;courtiers@essai.example;01 99 00 61 00"))
	for _, f := range []string{"contact person_name", "contact email", "standard phone"} {
		if slices.Contains(found, f) {
			t.Errorf("a person's: %v", found)
		}
	}
	found = spoken(t, tableOf("compagnie", "code;nom;contact_prenom;contact;portable\nC0;Essai;Odette;o.vauclair@essai-sa.fr;06 39 98 00 01\nC1;Autre;Jean;j.durand@autre-sa.fr;06 39 98 00 02"))
	for _, f := range []string{"contact email", "portable phone"} {
		if !slices.Contains(found, f) {
			t.Errorf("%s missing in %v", f, found)
		}
	}
}
