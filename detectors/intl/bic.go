package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// BIC finds the codes of banks.
//
// Unit:   one bank or branch; no person by itself.
// Shape:  4 letters, ISO country, 2 characters, and 3 more or none; blanks may
// set the four parts apart.
// Source: ISO 9362.
// Errors: words of 8 letters in capitals whose fifth and sixth are a country;
// so it is asked for the word BIC or SWIFT.
var BIC = &detectors.Detector{
	ID:       "intl.bic",
	Title:    "Bank identifier (BIC, SWIFT)",
	Category: "bank_account",
	MaxLen:   14,
	Trigger:  detectors.OnContext,
	Context:  "bic",
	Verify:   verifyBIC,
}

func verifyBIC(text []byte, at int) detectors.Match {
	var s [11]byte
	n, i, end := 0, at, at
	for n < 11 && i < len(text) {
		c := text[i]
		switch {
		case shape.Upper(c) || n >= 6 && shape.Digit(c):
			s[n] = c
			n++
			i++
			end = i
			continue
		case c == ' ' && (n == 4 || n == 6) && i == end:
			i++
			continue
		case c == ' ' && n == 8 && i == end && i > at+8 && i+3 <= len(text) && shape.Ends(text, i+4): // a branch after a grouped code
			i++
			continue
		}
		break
	}
	if n != 8 && n != 11 || !country(s[4], s[5]) || !shape.Starts(text, at) || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.C)
}

// countries of ISO 3166-1, and XK; two letters each, in order.
const countries = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ" +
	"DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISIT" +
	"JEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZ" +
	"NANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZ" +
	"TCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW"

// country tells whether the two capitals are a country.
func country(a, b byte) bool {
	for i := 0; i < len(countries); i += 2 {
		if countries[i] == a && countries[i+1] == b {
			return true
		}
	}
	return false
}
