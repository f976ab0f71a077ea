// Package fr finds the identifiers of persons, and the codes that say something
// of them, in use in France.
package fr

import "github.com/ecart-rgpd/ecart/detectors"

// All lists the detectors of this package, in order of id.
var All = []*detectors.Detector{
	Address,
	ADELI,
	BirthDate,
	BirthPlace,
	CAF,
	CCAM,
	CIM10,
	CIP,
	CIS,
	CNI,
	FINESS,
	GHM,
	INE,
	NGAP,
	NIR,
	NIR13,
	Passport,
	Permis,
	Phone,
	PlateFNI,
	PlateSIV,
	Postcode,
	RIB,
	RPPS,
	SIREN,
	SIRET,
	SPI,
	TitreSejour,
	TVA,
	Vitale,
}
