package detectors_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// tableOf makes a segment of lines of cells parted by semicolons, the first a
// header.
func tableOf(container, table string) *item.Segment {
	header, body, _ := strings.Cut(table, "\n")
	seg := &item.Segment{Kind: item.Table, Text: []byte(body)}
	var cells item.Cells
	at := 0
	for n, line := range strings.Split(body, "\n") {
		for i, cell := range strings.Split(line, ";") {
			cells = append(cells, item.Cell{Column: i, Start: at, End: at + len(cell), Line: n + 2})
			at += len(cell) + 1
		}
	}
	names := strings.Split(header, ";")
	for _, name := range names {
		seg.Columns = append(seg.Columns, item.Column{Container: container, Name: name, Neighbours: names})
	}
	seg.Grid = cells
	return seg
}

// spoken returns the categories surely found, by column, with their evidence.
func spoken(t *testing.T, seg *item.Segment) (found []string) {
	t.Helper()
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	e, err := all.Engine(r)
	if err != nil {
		t.Fatal(err)
	}
	s := e.Scanner()
	s.Begin(item.Location{Path: "a"}, detectors.Options{})
	if err := s.Add(seg); err != nil {
		t.Fatal(err)
	}
	for _, f := range s.End() {
		if f.Confidence >= detectors.Sure {
			found = append(found, f.At.Column+" "+f.Category)
			if f.Sink != "" {
				found = append(found, f.At.Column+" "+string(f.Sink))
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestCellsAreWeighedAgainstTheName(t *testing.T) {
	for name, c := range map[string]struct{ table, column string }{
		"dates of a password":   {"nom;prenom;date_mot_de_passe\nDurand;Odette;2024-01-02\nVauclair;Jean;2024-03-04", "date_mot_de_passe"},
		"days written in words": {"nom;prenom;date_mot_de_passe\nDurand;Odette;02/01/2024\nVauclair;Jean;04.03.2024", "date_mot_de_passe"},
		"answers":               {"nom;prenom;mot_de_passe_change\nDurand;Odette;oui\nVauclair;Jean;non", "mot_de_passe_change"},
		"masked":                {"nom;prenom;mot_de_passe\nDurand;Odette;******\nVauclair;Jean;****", "mot_de_passe"},
		"consent to be called":  {"nom;prenom;telephone\nDurand;Odette;oui\nVauclair;Jean;non", "telephone"},
	} {
		found := spoken(t, tableOf("compte", c.table))
		if slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, c.column+" ") }) {
			t.Errorf("%s: found %v", name, found)
		}
		if !slices.Contains(found, "prenom person_name") {
			t.Errorf("%s: nothing of the persons beside: %v", name, found)
		}
	}
}

func TestCellsThatAgreeLeaveTheName(t *testing.T) {
	found := spoken(t, tableOf("compte", "nom;date_naissance;handicap;mot_de_passe\nDurand;1980-01-02;oui;Tournesol-58\nVauclair;1970-03-04;non;oui"))
	for _, want := range []string{"date_naissance birth_date", "handicap health", "mot_de_passe credential"} {
		if !slices.Contains(found, want) {
			t.Errorf("%s missing in %v", want, found)
		}
	}
}

func TestLabelsOfAScreenAreNobodys(t *testing.T) {
	for _, table := range []string{
		"phone;mot_de_passe;welcome\nPhone;Mot de passe;Bienvenue",
		"telephone;prenom;birth_date\nTéléphone;Prénom;Date de naissance",
	} {
		if found := spoken(t, tableOf("ecran", table)); len(found) > 0 {
			t.Errorf("labels are taken for data: %v", found)
		}
	}
	if found := spoken(t, tableOf("fiche", "nom;prenom;date_naissance\nVauclair;Odette;1980-01-02")); !slices.Contains(found, "date_naissance birth_date") {
		t.Errorf("a record is taken for labels: %v", found)
	}
}

// A column of reasons says what its cells say, however few of them do.
func TestFewTellingCells(t *testing.T) {
	for _, c := range []struct{ table, want string }{
		{"nom;prenom;motif\nDurand;Odette;dialyse\nVauclair;Jean;visite\nRoux;Luc;dialyse\nMorel;Ada;visite", "motif health"},
		{"nom;prenom;Motif de la demande\nDurand;Odette;sortie de détention\nVauclair;Jean;visite\nRoux;Luc;mutation\nMorel;Ada;visite\nBlin;Eve;visite", "Motif de la demande criminal_record"},
	} {
		if found := spoken(t, tableOf("demande", c.table)); !slices.Contains(found, c.want) {
			t.Errorf("%s missing in %v", c.want, found)
		}
	}
	if found := spoken(t, tableOf("materiel", "code;motif\n1;dialyse\n2;visite\n3;dialyse")); len(found) > 0 {
		t.Errorf("a table of nobody: %v", found)
	}
}

// What stands beside persons is theirs: a code in clear is a secret of one, a
// pack of a medicine is what one takes. In a list of products it is goods.
func TestCodesBesidePersons(t *testing.T) {
	if found := spoken(t, tableOf("stock", "libelle;CIP;prix\nBoîte;3400999999991;2\nTube;3400999999991;3")); len(found) > 0 {
		t.Errorf("medicines of a shop: %v", found)
	}
	found := spoken(t, tableOf("delivrance", "nom;prenom;CIP;code_pin\nDurand;Odette;3400999999991;4821\nVauclair;Jean;3400999999991;1650"))
	for _, want := range []string{"CIP health", "code_pin plaintext"} {
		if !slices.Contains(found, want) {
			t.Errorf("%s missing in %v", want, found)
		}
	}
}
