package reconcile

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// Suggest proposes the additions to a register that would close gaps: a category
// or recipient in the treatment that most resembles the place, a system and a
// skeleton of a treatment for a place that none claims. It never proposes a
// legal basis or a purpose: they are for people to say. tables tells which
// targets are databases. The words of its own are in the language of the register.
func Suggest(r *rules.Rules, reg *register.Register, gaps []*Gap, tables map[string]bool) []register.Edit {
	s := &suggester{rules: r, reg: reg, tables: tables, ids: forms.IDs{}, places: map[string]int{}, done: map[string]int{}}
	s.third, _ = rules.List[rules.Recipient](r, "recipients") // without names, ids are proposed
	for _, t := range reg.Treatments {
		s.ids.New(t.ID)
	}
	for _, y := range reg.Systems {
		s.ids.New(y.ID)
	}
	for _, g := range gaps {
		if g.State == Gone || g.Accepted != nil || g.At.Target == OnRegister || g.At.Target == OnPolicy {
			continue
		}
		switch g.Kind {
		case UndeclaredSystem, UndeclaredCategory:
			if s.declared(g) {
				continue
			}
			s.category(g)
		case UndeclaredRecipient:
			if s.named(g) {
				continue
			}
			s.recipient(g)
		}
	}
	return s.edits()
}

// declared tells whether the register by now declares the category of a gap where
// the gap is: a report may be older than the register, and suggest may have
// completed it since.
func (s *suggester) declared(g *Gap) bool {
	for _, y := range s.reg.Claims(s.placeOf(g), s.tables[g.At.Target]) {
		for _, t := range s.reg.Using(y.ID) {
			if exact, _ := register.Covers(t.Data, g.Category, ""); exact {
				return true
			}
		}
	}
	return false
}

// named tells whether the register by now names the third party of a gap.
func (s *suggester) named(g *Gap) bool {
	r := &run{Input: Input{Rules: s.rules, Register: s.reg}}
	for i := range s.third {
		if known := &s.third[i]; known.ID == g.Recipient {
			return isDeclared(r.namesDeclared(), func(n *named) bool { return namedAs(n.name, known) })
		}
	}
	return isDeclared(r.namesDeclared(), func(n *named) bool { return n.name == g.Recipient })
}

type suggester struct {
	rules  *rules.Rules
	reg    *register.Register
	third  []rules.Recipient
	tables map[string]bool
	ids    forms.IDs

	adds   []register.Edit
	done   map[string]int // what was proposed → index in adds
	fresh  []skeleton
	places map[string]int // unclaimed place or empty system → index in fresh
}

// A skeleton is a new treatment, with its system when the place has none.
type skeleton struct {
	treatment register.Treatment
	system    *register.System
	todo, why []string
}

func (s *suggester) category(g *Gap) {
	if t := s.treatment(g); t != nil && s.carries(t, g.Category) {
		// A report older than the register may ask for what is there by now.
		if declared, _ := register.Covers(t.Data, g.Category, ""); !declared {
			s.add(t.ID+"\x00"+g.Category, register.Edit{Treatment: t.ID, Category: g.Category}, g)
		}
		return
	}
	k := s.skeletonFor(g)
	if k == nil {
		return
	}
	if exact, _ := register.Covers(k.treatment.Data, g.Category, ""); !exact {
		k.treatment.Data = append(k.treatment.Data, register.Datum{Category: g.Category})
	}
	k.because(g)
}

// carries tells whether a treatment could hold a category as it is declared: a
// NIR, sensitive data or offences need a ground that is for people to state, so
// they go to a skeleton with its questions instead.
func (s *suggester) carries(t *register.Treatment, category string) bool {
	switch s.rules.Category(category).Regime {
	case rules.NIR:
		return AllowsNIR(s.rules, t)
	case rules.Special:
		return t.SpecialCategoryBasis != ""
	case rules.Offence:
		return false
	}
	return true
}

func (s *suggester) recipient(g *Gap) {
	c := register.Recipient{Name: g.Recipient}
	for _, t := range s.third {
		if t.ID == g.Recipient {
			c.Name = t.Name
		}
	}
	if t := s.treatment(g); t != nil {
		if slices.ContainsFunc(t.Recipients, func(r register.Recipient) bool { return r.Name == c.Name }) {
			return
		}
		s.add(t.ID+"\x00\x00"+g.Recipient, register.Edit{Treatment: t.ID, Recipient: &c}, g)
		return
	}
	k := s.skeletonFor(g)
	if k == nil {
		return
	}
	for _, other := range k.treatment.Recipients {
		if other.Name == c.Name {
			return
		}
	}
	k.treatment.Recipients = append(k.treatment.Recipients, c)
	k.because(g)
}

// add proposes an edit once, and gathers the places that call for it.
func (s *suggester) add(id string, e register.Edit, g *Gap) {
	i, ok := s.done[id]
	if !ok {
		i = len(s.adds)
		s.done[id] = i
		s.adds = append(s.adds, e)
	}
	s.adds[i].Why = mention(s.adds[i].Why, g)
}

func (k *skeleton) because(g *Gap) { k.why = mention(k.why, g) }

// mention adds a place, up to three: the rest is in the report.
func mention(why []string, g *Gap) []string {
	if at := g.At.String(); len(why) < 3 && !slices.Contains(why, at) {
		return append(why, at)
	}
	return why
}

// treatment returns the treatment that keeps data at the place of a gap and most
// resembles it; nil when none does.
func (s *suggester) treatment(g *Gap) *register.Treatment {
	at := s.placeOf(g)
	var best *register.Treatment
	most := -1
	for _, y := range s.reg.Claims(at, s.tables[at.Target]) {
		for _, t := range s.reg.Using(y.ID) {
			if n := resemblance(t, g.At.Path); n > most {
				best, most = t, n
			}
		}
	}
	return best
}

// placeOf is the place of a gap: in a database the path ends with the column.
func (s *suggester) placeOf(g *Gap) item.Location {
	at := g.At
	if s.tables[at.Target] && strings.Count(at.Path, ".") > 1 {
		at.Path, at.Column = cutLast(at.Path)
	}
	return at
}

func cutLast(path string) (head, tail string) {
	i := strings.LastIndexByte(path, '.')
	return path[:i], path[i+1:]
}

// resemblance counts the words a place and a treatment share.
func resemblance(t *register.Treatment, path string) int {
	words := map[string]bool{}
	for _, text := range append([]string{t.ID, t.Name}, append(t.Purposes, t.DataSubjects...)...) {
		for _, token := range terms.Read(strings.NewReplacer("_", " ", "-", " ").Replace(text)).Tokens {
			words[token.Stem] = true
		}
	}
	n := 0
	for _, token := range terms.Read(strings.NewReplacer("_", " ", "-", " ", "/", " ", ".", " ").Replace(path)).Tokens {
		if len(token.Stem) > 2 && words[token.Stem] {
			n++
		}
	}
	return n
}

// skeletonFor returns the new treatment for the place of a gap: one for a folder
// or table that nothing claims, one for a system that no treatment uses. It is nil
// for a place that cannot be written and was left to people before.
func (s *suggester) skeletonFor(g *Gap) *skeleton {
	if claimed := s.reg.Claims(s.placeOf(g), s.tables[g.At.Target]); len(claimed) > 0 {
		return s.skeleton("system\x00"+claimed[0].ID, claimed[0].Name, claimed[0].ID, nil)
	}
	name, claim := place(g.At, s.tables[g.At.Target])
	if claim == "" {
		return s.masked(g)
	}
	system := &register.System{Name: g.At.Target + ":" + name, Locations: []string{claim}}
	return s.skeleton(claim, g.At.Target+" "+name, "", system)
}

func (s *suggester) skeleton(key, name, system string, y *register.System) *skeleton {
	if i, ok := s.places[key]; ok {
		return &s.fresh[i]
	}
	if y != nil {
		y.ID = s.ids.New(name)
		system = y.ID
	}
	s.places[key] = len(s.fresh)
	s.fresh = append(s.fresh, skeleton{
		treatment: register.Treatment{ID: s.ids.New("traitement " + name), Name: s.say("À préciser : ", "To be named: ") + name, Systems: systemsOf(system)},
		system:    y,
	})
	return &s.fresh[len(s.fresh)-1]
}

// masked is the treatment of the places of a target whose names hold personal
// data. They are masked, so no glob can be proposed: it is for people to rename
// them or to claim them by hand.
func (s *suggester) masked(g *Gap) *skeleton {
	name := g.At.Target + s.say(" noms masqués", " masked names")
	key := "masked\x00" + g.At.Target
	if _, ok := s.places[key]; !ok && s.reg.Treatment(forms.IDs{}.New("traitement "+name)) != nil {
		return nil // proposed before, and not decided yet
	}
	k := s.skeleton(key, name, "", nil)
	if k.todo == nil {
		k.todo = []string{s.say(
			"TODO locations: le nom de ces emplacements contient des données personnelles et reste masqué : renommez-les, ou revendiquez-les à la main",
			"TODO locations: the names of these places hold personal data and stay masked: rename them, or claim them by hand")}
	}
	return k
}

func (s *suggester) say(fr, en string) string {
	if s.reg.Lang == "en" {
		return en
	}
	return fr
}

func systemsOf(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// place names the folder, file or table of a location, and the glob that claims
// it: none when its name was masked.
func place(at item.Location, table bool) (name, claim string) {
	if table {
		parts := strings.Split(at.Path, ".")
		if len(parts) > 2 {
			parts = parts[:len(parts)-1]
		}
		name = strings.Join(parts, ".")
		return name, glob(at.Target, name, "")
	}
	path := at.Container()
	if i := strings.IndexByte(path, '/'); i > 0 {
		return path[:i], glob(at.Target, path[:i], "/**")
	}
	return path, glob(at.Target, "/"+path, "")
}

// glob claims a name of a target, and what end adds; "" for a name that was masked.
func glob(target, name, end string) string {
	if strings.ContainsAny(name, "‹›") {
		return ""
	}
	return target + ":" + escaped(name) + end
}

// escaped takes the meaning of a glob from a name.
func escaped(name string) string {
	var b strings.Builder
	for _, r := range name {
		if strings.ContainsRune(`*?[\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// edits returns systems before the treatments that use them.
func (s *suggester) edits() []register.Edit {
	all := s.adds
	for i := range s.fresh {
		k := &s.fresh[i]
		if k.system != nil {
			all = append(all, register.Edit{NewSystem: k.system, Why: k.why})
		}
		all = append(all, register.Edit{NewTreatment: &k.treatment, Todo: k.todo, Lang: s.reg.Lang, Why: k.why})
	}
	return all
}
