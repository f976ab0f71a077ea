package reconcile

import (
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// A sighting is a place where a third party was seen, the best of its kind.
type sighting struct {
	finding detectors.Finding
	claim   claim
	weight  int
	count   int
	others  []string // further places
}

// mostOthers bounds the further places a gap lists.
const mostOthers = 20

// seenThird is one third party in one target.
type seenThird struct {
	target, id string
	best       sighting
	countries  map[string]*sighting // by the country the clue tells; "" when none
	own        bool                 // a setting says that its users run it themselves
	elsewhere  bool                 // an address, a region or a page says that the vendor does
}

// A parties gathers the third parties of a run.
type parties struct {
	seen  map[[2]string]*seenThird
	known map[string]*rules.Recipient
	list  []rules.Recipient
}

// thirdSeen notes third parties: what they mean is told once all are in.
func thirdSeen(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Third == nil || f.Third.ID == "" || f.Past != nil || f.Third.Aside {
		return nil
	}
	p := &r.parties
	if p.seen == nil {
		p.seen = map[[2]string]*seenThird{}
	}
	key := [2]string{f.At.Target, f.Third.ID}
	s := p.seen[key]
	if s == nil {
		s = &seenThird{target: f.At.Target, id: f.Third.ID, countries: map[string]*sighting{}}
		p.seen[key] = s
	}
	if f.Third.Clue == item.ClueOwn {
		s.own = true
		return nil
	}
	switch f.Third.Clue {
	case "host", "region", "script", "spf", "dns":
		s.elsewhere = true
	}
	weight := r.thirdWeight(f)
	s.best.note(f, c, weight)
	at := s.countries[f.Third.Country]
	if at == nil {
		at = &sighting{}
		s.countries[f.Third.Country] = at
	}
	at.note(f, c, weight)
	return nil
}

// note keeps the heaviest finding; of equals one whose data comes from another
// file, which tells more than the function that hands it on, then the first.
func (s *sighting) note(f *detectors.Finding, c claim, weight int) {
	better := weight > s.weight || weight == s.weight && fromElsewhere(f) && !fromElsewhere(&s.finding)
	place := f.At.String()
	if s.count++; s.count > 1 && len(s.others) < mostOthers {
		other := place
		if better {
			other = s.finding.At.String()
		}
		if !contains(s.others, other) && (other != s.finding.At.String() || better && other != place) {
			s.others = append(s.others, other)
		}
	}
	if s.count == 1 || better {
		s.finding, s.claim, s.weight = *f, c, weight
	}
}

// fromElsewhere tells a flow that starts in another file than it ends in.
func fromElsewhere(f *detectors.Finding) bool { return len(f.Flow) > 0 && f.Flow[0].File != "" }

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// thirdWeight ranks proof: data handed over, by its category, then a place that
// keeps data, a host, an import, a manifest.
func (r *run) thirdWeight(f *detectors.Finding) int {
	if f.Evidence == detectors.ByFlow {
		return 20 - 5*rank(Weight(r.Rules, f.Category))
	}
	weights := map[string]int{"region": 4, "host": 3, "script": 3, "import": 2, "spf": 2, "dns": 2, "setting": 2, "manifest": 1}
	return weights[f.Third.Clue]
}

// sorted lists the third parties in order of target and id, without those that
// their users run themselves.
func (p *parties) sorted() []*seenThird {
	all := make([]*seenThird, 0, len(p.seen))
	for _, s := range p.seen {
		if s.best.count > 0 && (!s.own || s.elsewhere) {
			all = append(all, s)
		}
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].target < all[j].target || all[i].target == all[j].target && all[i].id < all[j].id
	})
	return all
}

// recipient returns what is known of a third party; nil when its id is not in
// the list.
func (r *run) recipient(id string) *rules.Recipient {
	p := &r.parties
	if p.known == nil {
		list, err := rules.List[rules.Recipient](r.Rules, "recipients")
		if err != nil {
			list = nil // the scan read the same list, and would have stopped
		}
		p.list = list
		p.known = make(map[string]*rules.Recipient, len(list))
		for i := range list {
			p.known[list[i].ID] = &list[i]
		}
	}
	return p.known[id]
}

// legalForms are no part of a company's name.
var legalForms = map[string]bool{
	"inc": true, "sas": true, "sasu": true, "sa": true, "sarl": true, "ltd": true, "limited": true, "gmbh": true, "corp": true, "corporation": true, "llc": true, "bv": true, "nv": true, "ag": true, "spa": true, "srl": true, "plc": true, "pte": true, "pty": true, "ab": true, "oy": true, "aps": true, "as": true, "emea": true, "europe": true, "france": true, "ireland": true, "international": true, "operations": true, "company": true, "co": true, "societe": true, "group": true, "groupe": true, "the": true, "payments": true, "luxembourg": true, "unlimited": true, "uk": true, "technologies": true,
}

// nameWords cuts a name into words without case, accents and legal forms.
// `Système.io` and `systeme io` are one name.
func nameWords(name string) []string {
	var words []string
	fields := strings.FieldsFunc(item.Fold(name), func(r rune) bool { return !item.WordRune(r) })
	for _, w := range fields {
		if !legalForms[w] || len(fields) == 1 {
			words = append(words, w)
		}
	}
	return words
}

// namedAs tells whether a name of the register means the third party: its name,
// an alias, or the name of its group alone.
func namedAs(declared string, r *rules.Recipient) bool {
	said := nameWords(declared)
	if len(said) == 0 {
		return false
	}
	whole := strings.Join(said, "")
	for _, n := range append([]string{r.Name, r.ID}, r.Aliases...) {
		words := nameWords(n)
		alias := strings.Join(words, "")
		if alias == "" {
			continue
		}
		if whole == alias || len(alias) >= 5 && holdsWords(said, words) {
			return true
		}
	}
	return r.Group != "" && whole == strings.Join(nameWords(r.Group), "")
}

// holdsWords tells whether words follow each other in said.
func holdsWords(said, words []string) bool {
	for i := 0; i+len(words) <= len(said); i++ {
		ok := true
		for j := range words {
			if said[i+j] != words[j] {
				ok = false
				break
			}
		}
		if ok {
			return true
		}
	}
	return false
}

// A named is a name of the register that may mean a third party.
type named struct {
	name, country string
	line          int
	treatment     string
	recipient     bool // of a list of recipients
}

// namesDeclared lists recipients, hosts of systems and parties to transfers.
func (r *run) namesDeclared() []named {
	if r.Register == nil {
		return nil
	}
	var all []named
	add := func(treatment string, list []register.Recipient, t register.Transfers) {
		for _, x := range list {
			all = append(all, named{x.Name, x.Country, x.Line, treatment, true})
		}
		for _, x := range t.List {
			for _, n := range []string{x.Recipient, x.Provider} {
				if n != "" {
					all = append(all, named{n, "", x.Line, treatment, false})
				}
			}
		}
	}
	add("", r.Register.Document.Recipients, r.Register.Document.Transfers)
	for i := range r.Register.Treatments {
		t := &r.Register.Treatments[i]
		add(t.ID, t.Recipients, t.Transfers)
	}
	for _, s := range r.Register.Systems {
		if s.Host != nil {
			all = append(all, named{s.Host.Provider, s.Host.Country, s.Line, "", false})
		}
	}
	return all
}

// place is where the gap of a third party is told.
func (s *sighting) gap(kind Kind, level Level) Gap {
	f := &s.finding
	g := Gap{
		Kind: kind, Recipient: f.Third.ID, At: f.At, Object: f.At.Target + ":", Level: level, Cover: Omitted, Count: s.count,
		Oldest: oldest(f), Confidence: f.Confidence, Evidence: f.Evidence, Flow: f.Flow, Sink: f.Sink,
		Detail: Detail{Others: s.others, Country: f.Third.Country},
	}
	if len(s.claim.systems) > 0 {
		g.System = s.claim.systems[0].ID
	}
	if len(s.claim.treatments) > 0 {
		g.Treatment = s.claim.treatments[0].ID
	}
	g.At.Place = item.Place{Line: f.At.Line}
	return g
}
