package register

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/goccy/go-yaml/ast"
)

// data reads the categories of a treatment: {category, retention}, or an id.
func (r *reader) data(to *[]Datum) field {
	return r.list(func(key string, n ast.Node) {
		d := Datum{Line: line(n)}
		if _, ok := scalar(n); ok {
			r.word(&d.Category, r.categories)("category", n)
			*to = append(*to, d)
			return
		}
		before := len(r.errs)
		r.object(n, key, r.datumFields(&d))
		if d.Category == "" && len(r.errs) == before {
			r.fail(n, "category", "data without a category", "name one: `category: email`")
		}
		*to = append(*to, d)
	})
}

func (r *reader) datumFields(d *Datum) fields {
	return fields{
		"category": r.word(&d.Category, r.categories), "retention": r.retention(&d.Retention),
		"source": r.source(&d.Source), "confidence": r.number(&d.Confidence, 1),
	}
}

// retention reads one or a list of {duration, starts, …}, or a duration.
func (r *reader) retention(to *[]Retention) field {
	return r.list(func(key string, n ast.Node) {
		t := Retention{Line: line(n)}
		if _, ok := scalar(n); ok {
			r.duration(&t.Duration)(key, n)
		} else {
			r.object(n, key, r.retentionFields(&t))
			if t.inverted() {
				r.fail(n, "max", "shorter than the duration", "write the least as duration and the most as max, or one of them")
			}
		}
		*to = append(*to, t)
	})
}

// inverted tells of a range whose most is less than its least.
func (t Retention) inverted() bool {
	least, ok := ParseSpan(t.Duration)
	most, also := ParseSpan(t.Max)
	return ok && also && least.Longer(most)
}

func (r *reader) retentionFields(t *Retention) fields {
	return fields{
		"duration": r.duration(&t.Duration), "max": r.duration(&t.Max), "starts": r.text(&t.Starts),
		"criterion": r.text(&t.Criterion), "subject": r.text(&t.Subject), "archive": r.archive(&t.Archive),
		"source": r.source(&t.Source), "confidence": r.number(&t.Confidence, 1),
	}
}

func (r *reader) archive(to **Archive) field {
	return func(key string, n ast.Node) {
		a := &Archive{}
		if _, ok := scalar(n); ok {
			r.duration(&a.Duration)(key, n)
		} else {
			r.object(n, key, r.archiveFields(a))
		}
		*to = a
	}
}

func (r *reader) archiveFields(a *Archive) fields {
	return fields{"duration": r.duration(&a.Duration), "starts": r.text(&a.Starts)}
}

func (r *reader) duration(to *string) field {
	return func(key string, n ast.Node) {
		s, _ := scalar(n)
		if _, ok := ParseSpan(s); !ok {
			r.fail(n, key, "not an ISO 8601 duration", "write P5Y for five years, P13M for thirteen months, P30D for thirty days")
			return
		}
		*to = s
	}
}

// recipients reads {name, country, kind}, or a name.
func (r *reader) recipients(to *[]Recipient) field {
	return r.list(func(key string, n ast.Node) {
		c := Recipient{Line: line(n)}
		if s, ok := scalar(n); ok {
			c.Name = strings.TrimSpace(s)
		} else {
			before := len(r.errs)
			r.object(n, key, r.recipientFields(&c))
			if c.Name == "" && len(r.errs) == before {
				r.fail(n, "name", "a recipient without a name", "name the recipient, or the category of recipients")
			}
		}
		*to = append(*to, c)
	})
}

func (r *reader) recipientFields(c *Recipient) fields {
	return fields{
		"name": r.text(&c.Name), "country": r.country(&c.Country), "kind": r.text(&c.Kind),
		"source": r.source(&c.Source), "confidence": r.number(&c.Confidence, 1),
	}
}

var twoLetters = pattern.New(`^[A-Za-z]{2}$`)

// country reads an ISO 3166 code; the two that people write otherwise are put
// right.
func (r *reader) country(to *string) field {
	return func(key string, n ast.Node) {
		s, _ := scalar(n)
		if !twoLetters.MatchString(s) {
			r.fail(n, key, "not a country code", "write the two letters of ISO 3166: FR, DE, US")
			return
		}
		switch s = strings.ToUpper(s); s {
		case "UK":
			s = "GB"
		case "EL":
			s = "GR"
		}
		if !knownCountry(s) {
			r.fail(n, key, "no country has this code", "write the two letters of ISO 3166: FR, DE, US")
			return
		}
		*to = s
	}
}

// knownCountry tells whether a code is one of ISO 3166.
func knownCountry(code string) bool {
	all, err := rules.Countries()
	return err != nil || slices.ContainsFunc(all, func(c rules.Country) bool { return c.Code == code })
}

// transfers reads the word none, or a list of transfers.
func (r *reader) transfers(to *Transfers) field {
	return func(key string, n ast.Node) {
		to.Line = line(n)
		if s, ok := scalar(n); ok {
			if s != "none" {
				r.fail(n, key, "neither the word none nor a list", "write `transfers: none`, or a list of {country, recipient, safeguard}")
				return
			}
			to.None = true
			return
		}
		r.list(func(key string, n ast.Node) {
			t := Transfer{Line: line(n)}
			r.object(n, key, r.transferFields(&t))
			to.List = append(to.List, t)
		})(key, n)
	}
}

func (r *reader) transferFields(t *Transfer) fields {
	return fields{
		"country": r.country(&t.Country), "recipient": r.text(&t.Recipient), "provider": r.text(&t.Provider),
		"safeguard": r.word(&t.Safeguard, Safeguards), "conditional": r.text(&t.Conditional), "document": r.text(&t.Document),
		"source": r.source(&t.Source), "confidence": r.number(&t.Confidence, 1),
	}
}

// measures reads {kind, detail}, or a text.
func (r *reader) measures(to *[]Measure) field {
	return r.list(func(key string, n ast.Node) {
		m := Measure{Line: line(n)}
		if s, ok := scalar(n); ok {
			m.Detail = strings.TrimSpace(s)
		} else {
			r.object(n, key, r.measureFields(&m))
		}
		*to = append(*to, m)
	})
}

func (r *reader) measureFields(m *Measure) fields {
	return fields{
		"kind": r.text(&m.Kind), "detail": r.text(&m.Detail),
		"source": r.source(&m.Source), "confidence": r.number(&m.Confidence, 1),
	}
}
