package document

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSettingsAndXML(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		columns          []string
		cells            string
	}{
		{
			"YAML", "f.yaml", "client:\n  nom: Zoé\n  tel: \"0639980102\"\nliste:\n  - nom: A\n    age: 3\n# x: y\n",
			[]string{"f.", "f.client", "client.nom", "client.tel", "f.liste", "liste.nom", "liste.age"},
			"nom=Zoé|tel=0639980102|nom=A|age=3",
		},
		{"INI", "f.ini", "[base]\nhote = x\n; a = b\nmot de passe=1\n", []string{"f.", "f.base", "base.hote", "base.mot de passe"}, "hote=x|mot de passe=1"},
		{
			"XML", "f.xml", "<?xml version='1.0'?>\n<clients>\n<c:client id=\"7\"><nom>Zoé</nom><ville cp='38'/></c:client>\n<!-- <x>y</x> --></clients>",
			[]string{"f.", "f.clients", "clients.client", "clients.client.id", "clients.client.nom", "clients.client.ville", "clients.client.ville.cp"},
			"id=7|nom=Zoé|cp=38",
		},
		{"GPX", "f.gpx", "<gpx><trkpt lat=\"45.1885\" lon=\"5.7245\"/></gpx>", []string{"f.", "f.gpx", "gpx.trkpt", "gpx.trkpt.lat", "gpx.trkpt.lon"}, "lat=45.1885|lon=5.7245"},
	} {
		o := read(t, c.path, []byte(c.text))
		if diff := cmp.Diff(c.columns, o.columns); diff != "" {
			t.Errorf("%s: %s (unread %v)", c.name, diff, o.unread)
		}
		for _, want := range strings.Split(c.cells, "|") {
			found := false
			for _, l := range o.lines {
				_, cell, _ := strings.Cut(l, " ")
				found = found || cell == want
			}
			if !found {
				t.Errorf("%s: no cell %s in %q", c.name, want, o.lines)
			}
		}
	}
}

func FuzzKeyed(f *testing.F) {
	f.Add([]byte("a:\n  b: 1\n"), 1)
	f.Add([]byte("<a b=\"c\"><![CDATA[x]]><!-- y --></a>"), 40_000)
	f.Fuzz(func(t *testing.T, b []byte, n int) {
		if n > 0 && len(b) > 0 {
			b = bytes.Repeat(b, min(n, 1+2*room/len(b)))
		}
		for _, name := range []string{"f.yaml", "f.ini", "f.xml"} {
			o := read(t, name, b)
			for _, u := range o.unread {
				if strings.Contains(u, "reader failed") {
					t.Error(u)
				}
			}
		}
	})
}
