package reconcile

import (
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
)

// declaredNotObserved raises categories that a treatment declares and that were
// found in none of its systems, where all of their places were read whole.
func declaredNotObserved(r *run) (gaps []Gap) {
	if r.Register == nil {
		return nil
	}
	for i := range r.Register.Treatments {
		t := &r.Register.Treatments[i]
		if !r.readWhole(t) {
			continue
		}
		tables := r.tablesOnly(t)
		for _, d := range t.Data {
			if hidden[d.Category] || !tables && byName[d.Category] || onPapers[d.Category] && r.pictured(t) || r.seen(t, d.Category) {
				continue
			}
			gaps = append(gaps, Gap{
				Kind: DeclaredNotObserved, Category: d.Category, Level: Note, Treatment: t.ID, System: t.Systems[0], Confidence: 1,
				At:     item.Location{Target: "register", Path: t.ID, Place: item.Place{Line: max(d.Line, t.Line)}},
				Object: "register:" + t.ID, Detail: Detail{Name: t.Name, Others: r.places(t)},
			})
		}
	}
	return gaps
}

// hidden are categories that live in pictures and sound, which are not read:
// not seeing them says nothing.
var hidden = map[string]bool{"photo_or_media": true, "signature": true, "biometrics": true}

// byName are categories that a column is called after and that a letter says in
// words of its own: in a share of documents, not seeing them says nothing.
var byName = map[string]bool{
	"person_name": true, "gender": true, "identity": true, "family_situation": true,
	"professional_life": true, "education": true, "financial_situation": true, "communication_content": true, "online_activity": true,
}

// onPapers are categories that stand on identity papers: among pictures that
// nobody read, not seeing them says nothing.
var onPapers = map[string]bool{"nationality": true, "birth_place": true, "id_document": true}

// pictured tells whether a share that the treatment uses holds pictures.
func (r *run) pictured(t *register.Treatment) bool {
	for _, l := range r.places(t) {
		g, err := item.ParseGlob(l)
		if err != nil || r.targets[g.Target].Code || r.targets[g.Target].Tables {
			continue
		}
		if c := r.Coverage[g.Target]; c != nil && c.Skipped[item.SkippedPicture] > 0 {
			return true
		}
	}
	return false
}

// tablesOnly tells whether all places of a treatment are tables of databases.
func (r *run) tablesOnly(t *register.Treatment) bool {
	for _, l := range r.places(t) {
		if g, err := item.ParseGlob(l); err != nil || !r.targets[g.Target].Tables {
			return false
		}
	}
	return true
}

// readWhole tells whether every place of every system of the treatment belongs
// to this run and was read completely.
func (r *run) readWhole(t *register.Treatment) bool {
	if len(t.Systems) == 0 {
		return false
	}
	for _, id := range t.Systems {
		s := r.Register.System(id)
		if s == nil || len(s.Locations) == 0 {
			return false
		}
		for _, l := range s.Locations {
			if g, err := item.ParseGlob(l); err != nil || !r.whole(g) {
				return false
			}
		}
	}
	return true
}

// whole tells whether all that a glob claims was read.
func (r *run) whole(g item.Glob) bool {
	target, known := r.targets[g.Target]
	coverage := r.Coverage[g.Target]
	if !known || coverage == nil || coverage.Stopped != "" || target.Part {
		return false
	}
	for _, u := range coverage.Unread {
		if target.Tables && g.MatchTable(u.At.Path) || !target.Tables && g.MatchFile(u.At.Path) {
			return false
		}
	}
	for _, path := range coverage.Sampled {
		if g.MatchTable(path) {
			return false
		}
	}
	return true
}

// seen tells whether the category, or a member of the group it is, was found in
// a system of the treatment.
func (r *run) seen(t *register.Treatment, category string) bool {
	for _, id := range t.Systems {
		for _, c := range r.Rules.Categories {
			if ok, _ := r.Rules.Covers(category, c.ID); ok && r.observed[[2]string{id, c.ID}] > 0 {
				return true
			}
		}
	}
	return false
}

// places lists the locations of the systems of a treatment.
func (r *run) places(t *register.Treatment) (all []string) {
	for _, id := range t.Systems {
		all = append(all, r.Register.System(id).Locations...)
	}
	return all
}
