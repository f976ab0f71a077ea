package document

import (
	"strings"
	"testing"
)

func TestCard(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"folded":           {"BEGIN:VCARD\r\nEMAIL:a@courr\r\n ier.example\r\nEND:VCARD\r\n", "EMAIL:a@courrier.example\n\nEND:VCARD"},
		"quoted-printable": {"BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:H=C3=A9l=\nène\nEND:VCARD\n", "Hélène\n\nEND"},
		"escapes":          {"BEGIN:VCALENDAR\nDESCRIPTION:a\\, b\\nc\\;d\nEND:VCALENDAR", "DESCRIPTION:a, b c;d\n"},
		"picture":          {"BEGIN:VCARD\nPHOTO;ENCODING=b:" + strings.Repeat("QUJD", 100_000) + "\n QUJD\nFN:A\n", "VCARD\nPHOTO;ENCODING=b\n\nFN:A"},
	} {
		o := read(t, "f.vcf", []byte(c.text))
		if got := o.text.String(); !strings.Contains(strings.ToUpper(got), strings.ToUpper(c.want)) || len(o.unread) > 0 {
			t.Errorf("%s: %.200q, want %q in it (unread %v)", name, got, c.want, o.unread)
		}
	}
}

// Whose a card is does not hang on the order of its lines, and nothing is left out of any.
func TestCardOwner(t *testing.T) {
	for name, c := range map[string]struct {
		lines string // parted by |
		want  string // "", "name", or "firm"
	}{
		"display name only": {"FN:Anne Essai|N:;;;;", "name"},
		"no N":              {"FN:Anne Essai", "name"},
		"person":            {"FN:Anne Essai|N:Essai;Anne;;;|ORG:Essai SA", ""},
		"first name only":   {"FN:Anne|N:;Anne;;;", ""},
		"group":             {"FN:Famille Essai|KIND:group|N:;;;;", "name"},
		"individual":        {"FN:Essai SA|ORG:Essai SA|KIND:individual", ""},
		"organisation":      {"FN:Essai|KIND:org", "firm"},
		"called after it":   {"FN:essai SA|ORG:Essai SA;Achats|N:;;;;", "firm"},
		"of an employer":    {"FN:Anne Essai|ORG:Essai SA|N:;;;;", "name"},
		"grouped lines":     {"item1.FN:Essai SA|item1.ORG:Essai SA", "firm"},
		"shown as a firm":   {"FN:Essai|N:Essai;;;;|ORG:Essai SA|X-ABShowAs:COMPANY", "firm"},
		"born":              {"FN:Essai SA|ORG:Essai SA|BDAY:1985-03-01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			lines := append(strings.Split(c.lines, "|"), "TEL;TYPE=WORK:01 99 00 12 00", "item2.ADR:;;3 rue du Bac;Paris;;75011;")
			for range lines {
				lines = append(lines[1:], lines[0])
				text := "BEGIN:VCARD\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCARD\r\n"
				o := read(t, "f.vcf", []byte(text+text))
				if got := strings.TrimSpace(o.text.String()); got != strings.TrimSpace(strings.ReplaceAll(text+text, "\r", "")) {
					t.Errorf("left out of the text: %q", got)
				}
				if n := len(o.cards); n != 2 && c.want != "" || n != 0 && c.want == "" {
					t.Fatalf("%q: cards %v, want %q", lines, o.cards, c.want)
				}
				for _, card := range o.cards {
					if strings.Contains(card, " true ") != (c.want == "firm") || !strings.HasSuffix(card, ` BEGIN:VCARD "END:VCARD"`) {
						t.Errorf("%q: card %s, want %q", lines, card, c.want)
					}
				}
			}
		})
	}
}

// A card in pieces is a person's, and those after it stand where they say.
func TestCardTooLong(t *testing.T) {
	long := "BEGIN:VCARD\nKIND:org\n" + strings.Repeat("NOTE:"+strings.Repeat("a b ", 1000)+"\n", 400) + "END:VCARD\n"
	o := read(t, "f.vcf", []byte(long+"BEGIN:VCARD\nKIND:org\nFN:Essai\nEND:VCARD\n"))
	if want := `Essai true BEGIN:VCARD "END:VCARD"`; len(o.cards) != 1 || o.cards[0] != want {
		t.Errorf("cards %v, want %s", o.cards, want)
	}
}

func FuzzCard(f *testing.F) {
	f.Add([]byte("BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:=C3=\n=A9\n x\nEND:VCARD"))
	f.Add([]byte("END:VCALENDAR\nBEGIN:VCARD\nBEGIN:VCARD\nFN:A\nEND:VCARD\nEND:VCARD"))
	f.Fuzz(func(t *testing.T, b []byte) { read(t, "f.ics", append([]byte("BEGIN:VCALENDAR\n"), b...)) })
}
