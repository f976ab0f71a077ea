// Package places finds positions: coordinates in every notation people and
// devices write them.
package places

import "github.com/ecart-rgpd/ecart/detectors"

// All lists the detectors of this package, in order of id.
var All = []*detectors.Detector{
	Decimal,
	DMS,
	GeoURI,
	Geohash,
	NMEA,
	PlusCode,
}
