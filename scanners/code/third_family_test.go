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

// A field of an administration that shows other records is none.
func TestRubyAssociations(t *testing.T) {
	s := readText(t, "app/avo/resources/user.rb", "class User\n  field :email, as: :text\n  field :ip_address, as: :belongs_to\nend\n")
	if len(s.Columns) != 1 || s.Columns[0].Name != "email" {
		t.Errorf("%+v", s.Columns)
	}
}

// A form of Rails tells whose fields it asks for.
func TestRailsForm(t *testing.T) {
	s := readText(t, "app/views/personnes/_form.html.erb", "<%= form_with model: @personne do |f| %>\n<%= f.text_field :nom %>\n<%= f.email_field :courriel %>\n<% end %>\n")
	for _, c := range s.Columns {
		if c.Container != "personne" || c.Type == "" {
			t.Errorf("%+v", c)
		}
	}
	if len(s.Columns) != 2 {
		t.Errorf("%+v", s.Columns)
	}
}

// What others wrote, and what is made from models, is left.
func TestNotOurs(t *testing.T) {
	for _, p := range []string{"plugins/sfdoctrineguardplugin/lib/user.class.php", "lib.tgz!/a/user.php", "wp-content/plugins/x/a.php"} {
		if !vendored(p) {
			t.Errorf("%s is not told as another's", p)
		}
	}
	for _, p := range []string{"plugins/licarddavplugin/lib/a.php", "app/plugins/own/a.php", "backup.zip!/src/user.php"} {
		if vendored(p) {
			t.Errorf("%s is told as another's", p)
		}
	}
	if !migration("data/migrations/0001_initial.py") || migration("data/models/user.py") || migration("migrations/env.py") {
		t.Error("migrations of Django")
	}
	for p, want := range map[string]bool{
		"src/main/resources/application-test.yml": true, "src/main/resources/application-prod.yml": false, "appsettings.development.json": true, "appsettings.json": false, ".env.test": true, ".env": false,
		"docker-compose.override.yml": true, "docker-compose.yml": false, "config/environments/development.rb": true, "config/environments/production.rb": false,
	} {
		if test(p) != want {
			t.Errorf("%s: test %v, want %v", p, !want, want)
		}
	}
}
