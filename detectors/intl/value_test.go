package intl

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/detectortest"
	"github.com/ecart-rgpd/ecart/rules"
)

// No bank is 99999; card numbers are computed in published ranges and belong to
// no issued card that we know of; telephones are of ranges kept for fiction;
// addresses of networks are invented, domains end in .example.

func TestIBANValues(t *testing.T) {
	detectortest.Judge(t, IBAN, []detectortest.Case{
		{Why: "France, one piece", Value: "FR7699999999991234567890190", Want: "A"},
		{Why: "France, groups of four and a tail of three", Value: "FR76 9999 9999 9912 3456 7890 190", Want: "A"},
		{Why: "France, letters in the account", Value: "FR70 9999 9000 010A 1JS2 Z3R9 I83", Want: "A"},
		{Why: "France, hyphens", Value: "FR76-9999-9999-9912-3456-7890-190", Want: "A"},
		{Why: "France, no-break spaces", Value: "FR76\u00a09999\u00a09999\u00a09912\u00a03456\u00a07890\u00a0190", Want: "A"},
		{Why: "France, narrow no-break spaces", Value: "FR76\u202f9999\u202f9999\u202f9912\u202f3456\u202f7890\u202f190", Want: "A"},
		{Why: "France, lower case", Value: "fr76 9999 9999 9912 3456 7890 190", Want: "A"},
		{Why: "France, national key wrong, mod 97 right", Value: "FR8199999999991234567890100", Want: "near"},
		{Why: "France, mod 97 wrong", Value: "FR7799999999991234567890190", Want: "near"},
		{Why: "France, one digit short", Value: "FR769999999999123456789019", Want: "-"},
		{Why: "Monaco", Value: "MC5899999999991234567890190", Want: "A"},
		{Why: "Germany", Value: "DE66 9999 9999 1234 5678 90", Want: "A"},
		{Why: "Norway, the shortest", Value: "NO52 9999 1234 567", Want: "A"},
		{Why: "Malta, two characters short", Value: "MT83MALT999990000000000000001", Want: "-"},
		{Why: "unknown country", Value: "XX7699999999991234567890190", Want: "-"},
		{Why: "letters where Germany has digits", Value: "DE66A9999991234567890X", Want: "-"},
		{Why: "published by a bank", Value: "FR76 3000 6000 0112 3456 7890 189", Want: "A specimen"},
		{Why: "published in the registry", Value: "GB29 NWBK 6016 1331 9268 19", Want: "A specimen"},
	})
}

func TestCardValues(t *testing.T) {
	detectortest.Judge(t, Card, []detectortest.Case{
		{Why: "Visa", Value: "4999999912345673", Want: "A"},
		{Why: "Visa, groups", Value: "4999 9999 1234 5673", Want: "A"},
		{Why: "Visa, hyphens", Value: "4999-9999-1234-5673", Want: "A"},
		{Why: "wrong key", Value: "4999 9999 1234 5674", Want: "near"},
		{Why: "Mastercard", Value: "5312345678912347", Want: "A"},
		{Why: "American Express", Value: "3412 345678 90127", Want: "A"},
		{Why: "Diners, bare", Value: "36123456789013", Want: "B"},
		{Why: "Diners, as printed", Value: "3612 345678 9013", Want: "A"},
		{Why: "Visa of 13 digits", Value: "4123456789011", Want: "B"},
		{Why: "Discover", Value: "6011123456789019", Want: "B"},
		{Why: "UnionPay, 19 digits", Value: "6212345678901234569", Want: "B"},
		{Why: "JCB", Value: "3528123456789012", Want: "B"},
		{Why: "no scheme", Value: "9123456789012348", Want: "-"},
		{Why: "groups of no card", Value: "49 99 99 99 12 34 56 73", Want: "-"},
		{Why: "dots", Value: "4999.9999.1234.5673", Want: "-"},
		{Why: "test card", Value: "4242 4242 4242 4242", Want: "A specimen"},
	})
	for text, want := range map[string]int{"cvv: 123": 3, "cvv 4321": 4, "cvv(255)": 0, "cvv 1999": 0} {
		if m := CardCode.Verify([]byte(text), len("cvv")+strings.IndexAny(text[3:], "0123456789")); m.Len != want {
			t.Errorf("%s: %d bytes, want %d", text, m.Len, want)
		}
	}
	detectortest.Judge(t, CardCode, []detectortest.Case{
		{Why: "a year", Value: "1999", Want: "-"},
		{Why: "five digits", Value: "12345", Want: "-"},
	})
}

func TestBICValues(t *testing.T) {
	detectortest.Judge(t, BIC, []detectortest.Case{
		{Why: "bank", Value: "AGRIFRPP", Want: "C"},
		{Why: "branch", Value: "AGRIFRPP882", Want: "C"},
		{Why: "blanks", Value: "ABNA BE 2A", Want: "C"},
		{Why: "nine characters", Value: "AGRIFRPP8", Want: "-"},
		{Why: "no country", Value: "AGRIXXPP", Want: "-"},
		{Why: "lower case", Value: "agrifrpp", Want: "-"},
	})
}

func TestEmailValues(t *testing.T) {
	detectortest.Judge(t, Email, []detectortest.Case{
		{Why: "plain", Value: "anne.essai@courrier.example", Want: "A"},
		{Why: "tag", Value: "anne.essai+liste@courrier.example", Want: "A"},
		{Why: "international on both sides", Value: "rené@société.example", Want: "A"},
		{Why: "punycode", Value: "anne@essai.xn--p1ai", Want: "A"},
		{Why: "apostrophe", Value: "anne.d'essai@courrier.example", Want: "A"},
		{Why: "capitals", Value: "Anne.Essai@COURRIER.EXAMPLE", Want: "A"},
		{Why: "role", Value: "contact@courrier.example", Want: "C"},
		{Why: "role in two words", Value: "no-reply@courrier.example", Want: "C"},
		{Why: "role of a service", Value: "support-paris@courrier.example", Want: "C"},
		{Why: "a name that starts like a role", Value: "informa.essai@courrier.example", Want: "A"},
		{Why: "examples of RFC 2606", Value: "anne@example.com", Want: "A specimen"},
		{Why: "below them", Value: "anne@mail.example.org", Want: "A specimen"},
		{Why: "the domain of a form, a person", Value: "anne.essai@" + rules.ValueWords().Email.Templates[0], Want: "A"},
		{Why: "the domain of a form, nobody", Value: "contact@" + rules.ValueWords().Email.Templates[0], Want: "C specimen"},
		{Why: "the domain of a form, to be filled in", Value: "prenom.nom@" + rules.ValueWords().Email.Templates[0], Want: "A specimen"},
		{Why: "called as an organisation, where anybody has a mailbox", Value: "union.essai@" + rules.ValueWords().Email.Providers[0], Want: "A"},
		{Why: "an organisation", Value: "union.locale@courrier.example", Want: "C"},
		{Why: "not below them", Value: "anne@notexample.com", Want: "A"},
		{Why: "picture", Value: "icon@2x.png", Want: "-"},
		{Why: "unit", Value: "getty@tty1.service", Want: "-"},
		{Why: "no domain", Value: "anne@localhost", Want: "-"},
		{Why: "two dots", Value: "anne..essai@courrier.example", Want: "-"},
		{Why: "package and version", Value: "paquet@1.2.3", Want: "-"},
	})
}

func TestPhoneValues(t *testing.T) {
	detectortest.Judge(t, Phone, []detectortest.Case{
		{Why: "United Kingdom, fiction", Value: "+44 20 7946 0123", Want: "A"},
		{Why: "with (0)", Value: "+44 (0)20 7946 0123", Want: "A"},
		{Why: "one piece", Value: "+442079460123", Want: "A"},
		{Why: "United States, fiction", Value: "+1 202-555-0123", Want: "A"},
		{Why: "parentheses", Value: "+1 (202) 555-0123", Want: "A"},
		{Why: "three digits of country", Value: "+352 27 12 34 56", Want: "A"},
		{Why: "short and in one piece", Value: "+35227123", Want: "B"},
		{Why: "France has its own detector", Value: "+33639981234", Want: "-"},
		{Why: "no country", Value: "+2801234567", Want: "-"},
		{Why: "hours from UTC", Value: "+0200", Want: "-"},
	})
}

func TestNetworkValues(t *testing.T) {
	detectortest.Judge(t, IPv4, []detectortest.Case{
		{Why: "public", Value: "90.12.34.56", Want: "B"},
		{Why: "private 10/8", Value: "10.20.30.40", Want: "-"},
		{Why: "private 172.16/12", Value: "172.31.0.5", Want: "-"},
		{Why: "private 192.168/16", Value: "192.168.1.20", Want: "-"},
		{Why: "loopback", Value: "127.0.0.1", Want: "-"},
		{Why: "any", Value: "0.0.0.0", Want: "-"},
		{Why: "documentation", Value: "203.0.113.7", Want: "B specimen"},
		{Why: "public resolver", Value: "8.8.8.8", Want: "C"},
		{Why: "version", Value: "4.0.0.1", Want: "C"},
		{Why: "out of range", Value: "90.12.34.256", Want: "-"},
		{Why: "leading zero", Value: "90.012.34.56", Want: "-"},
		{Why: "five parts", Value: "1.90.12.34.56", Want: "-"},
	})
	detectortest.Judge(t, IPv6, []detectortest.Case{
		{Why: "short", Value: "2a01:cb00:12::5", Want: "B"},
		{Why: "whole", Value: "2a01:cb00:0012:0000:0000:0000:0000:0005", Want: "B"},
		{Why: "link", Value: "fe80::1ff:fe23:4567:890a", Want: "-"},
		{Why: "documentation", Value: "2001:db8::1234", Want: "B specimen"},
		{Why: "time", Value: "12:34:56:78", Want: "-"},
		{Why: "nine groups", Value: "2a01:1:2:3:4:5:6:7:8", Want: "-"},
		{Why: "twice ::", Value: "2a01::12::5", Want: "-"},
	})
	detectortest.Judge(t, MAC, []detectortest.Case{
		{Why: "colons", Value: "00:1B:44:11:3A:B7", Want: "B"},
		{Why: "hyphens", Value: "00-1b-44-11-3a-b7", Want: "B"},
		{Why: "given by no maker", Value: "02:42:ac:11:00:02", Want: "C"},
		{Why: "documentation", Value: "00:00:5E:00:53:01", Want: "B specimen"},
		{Why: "filler", Value: "ff:ff:ff:ff:ff:ff", Want: "C specimen"},
		{Why: "eight pairs", Value: "00:1B:44:11:3A:B7:00:01", Want: "-"},
	})
}

func TestDeviceValues(t *testing.T) {
	detectortest.Judge(t, IMEI, []detectortest.Case{
		{Why: "one piece", Value: "359999991234568", Want: "B"},
		{Why: "hyphens", Value: "35-999999-123456-8", Want: "B"},
		{Why: "without key", Value: "35-999999-123456", Want: "B"},
		{Why: "with version", Value: "35-999999-123456-01", Want: "B"},
		{Why: "wrong key", Value: "359999991234567", Want: "near"},
	})
	detectortest.Judge(t, VIN, []detectortest.Case{
		{Why: "no check digit in Europe", Value: "ZZZZZZ00Z99999999", Want: "B"},
		{Why: "the letter O", Value: "ZZZZZZ00O99999999", Want: "-"},
		{Why: "17 digits", Value: "12345678901234567", Want: "-"},
		{Why: "a hash", Value: "AB12CD34EF56AB12C", Want: "-"},
	})
	detectortest.Judge(t, AdID, []detectortest.Case{
		{Why: "UUID", Value: "6f1c2d3e-4b5a-4678-9abc-def012345678", Want: "B"},
		{Why: "tracking refused", Value: "00000000-0000-0000-0000-000000000000", Want: "-"},
	})
	detectortest.Judge(t, Cookie, []detectortest.Case{
		{Why: "audience measurement", Value: "GA1.2.1234567890.1700000000", Want: "B"},
		{Why: "advertising", Value: "fb.1.1700000000000.1234567890", Want: "B"},
		{Why: "16 hexadecimal digits", Value: "0a1b2c3d4e5f6789", Want: "B"},
		{Why: "a word", Value: "necessary", Want: "-"},
	})
}

func TestHealthCodes(t *testing.T) {
	detectortest.Judge(t, ATC, []detectortest.Case{
		{Why: "a class", Value: "N02BE01", Want: "C"},
		{Why: "no such group", Value: "X02BE01", Want: "-"},
	})
	detectortest.Judge(t, LOINC, []detectortest.Case{
		{Why: "haemoglobin", Value: "718-7", Want: "C"},
		{Why: "wrong key", Value: "718-8", Want: "near"},
		{Why: "a range", Value: "7-11", Want: "-"},
	})
}

func TestMRZValues(t *testing.T) {
	detectortest.Judge(t, MRZ, []detectortest.Case{
		{Why: "passport", Value: "P<FRAESSAI<<ANNE<MARIE<<<<<<<<<<<<<<<<<<<<<<\n99XX999999FRA8505121F3001019<<<<<<<<<<<<<<00", Want: "A"},
		{Why: "passport, Windows lines", Value: "P<FRAESSAI<<ANNE<MARIE<<<<<<<<<<<<<<<<<<<<<<\r\n99XX999999FRA8505121F3001019<<<<<<<<<<<<<<00", Want: "A"},
		{Why: "card of today", Value: "IDFRAXX99X99X91<<<<<<<<<<<<<<<\n8505121F3001019FRA<<<<<<<<<<<6\nESSAI<<ANNE<MARIE<<<<<<<<<<<<<", Want: "A"},
		{Why: "French card until 2021", Value: "IDFRAESSAI<<<<<<<<<<<<<<<<<<<<999999\n9901999999991ANNE<<MARIE<<<8505121F7", Want: "A"},
		{Why: "two lines of 36", Value: "I<FRAESSAI<<ANNE<<<<<<<<<<<<<<<<<<<<\n99XX999999FRA8505121F3001019<<<<<<<0", Want: "A"},
		{Why: "wrong digit", Value: "P<FRAESSAI<<ANNE<MARIE<<<<<<<<<<<<<<<<<<<<<<\n99XX999998FRA8505121F3001019<<<<<<<<<<<<<<00", Want: "near"},
		{Why: "ICAO's specimen", Value: "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", Want: "A specimen"},
		{Why: "rows glued", Value: "P<FRAESSAI<<ANNE<MARIE<<<<<<<<<<<<<<<<<<<<<<99XX999999FRA8505121F3001019<<<<<<<<<<<<<<00", Want: "A"},
		{Why: "three rows glued", Value: "IDFRAXX99X99X91<<<<<<<<<<<<<<<8505121F3001019FRA<<<<<<<<<<<6ESSAI<<ANNE<MARIE<<<<<<<<<<<<<", Want: "A"},
		{Why: "rows in a string of JSON", Value: `P<FRAESSAI<<ANNE<MARIE<<<<<<<<<<<<<<<<<<<<<<\n99XX999999FRA8505121F3001019<<<<<<<<<<<<<<00`, Want: "A"},
		{Why: "second row alone", Value: "99XX999999FRA8505121F3001019<<<<<<<<<<<<<<00", Want: "A"},
		{Why: "first row alone", Value: "P<FRAESSAI<<ANNE<MARIE<<<<<<<<<<<<<<<<<<<<<<", Want: "-"},
	})
}
