package columns

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/policy"
)

// transfers reads what a cell says of transfers outside the EEA, part by part: "Oui –
// États-Unis (CCT)", "Non (sauf Mailchimp, États-Unis)", "Pas de transfert".
func (b *builder) transfers(t *register.Treatment, cell string, row int) error {
	said := transferCell{}
	for _, part := range partsOf(cell) {
		if err := said.read(part); err != nil {
			return err
		}
	}
	t.Transfers.List = append(t.Transfers.List, said.settled()...)
	switch {
	case len(t.Transfers.List) > 0:
		t.Transfers.None = false
	case said.none && !said.yes && len(said.unread) == 0:
		t.Transfers.None = true
	case said.yes && len(said.unread) == 0:
		b.note("row %d: a transfer without its country: left out", row+1)
		t.Unread = append(t.Unread, register.Unread{Key: "transfers", Words: forms.Clean(cell)})
	}
	for _, words := range said.unread {
		b.note("row %d: a transfer to a country that is not known: left out", row+1)
		t.Unread = append(t.Unread, register.Unread{Key: "transfers", Words: words})
	}
	return nil
}

// A transferCell is what the parts of a cell said so far.
type transferCell struct {
	list      []register.Transfer
	yes, none bool
	recipient string // a company that awaits its country
	safeguard string // what awaits a country to carry
	unread    []string
}

var (
	between   = pattern.New(`[\n\r•►,;:()\[\]/–—]|\s-\s|\.\s|\s+(et|ou|and)\s+`)
	beginning = pattern.New(`(?i)^\s*(oui|non|yes|no)\b\s*`)
	leading   = pattern.New(`(?i)^((sauf|hors|excepté|uniquement|seulement|transferts?|vers|pour|chez|avec|via|aux|au|en|à|les|le|la|données|hébergées?|hébergement|serveurs?|garanties?)(\s+|$)|[ld]['’])`)
	noneSaid  = pattern.New(`^(pas|aucun|aucune|sans|zero|ni|jamais)( de| d')? ?(transfert|flux|donnee|envoi|pays|sortie)?`)
)

// partsOf cuts a cell where a thing ends, and parts "Oui États-Unis" after its answer.
func partsOf(cell string) []string {
	var parts []string
	for _, p := range between.Split(cell, -1) {
		if m := beginning.FindStringIndex(p); m != nil {
			parts = append(parts, strings.TrimSpace(p[:m[1]]))
			p = p[m[1]:]
		}
		parts = append(parts, p)
	}
	return parts
}

func (c *transferCell) read(part string) error {
	part = forms.Clean(part)
	for part != "" {
		at := leading.FindStringIndex(part)
		if at == nil || forms.Country(part) != "" {
			break
		}
		part = part[at[1]:]
	}
	switch {
	case part == "" || forms.Undecided(part):
		return nil
	case forms.Yes(part):
		c.yes = true
		return nil
	case forms.Nothing(part) || noneSaid.MatchString(forms.Key(part)):
		c.none = true
		return nil
	}
	return c.thing(part)
}

// thing reads a country, what carries a transfer to it, or who receives.
func (c *transferCell) thing(part string) error {
	codes, err := policy.CountriesIn(part)
	if err != nil {
		return err
	}
	if code := forms.Country(part); code != "" {
		codes = []string{code}
	}
	carried, err := policy.SafeguardIn(part)
	if err != nil {
		return err
	}
	company, err := policy.IsCompany(part)
	switch {
	case err != nil:
		return err
	case len(codes) == 0 && carried == "" && company:
		c.named(part)
	case len(codes) == 0 && carried == "":
		c.unread = append(c.unread, part)
	}
	for _, code := range codes {
		c.list = append(c.list, register.Transfer{Country: code, Recipient: c.recipient})
		c.recipient = ""
	}
	if carried != "" {
		c.safeguard = carried
		for i := range c.list {
			if c.list[i].Safeguard == "" {
				c.list[i].Safeguard = carried
			}
		}
	}
	return nil
}

// named gives a company to the country before it in brackets, or to the one to come.
func (c *transferCell) named(company string) {
	if n := len(c.list); n > 0 && c.list[n-1].Recipient == "" {
		c.list[n-1].Recipient = company
		return
	}
	c.recipient = company
}

// settled returns the transfers, each country once with each who receives; a company
// without a country of its own stays, so that it is not lost.
func (c *transferCell) settled() []register.Transfer {
	if c.recipient != "" {
		c.list = append(c.list, register.Transfer{Recipient: c.recipient})
	}
	var out []register.Transfer
	for _, x := range c.list {
		if x.Safeguard == "" {
			x.Safeguard = c.safeguard
		}
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
