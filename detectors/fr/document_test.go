package fr

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/detectortest"
)

func TestDocumentValues(t *testing.T) {
	detectortest.Judge(t, CNI, []detectortest.Case{
		{Why: "until 2021", Value: "990199999999", Want: "B"},
		{Why: "month 13", Value: "991399999999", Want: "near"},
		{Why: "since 2021", Value: "XX99X99X9", Want: "B"},
		{Why: "a word", Value: "ABCDEFGHI", Want: "-"},
		{Why: "nine digits", Value: "123456789", Want: "-"},
		{Why: "published", Value: "X4RTBPFW4", Want: "B specimen"},
	})
	detectortest.Judge(t, Passport, []detectortest.Case{
		{Why: "one piece", Value: "99XX99999", Want: "B"},
		{Why: "groups", Value: "99 XX 99999", Want: "B"},
		{Why: "one digit first", Value: "1AB345678", Want: "-"},
	})
	detectortest.Judge(t, Permis, []detectortest.Case{
		{Why: "NEPH", Value: "990199999912", Want: "B"},
		{Why: "card", Value: "99XX99999", Want: "B"},
		{Why: "filler", Value: "111111111111", Want: "-"},
	})
	detectortest.Judge(t, TitreSejour, []detectortest.Case{
		{Why: "AGDREF", Value: "9999012345", Want: "B"},
		{Why: "card", Value: "XX99X99X9", Want: "B"},
		{Why: "a telephone", Value: "0639981234", Want: "-"},
	})
	detectortest.Judge(t, Vitale, []detectortest.Case{
		{Why: "one piece", Value: "999991234567890123456", Want: "B"},
		{Why: "22 digits", Value: "9999912345678901234567", Want: "-"},
	})
	detectortest.Judge(t, PlateSIV, []detectortest.Case{
		{Why: "hyphens", Value: "AA-123-BB", Want: "B"},
		{Why: "blanks", Value: "AA 123 BB", Want: "B"},
		{Why: "one piece", Value: "AA123BB", Want: "B"},
		{Why: "lower case with hyphens", Value: "aa-123-bb", Want: "B"},
		{Why: "lower case in one piece", Value: "aa123bb", Want: "C"},
		{Why: "one hyphen only", Value: "AA-123BB", Want: "-"},
		{Why: "SS", Value: "SS-123-AA", Want: "-"},
		{Why: "WW first", Value: "WW-123-AA", Want: "-"},
		{Why: "I", Value: "AI-123-AA", Want: "-"},
		{Why: "000", Value: "AA-000-AA", Want: "-"},
	})
	detectortest.Judge(t, PlateFNI, []detectortest.Case{
		{Why: "blanks", Value: "123 ABC 75", Want: "C"},
		{Why: "one piece", Value: "1234AB2A", Want: "C"},
		{Why: "overseas", Value: "12 AB 974", Want: "C"},
		{Why: "no department", Value: "123 ABC 00", Want: "-"},
	})
}

func TestHealthCodes(t *testing.T) {
	detectortest.Judge(t, CCAM, []detectortest.Case{
		{Why: "an act", Value: "HBQK002", Want: "C"},
		{Why: "lower case", Value: "hbqk002", Want: "-"},
	})
	detectortest.Judge(t, GHM, []detectortest.Case{
		{Why: "surgery, severity Z", Value: "01C02Z", Want: "C"},
		{Why: "level 1", Value: "05M091", Want: "C"},
		{Why: "no such letter", Value: "01X02Z", Want: "-"},
	})
	detectortest.Judge(t, NGAP, []detectortest.Case{
		{Why: "with its coefficient", Value: "AMI 4", Want: "C"},
		{Why: "a word", Value: "LOT 4", Want: "-"},
	})
	detectortest.Judge(t, CIP, []detectortest.Case{
		{Why: "a pack", Value: "3400930000014", Want: "B"},
		{Why: "wrong key", Value: "3400930000015", Want: "near"},
		{Why: "another product", Value: "4006381333931", Want: "-"},
	})
	detectortest.Judge(t, CIS, []detectortest.Case{
		{Why: "a medicine", Value: "61234567", Want: "C"},
		{Why: "starts with 5", Value: "51234567", Want: "-"},
	})
	detectortest.Judge(t, CIM10, []detectortest.Case{
		{Why: "with a dot", Value: "E11.9", Want: "C"},
		{Why: "without", Value: "F321", Want: "C"},
		{Why: "three characters", Value: "I10", Want: "C"},
		{Why: "a year", Value: "F19850", Want: "C"},
		{Why: "lower case", Value: "e11.9", Want: "-"},
	})
}
