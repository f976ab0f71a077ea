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

func FuzzCard(f *testing.F) {
	f.Add([]byte("BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:=C3=\n=A9\n x\nEND:VCARD"))
	f.Fuzz(func(t *testing.T, b []byte) { read(t, "f.ics", append([]byte("BEGIN:VCALENDAR\n"), b...)) })
}
