package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// CCAM finds the codes of medical acts.
//
// Unit:   one act; of a person when a record holds it.
// Shape:  4 letters and 3 digits: HBQK002.
// Source: classification commune des actes médicaux, version 10.
// Errors: has no check; it is seen in a column, or weakly near its name.
var CCAM = &detectors.Detector{
	ID:       "fr.ccam",
	Title:    "French medical act (CCAM)",
	Category: "health",
	MaxLen:   7,
	Trigger:  detectors.OnContext,
	Context:  "ccam",
	Verify:   verifyCCAM,
}

// GHM finds the codes of groups of stays in hospital.
//
// Unit:   one stay.
// Shape:  2 digits, one of C H K M Z, 2 digits, severity: 01C02Z.
// Source: ATIH, manuel des groupes homogènes de malades.
// Errors: as CCAM.
var GHM = &detectors.Detector{
	ID:       "fr.ghm",
	Title:    "French hospital stay (GHM)",
	Category: "health",
	MaxLen:   6,
	Trigger:  detectors.OnContext,
	Context:  "ghm",
	Verify:   verifyGHM,
}

// NGAP finds the key letters of older medical acts with their coefficient.
//
// Unit:   one act.
// Shape:  C, CS, V, K, AMI, AMK, SC … and a number: AMI 4.
// Source: nomenclature générale des actes professionnels.
// Errors: as CCAM, and more often: a letter and a number are common.
var NGAP = &detectors.Detector{
	ID:       "fr.ngap",
	Title:    "French medical act (NGAP)",
	Category: "health",
	MaxLen:   10,
	Trigger:  detectors.OnContext,
	Context:  "ngap",
	Verify:   verifyNGAP,
}

// CIP finds the codes of packs (CIP13) and units (UCD13) of medicines.
//
// Unit:   one medicine; of a person when a record holds it.
// Shape:  34008 or 34009 and 8 digits; EAN-13.
// Source: Club inter pharmaceutique.
// Errors: none known; alone it is a product, not a person.
var CIP = &detectors.Detector{
	ID:       "fr.cip",
	Title:    "French medicine pack (CIP13, UCD13)",
	Category: "health",
	MaxLen:   25,
	Trigger:  detectors.OnContext,
	Context:  "medicine",
	Verify:   verifyCIP,
}

// CIS finds the codes of medicines of the public database.
//
// Unit:   one medicine.
// Shape:  8 digits, the first 6.
// Source: base de données publique des médicaments.
// Errors: has no check; any such number near the word CIS.
var CIS = &detectors.Detector{
	ID:       "fr.cis",
	Title:    "French medicine (CIS)",
	Category: "health",
	MaxLen:   8,
	Trigger:  detectors.OnContext,
	Context:  "cis",
	Verify:   verifyCIS,
}

// CIM10 finds diagnoses of the International Classification of Diseases, 10th
// revision (CIM-10), with the extensions of ATIH.
//
// Unit:   one diagnosis; of a person when a record holds it.
// Shape:  letter, 2 digits, then up to 4 after a dot or without: E11.9, F32.1.
// Source: WHO; ATIH.
// Errors: has no check; sizes, versions and rooms look alike.
var CIM10 = &detectors.Detector{
	ID:       "fr.cim10",
	Title:    "Diagnosis (ICD-10, CIM-10)",
	Category: "health",
	MaxLen:   10,
	Trigger:  detectors.OnContext,
	Context:  "diagnosis",
	Verify:   verifyCIM10,
}

func verifyCCAM(text []byte, at int) detectors.Match {
	return verifyCode(text, at, "AAAA999")
}

func verifyGHM(text []byte, at int) detectors.Match {
	m := verifyCode(text, at, "99A99X")
	if m.Len == 0 {
		return m
	}
	switch text[at+2] {
	case 'C', 'H', 'K', 'M', 'Z':
	default:
		return detectors.Match{}
	}
	switch text[at+5] {
	case '1', '2', '3', '4', 'A', 'B', 'C', 'D', 'E', 'J', 'T', 'Z':
		return m
	}
	return detectors.Match{}
}

// verifyCode reads a code in capitals of the shape of mask.
func verifyCode(text []byte, at int, mask string) detectors.Match {
	end := at + len(mask)
	if end > len(text) || !shape.Fits(text[at:end], mask) || !shape.Starts(text, at) || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.C)
}

// keyLetters of NGAP.
var keyLetters = shape.NewWords("amk", "ami", "amo", "amp", "ams", "amy", "ais", "cs", "vs", "kc", "to", "sc", "sp", "sf", "orp", "tls", "bsi", "c", "v", "k", "d", "z", "b", "p")

func verifyNGAP(text []byte, at int) detectors.Match {
	end := at
	for end < len(text) && end-at < 4 && shape.Upper(text[end]) {
		end++
	}
	if end == at || end-at > 3 || keyLetters.At(text[:end], at) == 0 {
		return detectors.Match{}
	}
	i := end + shape.Gap(text, end)
	value, stop := digits(text, i, 3)
	if stop == i || value == 0 || value > 300 || !shape.Starts(text, at) || !shape.Ends(text, stop) {
		return detectors.Match{}
	}
	return shape.Hit(at, stop, detectors.C)
}

func verifyCIP(text []byte, at int) detectors.Match {
	var n shape.Number
	if text[at] != '3' || !n.Read(text, at, 13, nil) {
		return detectors.Match{}
	}
	if s := string(n.Chars[:5]); s != "34009" && s != "34008" {
		return detectors.Match{}
	}
	if !checkdigit.EAN13(n.Bytes()) {
		return shape.Miss(at, n.End)
	}
	return shape.Hit(at, n.End, detectors.B)
}

func verifyCIS(text []byte, at int) detectors.Match {
	if text[at] != '6' {
		return detectors.Match{}
	}
	return verifyCode(text, at, "99999999")
}

func verifyCIM10(text []byte, at int) detectors.Match {
	if at+3 > len(text) || !shape.Upper(text[at]) || !shape.Digit(text[at+1]) || !shape.Digit(text[at+2]) || !shape.Starts(text, at) {
		return detectors.Match{}
	}
	end := at + 3
	start := end
	if end+1 < len(text) && text[end] == '.' && shape.Digit(text[end+1]) {
		start, end = end+1, end+1
	}
	for end < len(text) && end-start < 4 && (shape.Digit(text[end]) || text[end] == '+') {
		end++
	}
	if !shape.Ends(text, end) || text[at] == 'U' && text[at+1] > '0' && text[at+1] < '8' {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.C)
}
