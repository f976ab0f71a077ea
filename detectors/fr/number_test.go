package fr

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/detectortest"
)

// Nobody's numbers: no department has a commune 999, no SIREN starts with 999
// 123, no bank is 99999; keys are computed. Telephones are of the ranges that
// Arcep keeps for fiction. The others were published as examples.

func TestNIRValues(t *testing.T) {
	detectortest.Judge(t, NIR, []detectortest.Case{
		{Why: "one piece", Value: "185057899900463", Want: "A"},
		{Why: "as on the card", Value: "1 85 05 78 999 004 63", Want: "A"},
		{Why: "key apart", Value: "1850578999004 63", Want: "A"},
		{Why: "dots", Value: "1.85.05.78.999.004.63", Want: "A"},
		{Why: "no-break spaces", Value: "1\u00a085\u00a005\u00a078\u00a0999\u00a0004\u00a063", Want: "A"},
		{Why: "narrow no-break spaces", Value: "1\u202f85\u202f05\u202f78\u202f999\u202f004\u202f63", Want: "A"},
		{Why: "Corsica before 1976", Value: "253072099900475", Want: "A"},
		{Why: "Corse-du-Sud", Value: "253072A99900405", Want: "A"},
		{Why: "Haute-Corse, in groups", Value: "2 53 07 2B 999 004 32", Want: "A"},
		{Why: "lower case", Value: "2 53 07 2b 999 004 32", Want: "A"},
		{Why: "Corsica, keys swapped", Value: "253072A99900432", Want: "near"},
		{Why: "overseas, 97x", Value: "184019749904145", Want: "A"},
		{Why: "overseas, 98x", Value: "299019879904130", Want: "A"},
		{Why: "no department 970", Value: "185059709900469", Want: "near"},
		{Why: "born abroad", Value: "192069999900343", Want: "A"},
		{Why: "month unknown, 20", Value: "286206399900229", Want: "A"},
		{Why: "incomplete civil record, 31", Value: "187316399900113", Want: "A"},
		{Why: "incomplete civil record, 42", Value: "190426399900340", Want: "A"},
		{Why: "month unknown, 50", Value: "190506399900371", Want: "A"},
		{Why: "month unknown, 99", Value: "190996399900379", Want: "A"},
		{Why: "month 13", Value: "185137899900494", Want: "near"},
		{Why: "month 00", Value: "185007899900480", Want: "near"},
		{Why: "month 19", Value: "185197899900493", Want: "near"},
		{Why: "month 43", Value: "185437899900489", Want: "near"},
		{Why: "month 49", Value: "185497899900488", Want: "near"},
		{Why: "sex 3, temporary", Value: "385057899900460", Want: "A"},
		{Why: "sex 4, temporary", Value: "485057899900410", Want: "A"},
		{Why: "sex 7, waiting for a number", Value: "785057899900454", Want: "A"},
		{Why: "sex 8, waiting for a number", Value: "885057899900404", Want: "A"},
		{Why: "sex 5", Value: "585057899900457", Want: "near"},
		{Why: "sex 6", Value: "685057899900407", Want: "near"},
		{Why: "sex 9", Value: "985057899900451", Want: "-"},
		{Why: "department 00", Value: "185050099900435", Want: "near"},
		{Why: "commune 000", Value: "185057800000460", Want: "near"},
		{Why: "order 000", Value: "185057899900067", Want: "near"},
		{Why: "wrong key", Value: "185057899900464", Want: "near"},
		{Why: "2C is no department", Value: "253072C99900405", Want: "-"},
		{Why: "without key", Value: "1850578999004", Want: "-"},
		{Why: "16 digits", Value: "1850578999004631", Want: "-"},
		{Why: "published", Value: "2 69 05 49 588 157 80", Want: "A specimen"},
	})
	detectortest.Judge(t, NIR13, []detectortest.Case{
		{Why: "one piece", Value: "1850578999004", Want: "B"},
		{Why: "groups", Value: "1 85 05 78 999 004", Want: "B"},
		{Why: "Corsica", Value: "253072A999004", Want: "B"},
		{Why: "month 13", Value: "1851378999004", Want: "near"},
		{Why: "part of a whole one", Value: "1 85 05 78 999 004 63", Want: "-"},
	})
}

func TestCompanyValues(t *testing.T) {
	detectortest.Judge(t, SIRET, []detectortest.Case{
		{Why: "one piece", Value: "99912345800013", Want: "A"},
		{Why: "3-3-3-5", Value: "999 123 458 00013", Want: "A"},
		{Why: "no-break spaces", Value: "999\u00a0123\u00a0458\u00a000013", Want: "A"},
		{Why: "SIREN apart", Value: "999123458 00013", Want: "A"},
		{Why: "wrong key", Value: "99912345800014", Want: "near"},
		{Why: "right as a whole, wrong SIREN", Value: "99912345700015", Want: "near"},
		{Why: "groups of no SIRET", Value: "99 91 23 45 80 00 13", Want: "-"},
		{Why: "La Poste, head office", Value: "35600000000048", Want: "A"},
		{Why: "La Poste, another", Value: "35600000049837", Want: "A"},
		{Why: "La Poste, wrong", Value: "35600000049838", Want: "near"},
		{Why: "a date and time that passes", Value: "20240131101006", Want: "B"},
		{Why: "zeros", Value: "00000000000000", Want: "-"},
		{Why: "documentation", Value: "73282932000074", Want: "A specimen"},
	})
	detectortest.Judge(t, SIREN, []detectortest.Case{
		{Why: "one piece", Value: "999123458", Want: "B"},
		{Why: "groups", Value: "999 123 458", Want: "B"},
		{Why: "wrong key", Value: "999123457", Want: "near"},
		{Why: "start of a SIRET", Value: "999 123 458 00013", Want: "-"},
	})
	detectortest.Judge(t, TVA, []detectortest.Case{
		{Why: "one piece", Value: "FR61999123458", Want: "A"},
		{Why: "groups", Value: "FR 61 999 123 458", Want: "A"},
		{Why: "wrong key", Value: "FR62999123458", Want: "near"},
		{Why: "new style, letter first", Value: "FRA6999123458", Want: "A"},
		{Why: "new style, digit first", Value: "FR4F999123458", Want: "A"},
		{Why: "new style, two letters", Value: "FRZN999123458", Want: "A"},
		{Why: "new style, wrong", Value: "FRZM999123458", Want: "near"},
		{Why: "the letter O", Value: "FRO6999123458", Want: "-"},
		{Why: "Monaco", Value: "FR53000004605", Want: "A"},
		{Why: "right key of no SIREN", Value: "FR84323140391", Want: "near"},
	})
}

func TestMoneyValues(t *testing.T) {
	detectortest.Judge(t, SPI, []detectortest.Case{
		{Why: "one piece", Value: "0123456789211", Want: "B"},
		{Why: "as printed", Value: "01 23 456 789 211", Want: "A"},
		{Why: "wrong key", Value: "0123456789212", Want: "near"},
		{Why: "starts with 4", Value: "4123456789211", Want: "-"},
	})
	detectortest.Judge(t, RIB, []detectortest.Case{
		{Why: "groups", Value: "99999 99999 12345678901 90", Want: "B"},
		{Why: "one piece", Value: "99999999991234567890190", Want: "B"},
		{Why: "letters", Value: "99999 00001 0A1JS2Z3R9I 83", Want: "B"},
		{Why: "wrong key", Value: "99999 00001 0A1JS2Z3R9I 84", Want: "near"},
	})
	detectortest.Judge(t, CAF, []detectortest.Case{
		{Why: "with its letter", Value: "9999123A", Want: "B"},
		{Why: "letter apart", Value: "9999123 A", Want: "B"},
		{Why: "without letter", Value: "9999123", Want: "C"},
		{Why: "six digits", Value: "999912", Want: "-"},
	})
}

func TestProfessionalValues(t *testing.T) {
	detectortest.Judge(t, RPPS, []detectortest.Case{
		{Why: "one piece", Value: "10000000017", Want: "B"},
		{Why: "national identifier", Value: "810000000017", Want: "B"},
		{Why: "wrong key", Value: "10000000018", Want: "near"},
		{Why: "ten digits", Value: "1000000001", Want: "-"},
	})
	detectortest.Judge(t, FINESS, []detectortest.Case{
		{Why: "Luhn", Value: "750123457", Want: "B"},
		{Why: "wrong key", Value: "750123456", Want: "near"},
		{Why: "Corsica has a letter", Value: "2A0123456", Want: "B"},
		{Why: "department 00", Value: "000123456", Want: "near"},
	})
	detectortest.Judge(t, ADELI, []detectortest.Case{
		{Why: "no key is known", Value: "759123456", Want: "C"},
		{Why: "Corsica", Value: "2B9123456", Want: "C"},
		{Why: "department 00", Value: "009123456", Want: "near"},
	})
	detectortest.Judge(t, INE, []detectortest.Case{
		{Why: "RNIE", Value: "999123456AB", Want: "B"},
		{Why: "RNIE, lower case", Value: "999123456ab", Want: "B"},
		{Why: "I is no letter of RNIE", Value: "999123456AI", Want: "near"},
		{Why: "BEA, right letter", Value: "0123456789M", Want: "B"},
		{Why: "BEA, another letter", Value: "0123456789N", Want: "C"},
		{Why: "SIFA", Value: "9999A12345C", Want: "B"},
		{Why: "provisional", Value: "9999D12345C", Want: "B"},
		{Why: "base 36", Value: "0A1B2C3D4E5", Want: "B"},
		{Why: "a word", Value: "IDENTIFIANT", Want: "-"},
		{Why: "eleven digits", Value: "12345678901", Want: "-"},
	})
}
