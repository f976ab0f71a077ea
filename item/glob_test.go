package item

import (
	"strings"
	"testing"
)

func TestGlobFiles(t *testing.T) {
	for _, test := range []struct {
		glob, path string
		want       bool
	}{
		{"share:paie/**", "paie/2023/mars.xlsx", true},
		{"share:paie/**", "paie", true},
		{"share:paie/**", "rh/paie/mars.xlsx", false}, // a '/' roots the pattern
		{"share:paie/**", "paie2/mars.xlsx", false},
		{"share:paie", "paie/2023/mars.xlsx", true},
		{"share:paie", "rh/paie/mars.xlsx", true}, // no '/': at any depth
		{"share:paie/", "rh/paie/mars.xlsx", true},
		{"share:/paie", "rh/paie/mars.xlsx", false},
		{"share:./paie", "paie/a.csv", true},
		{"share:*.csv", "a/b/c.csv", true},
		{"share:*.csv", "a/b/c.csv.gz", false},
		{"share:*.zip", "a/old.zip!/paie.csv", true}, // a container claims what is in it
		{"share:old.zip!/paie.csv", "old.zip!/paie.csv", true},
		{"share:old.zip!/paie.csv", "old.zip!/rh.csv", false},
		{"share:a/*/c", "a/b/c/d.txt", true},
		{"share:a/*/c", "a/b/b/c", false},
		{"share:a/**/c", "a/c", true},
		{"share:a/**/c", "a/x/y/c/z", true},
		{"share:**/tests", "a/b/tests/x", true},
		{"share:**", "anything/at/all", true},
		{"share:.", "anything", true},
		{"share:*", "anything/at/all", true},
		{"share:a/*", "a/b/c", true},
		{"share:a/*", "a", false},
		{"share:Paie", "paie/a", false}, // files: case counts
		{"share:rapport-202?", "rapport-2023/x", true},
		{"share:rapport-[0-9]*", "rapport-7.txt", true},
		{"share:rapport-[!0-9]*", "rapport-7.txt", false},
		{"share:a[b", "a[b/c", true},
		{`share:a\*`, "a*", true},
		{`share:a\*`, "ab", false},
		{"share:e\u0301te\u0301", "été/a.txt", true}, // NFD in the register, NFC in locations
		{"share:été?", "étés", true},
	} {
		g, err := ParseGlob(test.glob)
		if err != nil {
			t.Errorf("%s: %v", test.glob, err)
			continue
		}
		if got := g.MatchFile(test.path); got != test.want {
			t.Errorf("%s on %s: %v", test.glob, test.path, got)
		}
	}
}

func TestGlobTables(t *testing.T) {
	for _, test := range []struct {
		glob, path string
		want       bool
	}{
		{"db:paie.*", "paie.salarie", true},                  // a schema, any table
		{"db:paie.*", "public.paie", true},                   // or a table, any column
		{"db:paie.*", "public.paie.iban", true},              //
		{"db:paie.*", "public.salarie", false},               //
		{"db:public.client*", "public.clients.email", true},  //
		{"db:public.client*", "PUBLIC.CLIENT_OLD", true},     // case is ignored
		{"db:public.client*", "autre.client", false},         //
		{"db:client", "public.client.email", true},           // the schema may be left out
		{"db:client.email", "public.client.email", true},     //
		{"db:client.email", "public.client.phone", false},    //
		{"db:public.client.email", "public.client", false},   // one column does not claim its table
		{"db:public.salarie.*", "public.salarie", true},      //
		{"db:public.salarie.*", "public.salarie.iban", true}, //
		{"db:*", "public.client", true},
		{"db:**", "public.client", true},
		{"db:public", "public.client.email", true},
		{"db:public/client", "public.client.email", true},
		{"db:p*c.*.email", "public.client.email", true},
	} {
		g, err := ParseGlob(test.glob)
		if err != nil {
			t.Errorf("%s: %v", test.glob, err)
			continue
		}
		if got := g.MatchTable(test.path); got != test.want {
			t.Errorf("%s on %s: %v", test.glob, test.path, got)
		}
	}
}

func TestParseGlobRefuses(t *testing.T) {
	for _, s := range []string{"", "paie", ":paie", "share:", " share:paie", "https://example.org/x"} {
		if _, err := ParseGlob(s); err == nil {
			t.Errorf("%q is taken for a location", s)
		}
	}
}

// Patterns come from files: none may take exponential time. One that did would
// not end before the time limit of the tests.
func TestGlobStaysCheap(t *testing.T) {
	if (Glob{"x", strings.Repeat("**/", 500) + "z"}).MatchFile(strings.Repeat("a/", 500)) {
		t.Error("z is taken for a")
	}
	if (Glob{"x", strings.Repeat("*a", 500) + "b"}).MatchFile(strings.Repeat("a", 2000)) {
		t.Error("a text of a is taken to end with b")
	}
}
