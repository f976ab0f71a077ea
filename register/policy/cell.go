package policy

import (
	"github.com/ecart-rgpd/ecart/register"
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
