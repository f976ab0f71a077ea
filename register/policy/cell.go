package policy

import (
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// RetentionIn reads the time limits of a cell of a form, where nothing but
// retention is said: "5 ans à compter du départ du salarié". A text without a
// figure is a criterion.
func RetentionIn(cell string) ([]register.Retention, error) {
	v, err := loadVocabulary()
	if err != nil {
		return nil, err
	}
	d := &reading{vocabulary: v}
	all := d.retentionIn(cell, 0, true)
	for i := range all {
		all[i].Source, all[i].Line = nil, 0
	}
	return all, nil
}

// LegalBasesIn reads the legal bases of a cell of a form.
func LegalBasesIn(cell string) ([]string, error) {
	v, err := loadVocabulary()
	if err != nil {
		return nil, err
	}
	d := &reading{vocabulary: v}
	var ids []string
	for _, f := range d.basesIn(cell, 0, true) {
		ids = append(ids, f.id)
	}
	return ids, nil
}

// FieldOf tells the field that a head or a label of a form names, as in labels.yml; ""
// for any other text.
func FieldOf(label string) (string, error) {
	v, err := loadVocabulary()
	if err != nil {
		return "", err
	}
	return v.labelOf(label), nil
}

// SafeguardIn reads what carries a transfer in a part of a cell: "CCT", "clauses
// contractuelles types"; "" for none.
func SafeguardIn(part string) (string, error) {
	v, err := loadVocabulary()
	if err != nil {
		return "", err
	}
	return safeguard(v.transfers.IDs(terms.Read(part))), nil
}

// CountriesIn reads the countries outside the EEA that a part of a cell names, as
// ISO 3166 codes.
func CountriesIn(part string) ([]string, error) {
	v, err := loadVocabulary()
	if err != nil {
		return nil, err
	}
	return v.countries.IDs(terms.Read(part)), nil
}

// IsCompany tells whether a part of a cell begins with a company that is known.
func IsCompany(part string) (bool, error) {
	v, err := loadVocabulary()
	if err != nil {
		return false, err
	}
	return len(v.companies.find(terms.Read(part), true)) > 0, nil
}

// RecipientKind reads the kind that a name gives of itself in brackets: "Cabinet Ferlin
// (sous-traitant)"; "" for none.
func RecipientKind(said string) (string, error) {
	v, err := loadVocabulary()
	if err != nil {
		return "", err
	}
	for _, m := range v.kinds.Find(terms.Read(said)) {
		return m.ID, nil
	}
	return "", nil
}
