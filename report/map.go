package report

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/register"
)

// The columns of a data map.
const (
	mapPlace = iota
	mapCategory
	mapTreatment
	mapRecipient
	mapColumns
)

// mapShown is how many nodes of a column are drawn; the lightest fold into one.
const mapShown = 14

// undeclaredNode is the treatment of what no treatment declares.
const undeclaredNode = "\x00none"

// A mapNode is one place, category, treatment or recipient.
type mapNode struct {
	Key, Label string
	Column     int
	Gaps       int // open gaps that concern it
	Objects    int
	Folded     int // how many it stands for; 0 for one
	Level      reconcile.Level
	Unclaimed  bool     // a place that no system claims
	places     int      // of a group: how many it was made of
	only       *mapNode // of a group: its last place
	id         string   // of the drawing
	y, h       float64
}

// A mapLink joins two nodes of neighbouring columns.
type mapLink struct {
	From, To string // keys of columns Column and Column+1
	Column   int
	Objects  int
	Gap      bool // at least one open gap is about it
}

// A dataMap is what data is where, for what and for whom: what was found, what
// is declared, and where the two part.
type dataMap struct {
	Columns [mapColumns][]*mapNode
	Links   []*mapLink
}

// A mapper builds a data map.
type mapper struct {
	t      *texts
	r      *reconcile.Result
	tables map[string]bool
	nodes  [mapColumns]map[string]*mapNode
	links  map[mapLink]*mapLink // by ends, without figures
	gaps   map[[3]string]bool   // target, place, category with an open gap
}

// newMap draws from what was found and declared, all places, unfolded.
func (t *texts) newMap(r *reconcile.Result) *dataMap {
	m := &mapper{t: t, r: r, tables: map[string]bool{}, links: map[mapLink]*mapLink{}, gaps: map[[3]string]bool{}}
	for i := range m.nodes {
		m.nodes[i] = map[string]*mapNode{}
	}
	for _, target := range r.Targets {
		m.tables[target.Name] = target.Tables
	}
	m.weigh()
	for i := range r.Seen {
		m.seen(&r.Seen[i])
	}
	m.declared()
	m.parties()
	return m.done()
}

// weigh notes the open gaps of each place and category.
func (m *mapper) weigh() {
	for i := range m.r.Gaps {
		g := &m.r.Gaps[i]
		if g.Accepted != nil || g.State == reconcile.Gone || g.Category == "" || m.document(g) {
			continue
		}
		place := reconcile.Place(g.At, m.tables[g.At.Target])
		if familyOf(g.Kind) == toDeclare && g.Cover != reconcile.Vague {
			m.gaps[[3]string{g.At.Target, place, g.Category}] = true
		}
		m.node(mapPlace, g.At.Target+":"+place, g.At.Target+":"+place).raise(g)
		m.node(mapCategory, g.Category, m.t.label(g.Category)).raise(g)
	}
}

func (m *mapper) document(g *reconcile.Gap) bool {
	return g.At.Target == "register" || g.At.Target == "policy"
}

func (n *mapNode) raise(g *reconcile.Gap) {
	n.Gaps++
	if n.Level == "" || rank(g.Level) < rank(n.Level) {
		n.Level = g.Level
	}
}

func (m *mapper) node(column int, key, label string) *mapNode {
	n := m.nodes[column][key]
	if n == nil {
		n = &mapNode{Key: key, Label: Clean(label), Column: column}
		m.nodes[column][key] = n
	}
	return n
}

func (m *mapper) link(column int, from, to string, objects int, gap bool) {
	ends := mapLink{From: from, To: to, Column: column}
	l := m.links[ends]
	if l == nil {
		l = &mapLink{From: from, To: to, Column: column}
		m.links[ends] = l
	}
	l.Objects += objects
	l.Gap = l.Gap || gap
}

// seen links a place to what was found there, and that to the treatments of its
// systems which declare it, else to none.
func (m *mapper) seen(s *reconcile.Sighting) {
	place := s.Target + ":" + s.Place
	m.node(mapPlace, place, place).Objects += s.Objects
	claimed := len(s.Systems) > 0
	if n := m.nodes[mapPlace][place]; !claimed && n.Level == "" {
		n.Level, n.Unclaimed = reconcile.Note, true
	}
	m.node(mapCategory, s.Category, m.t.label(s.Category)).Objects += s.Objects
	gap := m.gaps[[3]string{s.Target, s.Place, s.Category}] || !claimed
	m.link(mapPlace, place, s.Category, s.Objects, gap)
	if gap {
		m.node(mapTreatment, undeclaredNode, m.t.say("Aucun traitement", "No treatment")).Objects += s.Objects
		m.nodes[mapTreatment][undeclaredNode].Level = reconcile.Error
		m.link(mapCategory, s.Category, undeclaredNode, s.Objects, true)
	}
	for _, t := range m.treatments(s.Systems) {
		if m.covers(t, s.Category) {
			m.node(mapTreatment, t.ID, first(t.Name, t.ID)).Objects += s.Objects
			m.link(mapCategory, s.Category, t.ID, s.Objects, false)
		}
	}
}

// treatments returns the treatments of systems, in the order of the register.
func (m *mapper) treatments(systems []string) (all []*register.Treatment) {
	if m.r.Declared == nil {
		return nil
	}
	for i := range m.r.Declared.Treatments {
		t := &m.r.Declared.Treatments[i]
		if slices.ContainsFunc(t.Systems, func(id string) bool { return slices.Contains(systems, id) }) {
			all = append(all, t)
		}
	}
	return all
}

func (m *mapper) covers(t *register.Treatment, category string) bool {
	return slices.ContainsFunc(t.Data, func(d register.Datum) bool {
		ok, _ := m.r.Rules.Covers(d.Category, category)
		return ok
	})
}

// declared adds every treatment with its recipients and the hosts of its systems.
func (m *mapper) declared() {
	if m.r.Declared == nil {
		return
	}
	for i := range m.r.Declared.Treatments {
		t := &m.r.Declared.Treatments[i]
		m.node(mapTreatment, t.ID, first(t.Name, t.ID))
		for _, to := range t.Recipients {
			m.node(mapRecipient, to.Name, to.Name).Objects++
			m.link(mapTreatment, t.ID, to.Name, 1, false)
		}
	}
}

// parties adds the recipients that were seen and are not declared, and counts
// the gaps of the documents on their treatments.
func (m *mapper) parties() {
	for i := range m.r.Gaps {
		g := &m.r.Gaps[i]
		if g.Accepted != nil || g.State == reconcile.Gone {
			continue
		}
		if g.Recipient != "" && familyOf(g.Kind) == toDeclare {
			name := m.t.recipient(g)
			m.node(mapRecipient, name, name).raise(g)
			from := first(g.Treatment, undeclaredNode)
			if m.nodes[mapTreatment][from] == nil {
				from = undeclaredNode
				m.node(mapTreatment, undeclaredNode, m.t.say("Aucun traitement", "No treatment")).Level = reconcile.Error
			}
			m.link(mapTreatment, from, name, 1, true)
		}
		switch n := m.nodes[mapTreatment][g.Treatment]; {
		case n != nil && m.document(g):
			n.raise(g)
		case n == nil && g.Treatment == "" && m.nodes[mapTreatment][undeclaredNode] != nil && familyOf(g.Kind) == toDeclare:
			m.nodes[mapTreatment][undeclaredNode].raise(g)
		}
	}
}

// done sorts, heaviest first, and gives the map.
func (m *mapper) done() *dataMap {
	d := &dataMap{}
	for c := range m.nodes {
		for _, n := range m.nodes[c] {
			d.Columns[c] = append(d.Columns[c], n)
		}
		sort.Slice(d.Columns[c], func(i, j int) bool { return heavier(d.Columns[c][i], d.Columns[c][j]) })
	}
	for _, l := range m.links {
		d.Links = append(d.Links, l)
	}
	d.sortLinks()
	return d
}

func (d *dataMap) sortLinks() {
	sort.Slice(d.Links, func(i, j int) bool {
		a, b := d.Links[i], d.Links[j]
		switch {
		case a.Column != b.Column:
			return a.Column < b.Column
		case a.Gap != b.Gap:
			return !a.Gap // gaps are drawn last, on top
		case a.From != b.From:
			return a.From < b.From
		}
		return a.To < b.To
	})
}

// heavier orders nodes: what no treatment declares first, then by worst gap,
// gaps, objects and name.
func heavier(a, b *mapNode) bool {
	switch {
	case (a.Key == undeclaredNode) != (b.Key == undeclaredNode):
		return a.Key == undeclaredNode
	case rank(a.Level) != rank(b.Level):
		return rank(a.Level) < rank(b.Level)
	case a.Gaps != b.Gaps:
		return a.Gaps > b.Gaps
	case a.Objects != b.Objects:
		return a.Objects > b.Objects
	}
	return a.Key < b.Key
}

// fold keeps the heaviest nodes of each column and gathers the rest in one, so
// that the picture stays readable at 500 places.
func (d *dataMap) fold(t *texts) *dataMap {
	names := [mapColumns][2]string{
		{"%d autres lieux", "%d more places"},
		{"%d autres catégories", "%d more categories"},
		{"%d autres traitements", "%d more treatments"},
		{"%d autres destinataires", "%d more recipients"},
	}
	out, to := &dataMap{}, [mapColumns]map[string]string{}
	for c, nodes := range d.Columns {
		to[c] = map[string]string{}
		if c == mapPlace && len(nodes) > mapShown+1 {
			nodes, to[c] = byParent(nodes)
		}
		out.Columns[c] = slices.Clone(nodes)
		if len(nodes) <= mapShown+1 {
			continue
		}
		rest := &mapNode{Key: "\x01rest", Column: c, Folded: len(nodes) - mapShown}
		rest.Label = fmt.Sprintf(t.say(names[c][0], names[c][1]), rest.Folded)
		for _, n := range nodes[mapShown:] {
			for from, group := range to[c] {
				if group == n.Key {
					to[c][from] = rest.Key
				}
			}
			to[c][n.Key] = rest.Key
			rest.Gaps, rest.Objects = rest.Gaps+n.Gaps, rest.Objects+n.Objects
			if rest.Level == "" || n.Level != "" && rank(n.Level) < rank(rest.Level) {
				rest.Level = n.Level
			}
		}
		out.Columns[c] = append(out.Columns[c][:mapShown:mapShown], rest)
	}
	links := map[mapLink]*mapLink{}
	for _, l := range d.Links {
		key := mapLink{From: first(to[l.Column][l.From], l.From), To: first(to[l.Column+1][l.To], l.To), Column: l.Column}
		if links[key] == nil {
			n := key
			links[key] = &n
			out.Links = append(out.Links, &n)
		}
		links[key].Objects += l.Objects
		links[key].Gap = links[key].Gap || l.Gap
	}
	out.sortLinks()
	return out
}

// fewGroups is under how many nodes a picture says too little.
const fewGroups = 8

// byParent puts the places of one folder or schema together; those of one target
// where that leaves too many still and the targets are many. It also returns the
// group of each place.
func byParent(nodes []*mapNode) ([]*mapNode, map[string]string) {
	folders, to := grouped(nodes, folderOf)
	if len(folders) <= mapShown+1 {
		return folders, to
	}
	if targets, of := grouped(nodes, targetOf); len(targets) >= fewGroups {
		return targets, of
	}
	return folders, to
}

func grouped(nodes []*mapNode, parent func(string) string) (out []*mapNode, to map[string]string) {
	groups := map[string]*mapNode{}
	to = map[string]string{}
	for _, n := range nodes {
		key := parent(n.Key)
		if groups[key] == nil {
			groups[key] = &mapNode{Key: key, Column: n.Column}
			out = append(out, groups[key])
		}
		groups[key].add(n)
		to[n.Key] = key
	}
	for i, g := range out {
		if g.places > 1 {
			g.Label = Clean(fmt.Sprintf("%s (%d)", g.Key, g.places))
			continue
		}
		out[i] = g.only // alone, it keeps its name
		delete(to, g.only.Key)
	}
	sort.Slice(out, func(i, j int) bool { return heavier(out[i], out[j]) })
	return out, to
}

// add counts a place into its group.
func (g *mapNode) add(n *mapNode) {
	g.places, g.only = g.places+1, n
	g.Gaps, g.Objects, g.Unclaimed = g.Gaps+n.Gaps, g.Objects+n.Objects, g.Unclaimed || n.Unclaimed
	if rank(n.Level) < rank(g.Level) {
		g.Level = n.Level
	}
}

// folderOf is what a place stands in: the first folder of a path, the schema of a
// table. The star says that it stands for all below.
func folderOf(place string) string {
	target, path, _ := strings.Cut(place, ":")
	if i := strings.IndexAny(path, "/."); i > 0 {
		return target + ":" + path[:i+1] + "*"
	}
	return target + ":*"
}

func targetOf(place string) string {
	target, _, _ := strings.Cut(place, ":")
	return target + ":*"
}

// rank orders levels, the heaviest first; no level comes last.
func rank(l reconcile.Level) int {
	return slices.Index([]reconcile.Level{reconcile.Error, reconcile.Warning, reconcile.Note, ""}, l)
}
