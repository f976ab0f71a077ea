package code

import (
	"slices"
	"testing"
)

// Members of types are read by their lines; what functions keep is left alone.
func TestMembers(t *testing.T) {
	for _, c := range []struct {
		path, text string
		want       []string
	}{
		{"a.swift", "struct Traileur: Codable {\n    var nomFamille: String\n    private(set) var telUrgence: String?\n    func f() {\n        let adresse: String = \"\"\n    }\n}\n", []string{"nomFamille", "telUrgence"}},
		{"a.rs", "pub struct Neighbour {\n    pub legal_name: String,\n    pub last_ip: std::net::IpAddr,\n}\nfn f() {\n    let x = Neighbour {\n        legal_name: name.clone(),\n    };\n}\n", []string{"legal_name", "last_ip"}},
		{"a.dart", "class Suivi {\n  final String surnomPatient;\n  String? email;\n  Suivi(this.surnomPatient);\n  void f() {\n      String email = '';\n  }\n}\n", []string{"surnomPatient", "email"}},
		{"a.scala", "final case class Conseiller(\n  patronymeNaissance: String,\n  casierB2: Option[String] = None\n)\n", []string{"patronymeNaissance", "casierB2"}},
	} {
		var got []string
		for _, col := range readText(t, c.path, c.text).Columns {
			got = append(got, col.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.path, got, c.want)
		}
	}
}
