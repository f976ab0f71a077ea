package detectors

// reaching categories tell how to reach somebody: a person, or an organisation
// where the table is one of organisations.
var reaching = map[string]bool{"email": true, "phone": true, "postal_address": true}

// ofOrganisation is the most that a way to reach an organisation is worth: kept,
// and under Sure.
const ofOrganisation = 0.45

// ofOrganisations tells whether the rows of a table are organisations: a column
// is called after their number or name, and none after a person.
func (o *object) ofOrganisations(of *slot) bool {
	key := tableKey{of.table, of.at.Table}
	if of.table < 0 && of.at.Table == "" {
		return false
	}
	known, ok := o.companies[key]
	if !ok {
		known = o.namesOrganisations(key)
		if o.companies == nil {
			o.companies = map[tableKey]bool{}
		}
		o.companies[key] = known
	}
	return known
}

// A tableKey tells apart the tables of one object: of rows by their number,
// declared ones by their name.
type tableKey struct {
	table int
	name  string
}

func (o *object) namesOrganisations(key tableKey) bool {
	companies, first := false, true
	teller, _ := o.engine.names.(rowTeller)
	for i := range o.slots {
		if (tableKey{o.slots[i].table, o.slots[i].at.Table}) != key {
			continue
		}
		companies = companies || teller != nil && teller.TellsFirms(o.slots[i].column.Name)
		if first && teller != nil && key.table >= 0 { // what comes first in a row says what it is about
			companies = companies || teller.TellsUnits(o.slots[i].column.Name) || teller.TellsUnits(key.name)
		}
		first = false
		for _, v := range o.judge(i) {
			if v.Confidence < Sure {
				continue
			}
			if !reaching[v.Category] && v.Category != "company_id" {
				return false
			}
			companies = companies || v.Category == "company_id"
		}
	}
	return companies
}

// ofAccounts tells whether a group of hits is in a column called password of a
// table with a row a person. Labels of screens are words for a password, not one.
func (o *object) ofAccounts(g *group) bool {
	if g.slot == noSlot || o.mute {
		return false
	}
	sl := &o.slots[g.slot]
	return sl.table >= 0 && sl.lists&o.engine.context[g.source] != 0 && o.ofPersons(sl.table)
}

// ofPersons tells whether a column of the table is called after what tells
// persons apart.
func (o *object) ofPersons(table int) bool {
	teller, _ := o.engine.names.(rowTeller)
	for i := range o.slots {
		if o.slots[i].table != table {
			continue
		}
		if teller != nil && teller.TellsPersons(o.slots[i].column.Name) {
			return true
		}
		for _, v := range o.judge(i) {
			if identifying[v.Category] && v.Confidence >= Sure {
				return true
			}
		}
	}
	return o.addresses(table)
}

// addresses tells whether the rows of a table hold mailboxes of persons, whatever
// the column is called: those of roles are graded lower.
func (o *object) addresses(table int) bool {
	for _, g := range o.groups {
		if g.slot != noSlot && g.count > 0 && o.slots[g.slot].table == table && (g.tier == alone || g.tier == sure) && o.engine.sources[g.source].category == "email" && g.confidence >= confidentAlone {
			return true
		}
	}
	return false
}

// identifying categories tell that a row is about a person.
var identifying = map[string]bool{"person_name": true, "nir": true, "birth_date": true, "email": true, "phone": true}

// linked categories tell a device on a network: a person's, or a machine where the
// table is one of machines.
var linked = map[string]bool{"device_id": true, "ip_address": true}

// ofMachines tells whether the rows of a table are machines, and none a person's.
func (o *object) ofMachines(sl *slot) bool {
	teller, _ := o.engine.names.(rowTeller)
	return teller != nil && sl.table >= 0 && teller.TellsMachines(&sl.column) && !o.ofPersons(sl.table)
}
