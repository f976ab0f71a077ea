package policy

import (
	"slices"
	"strings"
	"testing"
)

// readingOf reads the blocks and statements of a text.
func readingOf(t *testing.T, name, text string) *reading {
	t.Helper()
	v, err := loadVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	d := &reading{file: name, vocabulary: v}
	d.blocks = v.blocksOf(linesOf(name, []byte(text)))
	d.statements = d.statementsOf()
	return d
}

func TestPurposes(t *testing.T) {
	for _, tt := range []struct {
		why, text string
		want      []string
	}{
		{"only the last verb has an object", "Nous utilisons vos données pour négocier, rédiger et exécuter les mandats, et pour organiser les visites.", []string{"négocier, rédiger et exécuter les mandats", "organiser les visites"}},
		{"only the last noun has an object", "Vos données sont traitées aux fins de la passation, la gestion et l'exécution des contrats.", []string{"passation, la gestion et l'exécution des contrats"}},
		{"what leans on the purpose before", "Ces données servent à inscrire votre enfant et à suivre sa scolarité.", []string{"inscrire votre enfant et à suivre sa scolarité"}},
		{"a duty", "Nous sommes tenus, en tant que professionnel de l'immobilier, de lutter contre le blanchiment.", []string{"lutter contre le blanchiment"}},
		{"no verb in -ier", "Nous utilisons vos données pour le secteur immobilier.", nil},
		{"a main clause that asks", "Pour réserver une table, il suffit d'un nom.", []string{"réserver une table"}},
	} {
		d := readingOf(t, "p.txt", "Politique de confidentialité\n\n"+tt.text+"\n")
		var got []string
		for _, s := range d.statements {
			got = append(got, d.purposesIn(s)...)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestDeeds(t *testing.T) {
	for _, tt := range []struct{ why, text, want string }{
		{"on", "On gère ton adhésion.", "gérer ton adhésion"},
		{"the organisation", "Le service scolaire gère les inscriptions à la cantine.", "gérer les inscriptions à la cantine"},
		{"a participle is no verb", "L'établissement, géré par une association, enregistre l'état civil.", ""},
		{"a thing done", "Les candidatures sont instruites par la commune.", "candidatures"},
		{"a relative clause", "Les personnes qui organisent des stages sont informées.", ""},
		{"no verb at all", "Instruction des demandes d'aide sociale, portage de repas.", "Instruction des demandes d'aide sociale, portage de repas"},
		{"what is sent", "Vous recevez chaque mois l'agenda culturel.", "recevoir l'agenda culturel"},
	} {
		d := readingOf(t, "p.txt", "Politique de confidentialité\n\n"+tt.text+"\n")
		var got []string
		for _, s := range d.statements {
			got = append(got, d.deedsIn(s)...)
		}
		if strings.Join(got, " + ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestUnwrapped(t *testing.T) {
	text := "Quoi ? | Pour quoi faire ? | Jusqu'à\nquand ?\nNom, adresse de\nlivraison | Expédier vos\ncommandes | 5 ans\nE-mail | La gazette | Votre\ndésinscription\n"
	var rows []string
	for _, l := range linesOf("p.txt", []byte(text)) {
		if l.kind != blankLine {
			rows = append(rows, l.text)
		}
	}
	want := []string{"Quoi ? | Pour quoi faire ? | Jusqu'à quand ?", "Nom, adresse de livraison | Expédier vos commandes | 5 ans", "E-mail | La gazette | Votre désinscription"}
	if !slices.Equal(rows, want) {
		t.Errorf("%q", rows)
	}
	// Rows that do not come out even stay as they are.
	for _, l := range linesOf("p.txt", []byte("a | b | c\nd | e | f | g\nh | i\n")) {
		if strings.Count(l.text, "|") > 3 {
			t.Errorf("joined: %q", l.text)
		}
	}
}

func TestRunIn(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"p.md", "**La télérelève.** Dans les communes équipées, un module transmet votre index.\n\n**Les travaux.** Votre numéro peut être utilisé pour prévenir d'une coupure.\n"},
		{"p.html", "<html><p><strong>La télérelève.</strong> Dans les communes équipées, un module transmet votre index.</p><p><b>Les travaux.</b> Votre numéro peut être utilisé pour prévenir d'une coupure.</p>"},
		{"p.txt", "1.1 La télérelève. Dans les communes équipées, un module transmet votre index.\n\n1.2 Les travaux. Votre numéro peut être utilisé pour prévenir d'une coupure.\n"},
	} {
		d := readingOf(t, tt.name, tt.text)
		var titles []string
		for _, b := range d.blocks {
			if b.kind == heading {
				titles = append(titles, b.text)
			}
		}
		if len(titles) != 2 || !strings.HasSuffix(titles[0], "La télérelève") || !strings.HasSuffix(titles[1], "Les travaux") {
			t.Errorf("%s: %q", tt.name, titles)
		}
	}
	// A name in bold is no heading, nor is a field.
	d := readingOf(t, "p.md", "**Planivo SAS**, société par actions simplifiée au capital de 85 200 euros.\n\n**Finalité :** Gestion des commandes de nos clients et de leurs envois.\n\n**Durée :** Cinq ans à compter de la livraison de la commande.\n")
	for _, b := range d.blocks {
		if b.kind == heading {
			t.Errorf("heading %q", b.text)
		}
	}
}
