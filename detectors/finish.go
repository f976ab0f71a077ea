package detectors

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// End returns what was found since Begin, sorted by place, category, evidence
// and column.
func (s *Scanner) End() []Finding {
	o := &s.object
	list := o.found
	list = append(list, o.values()...)
	if !o.options.History {
		list = append(list, o.names()...)
		list = append(list, o.fileName()...)
	}
	for i := range list {
		list[i].Date = o.options.Date
	}
	slices.SortStableFunc(list, compareFindings)
	o.found = nil
	return list
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.At.Path, b.At.Path), cmp.Compare(a.At.Page, b.At.Page), cmp.Compare(a.At.Sheet, b.At.Sheet),
		cmp.Compare(a.At.Table, b.At.Table), cmp.Compare(a.At.Line, b.At.Line),
		cmp.Compare(a.Category, b.Category), cmp.Compare(a.Evidence, b.Evidence),
		cmp.Compare(a.At.Column, b.At.Column), cmp.Compare(a.Identifier, b.Identifier), cmp.Compare(a.Detector, b.Detector),
	)
}

// A findingKey tells apart the findings of one object.
type findingKey struct {
	category string
	evidence Evidence
	slot     int32
	part     int16
	specimen bool
	sink     item.Sink
}

// cardCode finds what may not be kept at all: its findings are told apart from
// those of the card, and count when the card is there too.
const cardCode = "intl.card-code"

// secrets find what should have been hashed: they count in rows about persons,
// under a name that says password or PIN and not merely token or key.
var secrets = map[string]bool{"intl.password": true, "intl.pin": true}

// products find what a shop lists as well: alone it is goods, beside a person
// what the person takes.
var products = map[string]bool{"fr.cip": true, "fr.cis": true, "intl.atc": true}

// holds tells whether a value of a source was found in the object.
func (o *object) holds(source string) bool {
	for _, g := range o.groups {
		if g.count > 0 && g.tier >= alone && o.engine.sources[g.source].id == source {
			return true
		}
	}
	return false
}

// values turns the groups into findings, one per category and slot.
func (o *object) values() []Finding {
	var list []Finding
	known := map[findingKey]int{}
	for _, g := range o.groups {
		if g.count == 0 || g.tier == missed { // no hits, or none on the lines asked for
			continue
		}
		src := o.engine.sources[g.source]
		confidence, ok := o.judgeGroup(g)
		if !ok {
			continue
		}
		f := Finding{
			At: o.at, Lines: g.lines, Category: src.category, Evidence: src.evidence, Detector: src.id,
			Confidence: float64(confidence) / 1000, Count: g.count, Specimen: g.tier == specimen, marks: g.marks.closed(),
		}
		o.place(&f, g)
		if src.id == cardCode {
			f.Sink = item.SinkForbidden
			if f.Confidence < Sure && o.holds("intl.card") {
				f.Confidence = float64(confidentHalf) / 1000
			}
		}
		if products[src.id] && g.slot != noSlot && o.slots[g.slot].table >= 0 && !o.ofPersons(o.slots[g.slot].table) {
			f.Confidence = min(f.Confidence, ofOrganisation)
		}
		if secrets[src.id] {
			f.Sink = item.SinkPlaintext
			if !o.ofAccounts(g) {
				f.Confidence = min(f.Confidence, ofOrganisation)
			}
		}
		if g.slot != noSlot && o.nobodys(&o.slots[g.slot], f.Category) {
			f.Confidence = min(f.Confidence, ofOrganisation)
		}
		if o.options.Each {
			list = append(list, each(f, g)...)
			continue
		}
		key := findingKey{f.Category, f.Evidence, g.slot, g.part, f.Specimen, f.Sink}
		if i, ok := known[key]; ok {
			merge(&list[i], &f)
			continue
		}
		known[key] = len(list)
		list = append(list, f)
	}
	return list
}

// place says where f is: the first hit, and the slot.
func (o *object) place(f *Finding, g *group) {
	f.At.Place = g.first
	if g.part > 0 {
		f.At.Sheet, f.At.Table = o.parts[g.part].sheet, o.parts[g.part].table
	}
	if g.slot == noSlot {
		return
	}
	sl := &o.slots[g.slot]
	f.At.Path, f.At.Column, f.Key = sl.at.Path, sl.at.Column, sl.column.Key
	if sl.at.Table != "" {
		f.At.Table = sl.at.Table
	}
	if sl.at.Sheet != "" {
		f.At.Sheet = sl.at.Sheet
	}
}

// each returns one finding per occurrence of g.
func each(f Finding, g *group) []Finding {
	list := make([]Finding, 0, len(g.places))
	for _, p := range g.places {
		one := f
		one.Count, one.At.Line, one.At.Page, one.Lines = 1, p.Line, p.Page, nil
		if p.Line > 0 {
			one.Lines = []int{p.Line}
		}
		list = append(list, one)
	}
	return list
}

// merge adds what another source says of the same category in the same slot.
func merge(f, more *Finding) {
	f.Count += more.Count
	if more.Confidence > f.Confidence {
		f.Confidence, f.Detector = more.Confidence, more.Detector
	}
	lines := append(slices.Clone(f.Lines), more.Lines...)
	slices.Sort(lines)
	lines = slices.Compact(lines)
	f.Lines = lines[:min(len(lines), MaxLines)]
	if more.Oldest != "" && (f.Oldest == "" || more.Oldest < f.Oldest) {
		f.Oldest, f.Begun = more.Oldest, more.Begun
	}
	f.Newest = max(f.Newest, more.Newest)
	f.marks = both(f.marks, more.marks)
	if before(more.At.Place, f.At.Place) {
		f.At.Line, f.At.Page = more.At.Line, more.At.Page
	}
}

func before(a, b item.Place) bool {
	return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Line, b.Line)) < 0
}

// How hits without context are weighed against the near misses around them. A
// check digit passes 1 number in 97 (NIR) to 1 in 10 (Luhn) by luck.
const (
	luckMisses = 12   // from so many misses on,
	luckShare  = 0.25 // a share of hits under this is luck,
	halfShare  = 0.5  // and one under this is doubtful
	columnHits = 8    // hits from which a column speaks for its cells
	fullShare  = 0.9  // share of hits among checked cells that does
	rowShare   = 0.7  // the same for values without a check, among all rows
	termShare  = 0.3  // share of cells with a telling word that makes a column of them,
	termCells  = 2    // and how many at least
)

// judgeGroup returns the confidence of a group, false when it is nothing.
func (o *object) judgeGroup(g *group) (int16, bool) {
	if o.engine.sources[g.source].evidence == ByWord && g.slot != noSlot {
		return o.judgeTerms(g)
	}
	if o.ofRoles(g) && !o.namesPersons(g.slot) {
		return min(g.confidence, confidentFaint), true
	}
	if g.tier != alone && g.tier != hopeful {
		return g.confidence, true
	}
	if o.ofThings(g) {
		return confidentFaint, g.tier == alone
	}
	hits, misses := o.hits(g.slot, g.source)
	share := float64(hits) / float64(hits+misses)
	if g.tier == hopeful {
		rows := o.tables[o.slots[g.slot].table].rows
		checked := misses > 0 && share >= fullShare
		shaped := misses == 0 && float64(hits) >= rowShare*float64(rows)
		return confidentColumn, hits >= columnHits && (checked || shaped)
	}
	switch {
	case misses >= luckMisses && share < luckShare:
		return 0, false
	case misses >= luckMisses/2 && share < halfShare:
		return confidentHalf, true
	}
	return g.confidence, true
}

// judgeTerms weighs the words of a lexicon in the cells of a column: they say
// something of persons when other columns name them, and enough cells do.
func (o *object) judgeTerms(g *group) (int16, bool) {
	sl := &o.slots[g.slot]
	if sl.table < 0 {
		return g.confidence, g.tier != hopeful
	}
	t := o.tables[sl.table]
	column := float64(g.count) >= termShare*float64(t.rows) && g.count >= termCells
	switch {
	case o.speaksOfOther(int(g.slot), o.engine.sources[g.source].category):
		return confidentFaint, g.tier != hopeful
	case g.tier == hopeful && !o.ofPersons(sl.table) && column && o.tells(sl.table) && o.mayHold(int(g.slot), o.engine.sources[g.source].category):
		return confidentColumn, true // religion, over faiths, beside who signed
	case g.tier == hopeful && !o.ofPersons(sl.table):
		return 0, false
	case g.tier == hopeful && column:
		return confidentColumn, true
	case g.tier == hopeful:
		return confidentHalf, o.mayHold(int(g.slot), o.engine.sources[g.source].category)
	case g.count > 1 && o.ofPersons(sl.table):
		return max(g.confidence, confidentHalf), true
	}
	return g.confidence, true
}

// mayHold tells whether the name of slot i may speak of category, if its cells
// say so: the motif of a request is health when it is « dialyse ».
func (o *object) mayHold(i int, category string) bool {
	return slices.ContainsFunc(o.judge(i), func(v Verdict) bool { return v.Category == category })
}

// hits counts the hits of one source in one slot, whatever they still need, and
// its near misses.
func (o *object) hits(slot, source int32) (hits, misses int) {
	for _, g := range o.groups {
		switch {
		case g.slot != slot || g.source != source:
		case g.tier == missed:
			misses += g.count
		default:
			hits += g.count
		}
	}
	return hits, misses
}

// names returns the findings of columns and fields by what they are called.
func (o *object) names() []Finding {
	var list []Finding
	o.enterAttributes()
	declared := o.declaredColumns()
	for i := range o.slots {
		if sl := &o.slots[i]; !sl.declared || sl.header && declared[columnKey(sl)] {
			continue
		}
		for _, v := range o.judge(i) {
			if f, ok := o.nameFinding(i, v); ok {
				list = append(list, f)
			}
		}
	}
	return list
}

// declaredColumns are the columns that a declaration in the object names: the
// header of their rows says nothing more.
func (o *object) declaredColumns() map[string]bool {
	declared := map[string]bool{}
	for i := range o.slots {
		if sl := &o.slots[i]; sl.declared && !sl.header {
			declared[columnKey(sl)] = true
		}
	}
	return declared
}

// columnKey names a column whether or not its table is said with its schema.
func columnKey(sl *slot) string {
	table := sl.at.Table
	if i := strings.LastIndexByte(table, '.'); i >= 0 {
		table = table[i+1:]
	}
	return strings.ToLower(table + "." + sl.at.Column)
}

func (o *object) nameFinding(i int, v Verdict) (Finding, bool) {
	sl := &o.slots[i]
	if sl.at.Line > 0 && !o.added(sl.at.Line) || sl.at.Line == 0 && o.options.Added != nil {
		return Finding{}, false
	}
	f := Finding{
		At: sl.at, Category: v.Category, Evidence: ByName, Detector: v.Rule,
		Confidence: v.Confidence, Count: 1, Key: sl.column.Key, Declared: !sl.header,
	}
	if sl.code {
		f.Identifier, f.At.Column = sl.at.Column, ""
	}
	if f.At.Line > 0 {
		f.Lines = []int{f.At.Line}
	}
	if o.supported(i, v.Category) {
		f.Confidence = max(f.Confidence, confidentSupported)
	}
	if o.hollow(sl) || o.onlySpecimens(i, v.Category) || o.madeUp(sl.table) {
		f.Confidence = min(f.Confidence, confidentForm)
	}
	if sl.header && o.unfilled(i, v.Category) {
		f.Confidence = min(f.Confidence, confidentForm)
	}
	if o.nobodys(sl, v.Category) || o.describesNobody(sl, v.Category) || (v.Category == "email" || v.Category == "person_name") && o.onlyRoles(i) && !o.namesPersons(int32(i)) {
		f.Confidence = min(f.Confidence, ofOrganisation)
	}
	return f, true
}

// confidentSupported is the confidence of a name whose values agree.
const confidentSupported = 0.9

// supported tells whether values of category were found in slot i.
func (o *object) supported(i int, category string) bool {
	for _, g := range o.groups {
		if int(g.slot) == i && g.count > 0 && o.engine.sources[g.source].category == category && g.tier >= alone {
			return true
		}
	}
	return false
}
