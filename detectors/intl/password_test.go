package intl

import "testing"

// Made up, all of them. A password is all there is in its cell.
func TestPasswordValues(t *testing.T) {
	for _, c := range []struct {
		why, value string
		want       bool
	}{
		{"word and figures", "Tournesol58", true},
		{"word and sign", "mirabelle!", true},
		{"letters alone are a word", "inconnu", false},
		{"too short", "ab12", false},
		{"a date", "12/03/2024", false},
		{"a mask", "********", false},
		{"bcrypt", "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgc", false},
		{"hash of LDAP", "{SSHA}1a2b3c4d5e6f", false},
		{"hash of Django", "pbkdf2_sha256$260000$abcdef", false},
		{"MD5", "5f4dcc3b5aa765d61d8327deb882cf99", false},
		{"a variable", "${DB_PASSWORD1}", false},
		{"an address", "ninon@courrier.example", false},
		{"the type of a column", "string(128)", false},
		{"no type", "mirabelle(8", true},
	} {
		cells := "ninon;" + c.value + ";12\n"
		m := Password.Verify([]byte(cells), len("ninon;"))
		if got := m.Len > 0; got != c.want || got && (m.Start != len("ninon;") || m.Len != len(c.value)) {
			t.Errorf("%s: %s: %+v, want %v", c.why, c.value, m, c.want)
		}
	}
}

func TestPINValues(t *testing.T) {
	for value, want := range map[string]bool{"4821": true, "00482175": true, "482": false, "482175990": false, "48a1": false, "4821-7": false} {
		m := PIN.Verify([]byte("ninon;"+value+";12\n"), len("ninon;"))
		if got := m.Len > 0; got != want {
			t.Errorf("%s: %+v, want %v", value, m, want)
		}
	}
}
