package places

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/detectortest"
)

func TestDecimal(t *testing.T)  { detectortest.Run(t, Decimal, "decimal") }
func TestDMS(t *testing.T)      { detectortest.Run(t, DMS, "dms") }
func TestNMEA(t *testing.T)     { detectortest.Run(t, NMEA, "nmea") }
func TestGeoURI(t *testing.T)   { detectortest.Run(t, GeoURI, "geo") }
func TestPlusCode(t *testing.T) { detectortest.Run(t, PlusCode, "pluscode") }

func TestPlaceValues(t *testing.T) {
	detectortest.Judge(t, Decimal, []detectortest.Case{
		{Why: "pair", Value: "47.12345,-5.98765", Want: "B"},
		{Why: "with its names", Value: "47.12345, lng: -5.98765", Want: "A"},
		{Why: "decimal commas", Value: "47,12345 ; 5,98765", Want: "B"},
		{Why: "decimal commas without blank", Value: "47,12345,5,98765", Want: "-"},
		{Why: "letters of the compass", Value: "47.12345N 5.98765W", Want: "A"},
		{Why: "compass first", Value: "47.12345 W 5.98765", Want: "A"},
		{Why: "ISO 6709", Value: "47.12345-005.98765", Want: "B"},
		{Why: "query", Value: "47.12345&lon=5.98765", Want: "A"},
		{Why: "beyond the poles", Value: "147.12345, 198.76543", Want: "near"},
		{Why: "three decimals", Value: "47.123, 5.987", Want: "-"},
		{Why: "whole degrees", Value: "47.0000, 5.0000", Want: "-"},
		{Why: "one number", Value: "47.12345", Want: "-"},
	})
	detectortest.Judge(t, Geohash, []detectortest.Case{
		{Why: "nine characters", Value: "u09tvw0f6", Want: "C"},
		{Why: "a word", Value: "bergère", Want: "-"},
		{Why: "with a vowel it does not have", Value: "u09tva0f6", Want: "-"},
	})
	detectortest.Judge(t, PlusCode, []detectortest.Case{
		{Why: "whole", Value: "8FW4V75V+8Q", Want: "B"},
		{Why: "short", Value: "V75V+8Q", Want: "C"},
		{Why: "a letter it does not have", Value: "8FW4V75A+8Q", Want: "-"},
	})
}
