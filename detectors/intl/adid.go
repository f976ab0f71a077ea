package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// AdID finds the advertising identifiers of telephones.
//
// Unit:   one device, until its owner resets it.
// Shape:  a UUID where IDFA, GAID, AAID or the like is spoken of.
// Source: RFC 9562; Apple and Google developer documentation.
// Errors: any other UUID near those words.
var AdID = &detectors.Detector{
	ID:       "intl.ad-id",
	Title:    "Advertising identifier",
	Category: "device_id",
	MaxLen:   36,
	Trigger:  detectors.OnContext,
	Context:  "ad_id",
	Verify:   verifyUUID,
}

// Cookie finds the identifiers that audience measurement and advertising keep
// in cookies.
//
// Unit:   one browser.
// Shape:  the value of a cookie of a known name (rules/context/online.yml): for
// _ga GA1.2.123456789.1234567890, for _fbp fb.1.1234567890123.123456789, else 16
// hexadecimal digits or a UUID.
// Source: the makers' documentation of their cookies.
// Errors: misses cookies it has no name for.
var Cookie = &detectors.Detector{
	ID:       "intl.cookie",
	Title:    "Cookie identifier",
	Category: "online_activity",
	MaxLen:   64,
	Trigger:  detectors.OnContext,
	Context:  "cookie",
	Verify:   verifyCookie,
}

func verifyUUID(text []byte, at int) detectors.Match {
	end := at + 36
	if end > len(text) || !shape.Starts(text, at) || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	digits := 0
	for i, c := range text[at:end] {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return detectors.Match{}
			}
			continue
		}
		if !hex(c) {
			return detectors.Match{}
		}
		if c != '0' {
			digits++
		}
	}
	if digits < 8 { // 00000000-0000-…: tracking refused
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.B)
}

func verifyCookie(text []byte, at int) detectors.Match {
	if m := verifyUUID(text, at); m.Len > 0 {
		return m
	}
	if end := dotted(text, at); end > 0 {
		return shape.Hit(at, end, detectors.B)
	}
	end := at
	for end < len(text) && end-at < 17 && hex(text[end]) {
		end++
	}
	if n := end - at; n == 16 && shape.Starts(text, at) && shape.Ends(text, end) {
		return shape.Hit(at, end, detectors.B)
	}
	return detectors.Match{}
}

// dotted reads GA1.2.n.n and fb.1.n.n at text[at]; it returns the end, or 0.
func dotted(text []byte, at int) int {
	if at+12 > len(text) || string(text[at:at+2]) != "GA" && string(text[at:at+3]) != "fb." || at > 0 && shape.WordByte(text, at-1) {
		return 0
	}
	dots, i := 0, at
	for ; i < len(text) && i-at < 64; i++ {
		if text[i] == '.' && i+1 < len(text) && shape.Alnum(text[i+1]) {
			dots++
			continue
		}
		if !shape.Alnum(text[i]) && text[i] != '-' && text[i] != '_' {
			break
		}
	}
	if dots != 3 || i-at < 20 {
		return 0
	}
	return i
}
