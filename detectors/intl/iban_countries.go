package intl

// ibanStructure returns the national part of a country's IBAN, a letter for each
// character: n a digit, a a capital, c either. Empty for countries without IBAN.
// Source: SWIFT IBAN Registry, release 101.
func ibanStructure(country [2]byte) string {
	switch string(country[:]) {
	case "AD":
		return "nnnnnnnncccccccccccc"
	case "AE", "IL", "SO", "TL":
		return "nnnnnnnnnnnnnnnnnnn"
	case "AL", "CY":
		return "nnnnnnnncccccccccccccccc"
	case "AT", "BA", "EE", "LT", "MN", "XK":
		return "nnnnnnnnnnnnnnnn"
	case "AZ":
		return "aaaacccccccccccccccccccc"
	case "BE":
		return "nnnnnnnnnnnn"
	case "BG":
		return "aaaannnnnncccccccc"
	case "BH":
		return "aaaacccccccccccccc"
	case "BI", "DJ", "MR":
		return "nnnnnnnnnnnnnnnnnnnnnnn"
	case "BR":
		return "nnnnnnnnnnnnnnnnnnnnnnnac"
	case "BY":
		return "ccccnnnncccccccccccccccc"
	case "CH", "LI":
		return "nnnnncccccccccccc"
	case "CR", "DE", "ME", "RS", "VA":
		return "nnnnnnnnnnnnnnnnnn"
	case "CZ", "ES", "SE", "SK", "TN":
		return "nnnnnnnnnnnnnnnnnnnn"
	case "DK", "FI", "FO", "GL", "SD":
		return "nnnnnnnnnnnnnn"
	case "DO":
		return "ccccnnnnnnnnnnnnnnnnnnnn"
	case "EG":
		return "nnnnnnnnnnnnnnnnnnnnnnnnn"
	case "FK":
		return "aannnnnnnnnnnn"
	case "FR", "MC":
		return "nnnnnnnnnncccccccccccnn"
	case "GB", "IE":
		return "aaaannnnnnnnnnnnnn"
	case "GE":
		return "aannnnnnnnnnnnnnnn"
	case "GI":
		return "aaaaccccccccccccccc"
	case "GR":
		return "nnnnnnncccccccccccccccc"
	case "GT":
		return "cccccccccccccccccccccccc"
	case "HN", "NI", "SV":
		return "aaaannnnnnnnnnnnnnnnnnnn"
	case "HR":
		return "nnnnnnnnnnnnnnnnn"
	case "HU", "PL":
		return "nnnnnnnnnnnnnnnnnnnnnnnn"
	case "IQ":
		return "aaaannnnnnnnnnnnnnn"
	case "IS":
		return "nnnnnnnnnnnnnnnnnnnnnn"
	case "IT", "SM":
		return "annnnnnnnnncccccccccccc"
	case "JO", "YE":
		return "aaaannnncccccccccccccccccc"
	case "KW":
		return "aaaacccccccccccccccccccccc"
	case "KZ", "LU":
		return "nnnccccccccccccc"
	case "LB":
		return "nnnncccccccccccccccccccc"
	case "LC":
		return "aaaacccccccccccccccccccccccc"
	case "LV":
		return "aaaaccccccccccccc"
	case "LY", "PT", "ST":
		return "nnnnnnnnnnnnnnnnnnnnn"
	case "MD":
		return "cccccccccccccccccccc"
	case "MK":
		return "nnnccccccccccnn"
	case "MT":
		return "aaaannnnncccccccccccccccccc"
	case "MU":
		return "aaaannnnnnnnnnnnnnnnnnnaaa"
	case "NL":
		return "aaaannnnnnnnnn"
	case "NO":
		return "nnnnnnnnnnn"
	case "OM":
		return "nnncccccccccccccccc"
	case "PK", "RO":
		return "aaaacccccccccccccccc"
	case "PS", "QA":
		return "aaaaccccccccccccccccccccc"
	case "RU":
		return "nnnnnnnnnnnnnnccccccccccccccc"
	case "SA":
		return "nncccccccccccccccccc"
	case "SC":
		return "aaaannnnnnnnnnnnnnnnnnnnaaa"
	case "SI":
		return "nnnnnnnnnnnnnnn"
	case "TR":
		return "nnnnnncccccccccccccccc"
	case "UA":
		return "nnnnnnccccccccccccccccccc"
	case "VG":
		return "aaaannnnnnnnnnnnnnnn"
	}
	return ""
}
