package code

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// The examples of each family hold.
func TestFamilies(t *testing.T) {
	files, err := rules.Sources[words](nil, "code")
	if err != nil {
		t.Fatal(err)
	}
	v := builtin(t)
	for _, f := range files {
		for _, fam := range f.Body.Families {
			if strings.Count(fam.Form, "*") != 1 || len(fam.Hit) == 0 || len(fam.Miss) == 0 {
				t.Errorf("%s: one star, a hit and a miss are wanted", fam.ID)
			}
			for name, id := range fam.Names {
				if _, known := v.third.byID[id]; !known && id != "" {
					t.Errorf("%s: %s is %q, which nobody is", fam.ID, name, id)
				}
			}
			for _, h := range fam.Hit {
				name, id, _ := strings.Cut(h, " = ")
				if r := v.third.family(fam.System, name); r == nil || r.ID != id {
					t.Errorf("%s: %s is %v, want %s", fam.ID, name, r, id)
				}
			}
			for _, m := range fam.Miss {
				if r := v.third.family(fam.System, m); r != nil {
					t.Errorf("%s: %s is taken for %s", fam.ID, m, r.ID)
				}
			}
		}
		for _, id := range f.Body.RunOneself {
			if _, known := v.third.byID[id]; !known {
				t.Errorf("run_oneself: nobody is %q", id)
			}
		}
	}
}

// A setting is known by the service it is for and the words of a credential.
func TestSettingOf(t *testing.T) {
	v := builtin(t)
	for _, c := range []struct {
		why, name string
		loose     bool
		want      string
	}{
		{"capitals", "STRIPE_SECRET_KEY", false, "stripe"},
		{"properties", "stripe.api-key", false, "stripe"},
		{"camel case, nested", "Stripe:SecretKey", false, "stripe"},
		{"the name in two words", "SendGrid:ApiKey", false, "sendgrid"},
		{"a prefix of a tool", "VITE_POSTHOG_KEY", false, "posthog"},
		{"no credential", "STRIPE_COLUMNS", false, ""},
		{"a file of settings says enough", "MAILJET_ENABLED", true, "mailjet"},
		{"in the middle it does not", "USE_MAILJET_ENABLED", true, ""},
		{"a word of the language", "IMAGE_SEGMENT_ID", false, ""},
		{"the whole name", "GTM_ID", false, "google-tag-manager"},
	} {
		got := ""
		if r := v.third.settingOf(c.name, c.loose); r != nil {
			got = r.ID
		}
		if got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.why, c.name, got, c.want)
		}
	}
}

// What its users run themselves is told as their own.
func TestRunOneself(t *testing.T) {
	s := readText(t, ".env", "SENTRY_DSN=https://cle@sentry.ailerons.example/4\n")
	if len(s.Thirds) != 1 || s.Thirds[0].Clue != "own" || s.Thirds[0].ID != "sentry" {
		t.Errorf("own Sentry: %+v", s.Thirds)
	}
	if s := readText(t, ".env", "STRIPE_WEBHOOK_URL=https://ailerons.example/hook\n"); len(s.Thirds) != 0 {
		t.Errorf("an address of one's own for a service of another: %+v", s.Thirds)
	}
}
