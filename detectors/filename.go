package detectors

import (
	"slices"
	"strings"
)

// ByFileName is the detector named by findings of values that files are called
// after: a payslip called by a NIR tells whose it is before it is opened.
const ByFileName = "name.file"

// ownPath is the path of an object within what holds it: its folders may be
// called after a value too, the archive around it has a finding of its own.
func ownPath(path string) string {
	if i := strings.LastIndex(path, "!/"); i >= 0 {
		return path[i+2:]
	}
	return path
}

// strongInNames are the categories whose check is enough in a name; digits of
// other values are too often dates and references.
var strongInNames = []string{"nir", "iban", "email", "payment_card"}

// What a value in a name of a file is worth.
const (
	confidentName = 0.8
	hopefulName   = 0.4
)

// fileName returns the findings of the object's own name and of its folders'. Its values are gone
// already: Mask left the category in their place.
func (o *object) fileName() []Finding {
	var list []Finding
	var seen []string
	for rest := ownPath(o.at.Path); ; {
		_, after, ok := strings.Cut(rest, "‹")
		if !ok {
			return list
		}
		category, end, ok := strings.Cut(after, "›")
		if !ok {
			return list
		}
		rest = end
		if _, known := o.engine.category[category]; !known && !slices.Contains(strongInNames, category) || slices.Contains(seen, category) {
			continue
		}
		seen = append(seen, category)
		f := Finding{At: o.at, Category: category, Evidence: ByMetadata, Detector: ByFileName, Confidence: hopefulName, Count: 1}
		if slices.Contains(strongInNames, category) {
			f.Confidence = confidentName
		}
		if o.options.Added == nil {
			list = append(list, f)
		}
	}
}
