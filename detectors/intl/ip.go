package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// IPv4 finds addresses of version 4.
//
// Unit:   one connection, so often one household.
// Shape:  four numbers of 0 to 255 joined by '.', without leading zeros.
// Source: RFC 791; RFC 6890 for the ranges that are nobody's.
// Errors: versions of four parts have the same shape, so it needs a word outside
// logs. Private and loopback ranges are nobody's and left out, documentation is a
// specimen, public resolvers and what ends in 0 are graded C.
var IPv4 = &detectors.Detector{
	ID:       "intl.ipv4",
	Title:    "IP address",
	Category: "ip_address",
	MaxLen:   15,
	Trigger:  detectors.OnOctets,
	Context:  "ip",
	InLog:    detectors.A,
	Verify:   verifyIPv4,
}

// IPv6 finds addresses of version 6.
//
// Unit:   one connection, often one device.
// Shape:  eight groups of up to four hexadecimal digits joined by ':', the
// longest row of zeros left out as '::'; at least one group has three digits or
// more and a decimal one.
// Source: RFC 4291 and 5952; RFC 3849 for documentation.
// Errors: misses addresses of short groups only; needs a word outside logs.
var IPv6 = &detectors.Detector{
	ID:       "intl.ipv6",
	Title:    "IPv6 address",
	Category: "ip_address",
	MaxLen:   39,
	Trigger:  detectors.OnColons,
	Context:  "ip",
	InLog:    detectors.A,
	Verify:   verifyIPv6,
}

func verifyIPv4(text []byte, at int) detectors.Match {
	var ip [4]int
	i := at
	for part := range 4 {
		start := i
		for i < len(text) && i-start < 4 && shape.Digit(text[i]) {
			ip[part] = ip[part]*10 + int(text[i]-'0')
			i++
		}
		if i == start || i-start > 3 || ip[part] > 255 || i-start > 1 && text[start] == '0' {
			return detectors.Match{}
		}
		if part < 3 {
			if i >= len(text) || text[i] != '.' {
				return detectors.Match{}
			}
			i++
		}
	}
	if !ipStarts(text, at) || !ipEnds(text, i) {
		return detectors.Match{}
	}
	m := shape.Hit(at, i, detectors.B)
	switch a, b, c := ip[0], ip[1], ip[2]; {
	case a == 0, a >= 224, a == 127, // this host, multicast and above, loopback
		a == 10, a == 192 && b == 168, a == 172 && b >= 16 && b < 32, a == 169 && b == 254, a == 100 && b >= 64 && b < 128: // private
		return detectors.Match{}
	case a == 192 && b == 0 && c == 2, a == 198 && b == 51 && c == 100, a == 203 && b == 0 && c == 113:
		m.Sort = detectors.Specimen
	case wellKnown(ip):
		m.Grade = detectors.C
	case b == 0 && c == 0, ip[3] == 0, a < 32 && b < 32 && c < 32 && ip[3] < 32, a == b && b == c: // versions, sections, networks, filler
		m.Grade = detectors.C
	}
	return m
}

// wellKnown tells whether ip is a public resolver, which configurations quote.
func wellKnown(ip [4]int) bool {
	switch ip[0]<<24 | ip[1]<<16 | ip[2]<<8 | ip[3] { // 8.8.8.8, 8.8.4.4, 1.1.1.1 and so on
	case 0x08080808, 0x08080404, 0x01010101, 0x01000001, 0x09090909, 0x01020304, 0x5043A90C, 0x5043A928, 0xD043DEDE, 0xD043DCDC:
		return true
	}
	return false
}

// ipStarts refuses what makes a version or a longer chain of an address: v1.2,
// -1.2, 1.1.2.
func ipStarts(text []byte, at int) bool {
	if at == 0 {
		return true
	}
	c := text[at-1]
	return !shape.WordByte(text, at-1) && c != '.' && c != '_' && (c != '-' || at < 2 || !shape.Alnum(text[at-2]))
}

func ipEnds(text []byte, i int) bool {
	if i >= len(text) {
		return true
	}
	switch c := text[i]; {
	case shape.WordByte(text, i), c == '_':
		return false
	case c == '.', c == '-':
		return i+1 >= len(text) || !shape.Alnum(text[i+1])
	case c == '/' && i+1 < len(text) && shape.Digit(text[i+1]): // a network, or a version in a user agent
		return false
	}
	return true
}

func verifyIPv6(text []byte, at int) detectors.Match {
	if at > 0 && (shape.WordByte(text, at-1) || text[at-1] == ':' || text[at-1] == '.' || text[at-1] == '-') {
		return detectors.Match{}
	}
	groups, run, strong, double, first := 0, 0, false, false, 0
	digit := false
	i := at
	for ; i < len(text) && i-at < 39; i++ {
		c := text[i]
		if hex(c) {
			run++
			digit = digit || shape.Digit(c)
			if groups == 0 {
				first = first<<4 | hexValue(c)
			}
			if run > 4 {
				return detectors.Match{}
			}
			continue
		}
		if c != ':' {
			break
		}
		strong = strong || run >= 3 && digit
		if run > 0 {
			groups++
		}
		if i+1 < len(text) && text[i+1] == ':' {
			if double {
				return detectors.Match{}
			}
			double = true
			i++
		} else if run == 0 || i+1 >= len(text) || !hex(text[i+1]) {
			break
		}
		run, digit = 0, false
	}
	if run > 0 {
		groups++
		strong = strong || run >= 3 && digit
	}
	if !strong || groups > 8 || double && (groups > 7 || groups < 2) || !double && groups != 8 || !ipEnds(text, i) || i < len(text) && text[i] == ':' {
		return detectors.Match{}
	}
	return ipv6Grade(text[at:], shape.Hit(at, i, detectors.B), first)
}

// ipv6Grade sets apart the ranges that are nobody's, by the first group.
func ipv6Grade(s []byte, m detectors.Match, first int) detectors.Match {
	switch {
	case first == 0x2001 && len(s) > 9 && (string(s[4:9]) == ":db8:" || string(s[4:9]) == ":DB8:" || string(s[4:10]) == ":0db8:"):
		m.Sort = detectors.Specimen
	case first&0xFFC0 == 0xFE80, first&0xFE00 == 0xFC00, first&0xFF00 == 0xFF00, first == 0:
		return detectors.Match{}
	}
	return m
}

func hex(c byte) bool { return shape.Digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func hexValue(c byte) int {
	if shape.Digit(c) {
		return int(c - '0')
	}
	return int(c|0x20-'a') + 10
}
