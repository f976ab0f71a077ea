package code

import (
	"slices"
	"testing"
)

// Fields that share a line with others, and keys of a literal that is a person.
func TestFieldsOnOneLine(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a.ts", "const patient = {\n  bloodType: 'A+',\n  prenom: form.first,\n};\n", []string{"patient.bloodType", "patient.prenom"}},
		{"a.ts", "export const initial: UserProfile = { email: '', theme: 'dark' };\n", []string{"UserProfile.email", "UserProfile.theme"}},
		{"a.ts", "const labels = { email: 'Email', prenom: 'First name' };\n", nil},
		{"a.ts", "const customerRoutes = { email: '/api/email' };\n", nil},
		{"a.ts", "const customer = { email: '/api/email', prenom: 'Your first name' };\n", nil},
		{"b.go", "package b\n\ntype Patient struct { BloodType string; Email string `json:\"email\"`; N int }\n", []string{"Patient.BloodType", "Patient.Email", "Patient.N"}},
		{"c.py", "class Patient(BaseModel): blood_type: str = \"\"; email: str\n", []string{"Patient.blood_type", "Patient.email"}},
		{"c.py", "class Patient(BaseModel):\n    prenom: str; email: str\n    x = 1; y = 2\n", []string{"Patient.prenom", "Patient.email"}},
		{"c.py", "class Vide(Exception): pass\nemail = 1\n", nil},
	} {
		var got []string
		for _, col := range readText(t, c.name, c.text).Columns {
			got = append(got, col.Container+"."+col.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
