package detectors

import (
	"sort"
	"strings"
)

// onCards are the categories that a card of an organisation tells of it and not of a
// person. A mailbox is not among them: its own name says whose it is.
var onCards = map[string]bool{"phone": true, "postal_address": true, "geolocation": true}

// onFirmsCard tells whether h says how to reach an organisation, by the card it is on: one
// that says so, or whose name begins with a part of an organisation, "Service des
// achats".
func (s *Scanner) onFirmsCard(h *hit) bool {
	if h.tier == missed || h.tier == specimen || !onCards[s.engine.sources[h.source].category] {
		return false
	}
	cards := s.seg.Cards
	i := sort.Search(len(cards), func(i int) bool { return cards[i].End > int(h.start) })
	if i == len(cards) || int(h.start) < cards[i].Start {
		return false
	}
	if cards[i].Firm {
		return true
	}
	teller, _ := s.engine.names.(rowTeller)
	first, _, _ := strings.Cut(cards[i].Name, " ")
	return teller != nil && teller.TellsUnits(first)
}
