package rules

// Category returns the category with this id; the zero Category when there is
// none.
func (r *Rules) Category(id string) Category {
	for i := range r.Categories {
		if r.Categories[i].ID == id {
			return r.Categories[i]
		}
	}
	return Category{}
}

// Covers tells whether declaring a category covers data of another: itself
// (clear), or a group it belongs to (vague).
func (r *Rules) Covers(declared, found string) (covers, vague bool) {
	if declared == found {
		return true, false
	}
	if c := r.Category(found); c.Group != "" && c.Group == declared {
		return true, true
	}
	return false, false
}

// HasCategory tells whether id is a category.
// Without rules there is none to compare with, and all are.
func (r *Rules) HasCategory(id string) bool {
	if r == nil {
		return true
	}
	for i := range r.Categories {
		if r.Categories[i].ID == id {
			return true
		}
	}
	return false
}
