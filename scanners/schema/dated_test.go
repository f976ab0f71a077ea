package schema

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

type agesOut struct{ got []string }

func (o *agesOut) Segment(s *item.Segment) error {
	if s.Oldest != "" {
		o.got = append(o.got, s.At.Table+" "+s.Oldest+" "+s.Newest)
	}
	return nil
}
func (*agesOut) Part(*document.File) error    { return nil }
func (*agesOut) Unread(item.Location, string) {}
func (*agesOut) Skipped(string)               {}
func (*agesOut) Dated(string)                 {}

// The rows of a dump or a table of text in a folder are as old as their dates say,
// whatever the date of the file; what is no date of a person says nothing.
func TestDated(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a.sql", "CREATE TABLE client (id int, email varchar(80), date_naissance date, derniere_visite date);\nINSERT INTO client VALUES (1,'a','1970-01-01','2014-03-01'),(2,'b','1980-01-01','2016-04-02');\n", "client 2014-03-01 2016-04-02"},
		{"two.sql", "CREATE TABLE a (id int, created_at timestamp);\nCREATE TABLE b (id int, created_at timestamp);\nINSERT INTO a VALUES (1,'2015-01-01 10:00:00');\nINSERT INTO b VALUES (1,'2020-01-01 10:00:00');\nINSERT INTO a VALUES (2,'2013-01-01 10:00:00');\n", "a 2013-01-01 2015-01-01, b 2020-01-01 2020-01-01"},
		{"copy.sql", "CREATE TABLE a (id integer, created_at date);\nCOPY a (id, created_at) FROM stdin;\n1\t2012-05-06\n2\t2013-05-06\n\\.\n", "a 2012-05-06 2013-05-06"},
		{"oeuvre.sql", "CREATE TABLE oeuvre (id int, titre varchar(80), auteur varchar(80), date_parution date);\nINSERT INTO oeuvre VALUES (1,'x','y','1950-01-01');\n", ""},
		{"edition.sql", "CREATE TABLE livre (id int, auteur varchar(80), annee_edition date, created_at date);\nINSERT INTO livre VALUES (1,'y','1950-01-01','2020-02-03');\n", "livre 2020-02-03 2020-02-03"},
		{"clients.csv", "nom;email;dernier_contact\nA;a@b.example;12/03/2011\nB;b@b.example;01/02/2012\n", "clients 2011-03-12 2012-02-01"},
		{"iso.csv", "nom,naissance,derniere_visite\nA,1970-01-01,2012-01-01\nB,1971-01-01,2013-01-01\n", "iso 2012-01-01 2013-01-01"},
	} {
		f := &document.File{At: item.Location{Path: c.name}, Size: int64(len(c.text)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(c.text)), nil }}
		o := &agesOut{}
		if err := document.Read(context.Background(), Dated(append(formats(), document.Formats()...)), f, o); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(o.got, ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
