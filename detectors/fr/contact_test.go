package fr

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/detectortest"
)

func TestPhoneValues(t *testing.T) {
	detectortest.Judge(t, Phone, []detectortest.Case{
		{Why: "pairs", Value: "06 39 98 12 34", Want: "A"},
		{Why: "dots", Value: "01.99.00.12.34", Want: "A"},
		{Why: "hyphens", Value: "02-61-91-12-34", Want: "A"},
		{Why: "no-break spaces", Value: "03\u00a053\u00a001\u00a012\u00a034", Want: "A"},
		{Why: "narrow no-break spaces", Value: "04\u202f65\u202f71\u202f12\u202f34", Want: "A"},
		{Why: "one piece", Value: "0536491234", Want: "B"},
		{Why: "uneven groups", Value: "0639 98 12 34", Want: "B"},
		{Why: "international", Value: "+33 6 39 98 12 34", Want: "A"},
		{Why: "international, one piece", Value: "+33639981234", Want: "A"},
		{Why: "with (0)", Value: "+33 (0)6 39 98 12 34", Want: "A"},
		{Why: "0033", Value: "0033 6 39 98 12 34", Want: "A"},
		{Why: "0033, one piece", Value: "0033639981234", Want: "A"},
		{Why: "a special number", Value: "08 00 12 34 56", Want: "C"},
		{Why: "starts with 00", Value: "00 12 34 56 78", Want: "-"},
		{Why: "eleven digits", Value: "06399812345", Want: "-"},
		{Why: "a list of numbers", Value: "01 02 03 04 05", Want: "-"},
		{Why: "more pairs after", Value: "06 39 98 12 34 56", Want: "-"},
		{Why: "more pairs before", Value: "12 06 39 98 12 34", Want: "-"},
	})
}
