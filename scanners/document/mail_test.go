package document

import (
	"strings"
	"testing"
)

const letterText = "From: =?iso-8859-1?q?Zo=E9?= <zoe@courrier.example>\r\nTo: b@courrier.example\r\nSubject: Dossier\r\nDate: Thu, 04 May 2023 10:11:12 +0200\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
	"=E9t=E9 1=3D2\r\n--XX\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+Qm9uIDxiPmpvdXI8L2I+PC9wPg==\r\n" +
	"--XX\r\nContent-Type: text/csv; name=\"p.csv\"\r\nContent-Disposition: attachment; filename=\"p.csv\"\r\n\r\nnom;age\nA;1\n\r\n--XX--\r\n"

func TestMail(t *testing.T) {
	o := read(t, "m.eml", []byte(letterText))
	for _, want := range []string{"From: Zoé <zoe@courrier.example>", "Subject: Dossier", "été 1=2", "Bon jour"} {
		if !strings.Contains(o.text.String(), want) {
			t.Errorf("%q is not in %q", want, o.text.String())
		}
	}
	if got := strings.Join(o.lines, "|"); got != "2 nom=A|2 age=1" {
		t.Errorf("attachment: %s", got)
	}
	if len(o.unread) > 0 || strings.Join(o.dates, "") != "2023-05-04" {
		t.Errorf("unread %v, dates %v", o.unread, o.dates)
	}
}

func TestMbox(t *testing.T) {
	box := "From a Thu May  4\n" + letterText + "\nFrom b Thu May  4\n" + letterText
	o := read(t, "b.mbox", []byte(box))
	if n := strings.Count(o.text.String(), "Bon jour"); n != 2 || len(o.unread) > 0 {
		t.Errorf("%d messages, unread %v", n, o.unread)
	}
}

func FuzzMail(f *testing.F) {
	f.Add([]byte(letterText))
	f.Add([]byte("From a\n" + letterText))
	f.Fuzz(func(t *testing.T, b []byte) {
		read(t, "m.eml", b)
		read(t, "m.mbox", b)
	})
}

func TestHTML(t *testing.T) {
	o := read(t, "p.html", []byte("<html>\n<!-- caché -->\n<p>N<b>I</b>R&nbsp;: 1</p>\n<img alt='photo'><script>x</script>\n<a href=\"mailto:a@b.example\">x</a>\n<table><tr><th>Nom<th>Age</tr>\n<tr><td>A</td><td>1</td></tr></table>\nfin"))
	text := o.text.String()
	if !strings.Contains(text, "caché") || !strings.Contains(text, "NIR\u00a0: 1") || !strings.Contains(text, "photo") || !strings.Contains(text, "mailto:a@b.example") || strings.Contains(text, "x</") {
		t.Errorf("%q", text)
	}
	if got := strings.Join(o.lines, "|"); got != "7 Nom=A|7 Age=1" {
		t.Errorf("table: %s", got)
	}
}

func TestHTMLTablesThatArrange(t *testing.T) {
	data := "<table><tr><th>Nom<th>Age</tr>\n<tr><td>A</td><td>1</td></tr></table>"
	for name, page := range map[string]string{
		"by its role":     "<table role=presentation><tr><td>Menu</td><td>Accueil</td></tr></table>\n" + data,
		"around another":  "<table><tr><td>Menu</td><td>Accueil\n" + data + "</td></tr></table>",
		"around, by role": "<table role='none'><tr><td>Menu</td><td>Accueil\n" + data + "</td></tr></table>",
	} {
		o := read(t, "p.html", []byte(page))
		if got := strings.Join(o.lines, "|"); got != "3 Nom=A|3 Age=1" {
			t.Errorf("%s: table %s", name, got)
		}
		if text := o.text.String(); !strings.Contains(text, "Menu") || !strings.Contains(text, "Accueil") {
			t.Errorf("%s: %q", name, text)
		}
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<table><tr><td>a<table><td>b</table>"))
	f.Fuzz(func(t *testing.T, b []byte) { read(t, "p.html", b) })
}
