package reconcile

import (
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// forbiddenData raises the security code of a card where it is kept: a field of
// a stored class, a column of a table, a note.
func forbiddenData(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Past != nil || f.Category != "payment_card" {
		return nil
	}
	if f.Sink == item.SinkForbidden && f.Evidence == detectors.ByValue { // written in a note, or in a column
		g := r.flowGap(ForbiddenData, f, c)
		g.At = r.from(ForbiddenData, f).At
		g.Object = g.At.Target + ":" + g.At.Path
		return []Gap{g}
	}
	if f.Sink != item.SinkForbidden && !(f.Evidence == detectors.ByName && f.Sink == "" && f.Identifier == "" && cardCode(f.At.Column)) {
		return nil
	}
	g := r.flowGap(ForbiddenData, f, c)
	g.At.Place = f.At.Place
	return []Gap{g}
}

// cardCode tells the name of a card's security code.
func cardCode(name string) bool {
	name = strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	code, back := false, false // what it is called, and where it stands on the card
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' }) {
		switch word {
		case "cvv", "cvc", "cvn", "cryptogramme", "cryptovisuel":
			return true
		case "crypto", "code", "chiffres":
			code = true
		case "verso", "dos", "visuel", "cb", "carte":
			back = true
		}
	}
	if code && back && !strings.Contains(name, "postal") && (strings.Contains(name, "crypto") || !strings.Contains(name, "carte") && !strings.Contains(name, "cb")) {
		return true
	}
	return strings.Contains(strings.ReplaceAll(name, "_", ""), "securitycode")
}
