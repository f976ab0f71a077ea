package code

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

func builtin(t testing.TB) *vocabulary {
	t.Helper()
	v, err := load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Every recipient is whole, and no clue points at two of them.
func TestRecipientsAreWhole(t *testing.T) {
	files, err := rules.Sources[[]rules.Recipient](nil, "recipients")
	if err != nil {
		t.Fatal(err)
	}
	owner := map[string]string{}
	count := 0
	for _, f := range files {
		for i := range f.Body {
			r := &f.Body[i]
			count++
			if r.ID == "" || r.Name == "" || r.Kind == "" || len(r.Country) != 2 || !strings.HasPrefix(r.Source, "https://") || len(r.AsOf) != 10 {
				t.Errorf("%s: %s lacks id, name, kind, country, source or date", f.Name, r.ID)
			}
			clues := map[string][]string{"id": {r.ID}, "host": r.Hosts, "npm": r.NPM, "pypi": r.PyPI, "composer": r.Composer, "maven": r.Maven, "go": r.Go, "nuget": r.NuGet, "gem": r.Gem, "pod": r.Pod, "env": r.Env, "spf": r.SPF}
			for kind, list := range clues {
				for _, c := range list {
					key := kind + " " + packName(kind, c)
					if other, twice := owner[key]; twice {
						t.Errorf("%s stands for %s and for %s", key, other, r.ID)
					}
					owner[key] = r.ID
				}
			}
			for _, h := range r.Hosts {
				if h != strings.ToLower(h) || strings.ContainsAny(h, "/: ") || !strings.Contains(h, ".") {
					t.Errorf("%s: %q is no host", r.ID, h)
				}
			}
		}
	}
	if count < 300 {
		t.Errorf("%d recipients", count)
	}
}

// The examples of each entry hold.
func TestRecipientExamples(t *testing.T) {
	files, err := rules.Sources[[]rules.Recipient](nil, "recipients")
	if err != nil {
		t.Fatal(err)
	}
	v := builtin(t)
	for _, f := range files {
		for i := range f.Body {
			r := &f.Body[i]
			for _, h := range r.Hit {
				if got := v.third.byClue(h); got != r.ID {
					t.Errorf("%s: %q is %q, want %s", f.Name, h, got, r.ID)
				}
			}
			for _, m := range r.Miss {
				if got := v.third.byClue(m); got == r.ID {
					t.Errorf("%s: %q is taken for %s", f.Name, m, got)
				}
			}
		}
	}
}

// byClue finds a recipient by "host x", "npm x", "spf x" or "region cloud x".
func (t *thirds) byClue(clue string) string {
	kind, what, _ := strings.Cut(clue, " ")
	switch kind {
	case "host":
		if r, _ := t.hostOf(what, "", false); r != nil {
			return r.ID
		}
	case "spf":
		if i, ok := t.spf[what]; ok {
			return t.list[i].ID
		}
	case "region":
		cloud, region, _ := strings.Cut(what, " ")
		if t.clouds[cloud][region] != "" {
			return cloud
		}
	default:
		if r := t.packageOf(kind, what); r != nil && !r.Twin {
			return r.ID
		}
	}
	return ""
}

// A host tells the country of the data, not of the group.
func TestHostCountries(t *testing.T) {
	v := builtin(t)
	for _, c := range []struct{ why, host, path, id, country string }{
		{"an EU region of a US group", "o1.ingest.de.sentry.io", "/2", "sentry", "DE"},
		{"a bucket in Paris", "rdv.s3.eu-west-3.amazonaws.com", "/", "aws", "FR"},
		{"a bucket in Virginia, old style", "s3-us-west-2.amazonaws.com", "/", "aws", "US"},
		{"no region said", "rdv.s3.amazonaws.com", "/", "aws", ""},
		{"S3-compatible, and French", "s3.fr-par.scw.cloud", "/", "scaleway", "FR"},
		{"the vendor's documentation", "docs.stripe.com", "/payments", "", ""},
		{"a link to a profile", "www.facebook.com", "/kinevolant", "", ""},
		{"an interface below the bare domain", "slack.com", "/api/chat.postMessage", "slack", ""},
		{"a name that only ends alike", "notstripe.com", "/v1", "", ""},
		{"a first label for the region", "eu.i.posthog.com", "/", "posthog", "DE"},
	} {
		r, country := v.third.hostOf(c.host, c.path, false)
		id := ""
		if r != nil {
			id = r.ID
		}
		if id != c.id || country != c.country {
			t.Errorf("%s: %s is %q in %q, want %q in %q", c.why, c.host, id, country, c.id, c.country)
		}
	}
}

// A list of many hosts says what is known or blocked, a few say what is called.
func TestListsOfHosts(t *testing.T) {
	list := "const blocked = ["
	for i := range 20 {
		list += "'a" + string(rune('a'+i)) + ".example.com', "
	}
	list += "'api.stripe.com'];\nconst email = 1;\n"
	if s := readText(t, "a.ts", list); len(s.Thirds) > 0 {
		t.Errorf("a list: %v", s.Thirds)
	}
	if s := readText(t, "a.ts", "const hosts = ['api.stripe.com', 'a.example.com'];\nconst email = 1;\n"); len(s.Thirds) != 1 {
		t.Errorf("two hosts: %v", s.Thirds)
	}
}
