// Package intl finds the identifiers of persons that are the same everywhere:
// bank, network, telephone, travel documents.
package intl

import "github.com/ecart-rgpd/ecart/detectors"

// All lists the detectors of this package, in order of id.
var All = []*detectors.Detector{
	AdID,
	ATC,
	BIC,
	Card,
	CardCode,
	Cookie,
	Email,
	IBAN,
	IMEI,
	IPv4,
	IPv6,
	LOINC,
	MAC,
	MRZ,
	Password,
	PIN,
	Phone,
	VIN,
}
