package shape

import "github.com/ecart-rgpd/ecart/detectors"

// Hit is the match of text[at:end].
func Hit(at, end int, g detectors.Grade) detectors.Match {
	return detectors.Match{Start: at, Len: end - at, Grade: g}
}

// Specimen is Hit for a value that was published as an example.
func Specimen(at, end int, g detectors.Grade, is bool) detectors.Match {
	m := Hit(at, end, g)
	if is {
		m.Sort = detectors.Specimen
	}
	return m
}

// Miss says that text[at:end] has the shape and fails the check.
func Miss(at, end int) detectors.Match {
	return detectors.Match{Start: at, Len: end - at, Sort: detectors.NearMiss}
}
