package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/rules"
)

// A family is a way of naming packages, modules or addresses after the service they
// lead to: symfony/brevo-mailer.
type family struct {
	ID     string            `yaml:"id"`
	System string            `yaml:"system"` // npm, composer … or python, scheme, delivery, addon, provider
	Form   string            `yaml:"form"`   // with one '*', for the service
	Names  map[string]string `yaml:"names"`  // what the family calls a service → its id; "" for none
	Hit    []string          `yaml:"hit"`    // "symfony/brevo-mailer = brevo"
	Miss   []string          `yaml:"miss"`
}

// service returns the name at the place of the '*', or "". Python's and npm's go on
// after it: anymail.backends.mailjet.EmailBackend.
func (f *family) service(name string) string {
	before, after, _ := strings.Cut(f.Form, "*")
	rest, ok := strings.CutPrefix(name, before)
	if !ok {
		return ""
	}
	if f.System == "python" {
		rest, _, _ = strings.Cut(rest, ".")
	}
	rest, ok = strings.CutSuffix(rest, after)
	if !ok || strings.Contains(rest, "/") {
		return ""
	}
	return rest
}

// family returns the recipient that a name of a family leads to, or nil.
func (t *thirds) family(system, name string) *rules.Recipient {
	for i := range t.families {
		f := &t.families[i]
		if f.System != system {
			continue
		}
		service := f.service(name)
		if service == "" {
			continue
		}
		if id, said := f.Names[service]; said {
			return t.at(t.byID, id)
		}
		if r := t.at(t.called, squash(service)); r != nil && !r.Twin {
			return r
		}
	}
	return nil
}

// squash writes a name in small letters and digits alone: Sumo Logic is sumologic.
func squash(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80:
			return r
		}
		return -1
	}, name)
}
