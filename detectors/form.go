package detectors

// confidentForm is the most that a heading is worth over nothing, or over what is
// none of its values: a form to be filled in, an example of an import.
const confidentForm = 0.45

// formRows is up to how many rows a table may be a form rather than data.
const formRows = 1

// shaped are categories whose values have a form of their own, so that a cell
// without one is empty or made up.
var shaped = map[string]bool{"email": true, "phone": true}

// unfilled tells whether slot i heads a table without rows, or with one in which
// its category was not found.
func (o *object) unfilled(i int, category string) bool {
	t := o.slots[i].table
	if t < 0 || o.tables[t].rows > formRows {
		return false
	}
	if o.tables[t].rows == 0 || o.tables[t].empty {
		return true
	}
	for _, g := range o.groups {
		if int(g.slot) == i && g.count > 0 && g.tier != specimen && o.engine.sources[g.source].category == category {
			return false
		}
	}
	return shaped[category] || o.exampleRows(t)
}

// exampleRows tells whether another column of table t holds a specimen: what is
// beside it is made up too.
func (o *object) exampleRows(t int) bool {
	for _, g := range o.groups {
		if g.slot != noSlot && o.slots[g.slot].table == t && g.tier == specimen && g.count > 0 {
			return true
		}
	}
	return false
}

// onlySpecimens tells whether what was found of a category under slot i are
// published examples, all of it: 192.0.2.1 in a test.
func (o *object) onlySpecimens(i int, category string) bool {
	seen := false
	for _, g := range o.groups {
		if int(g.slot) != i || g.count == 0 || o.engine.sources[g.source].category != category {
			continue
		}
		if g.tier != specimen {
			return false
		}
		seen = true
	}
	return seen
}

// hollow tells whether a column of a small table has no value in any row.
func (o *object) hollow(sl *slot) bool {
	return sl.empty && sl.table >= 0 && o.tables[sl.table].rows <= sampleCells
}

// madeUp tells whether the rows of a table are an example: what was found in them is
// published specimens, and nothing else.
func (o *object) madeUp(table int) bool {
	if table < 0 || !o.exampleRows(table) {
		return false
	}
	for _, g := range o.groups {
		if g.slot != noSlot && o.slots[g.slot].table == table && g.count > 0 && (g.tier == alone || g.tier == sure) {
			return false
		}
	}
	return true
}
