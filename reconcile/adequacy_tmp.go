package reconcile

import "strings"

// Until rules/adequacy.yml has landed.
const eea = " AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK GP MQ GF RE YT MF BL PM WF PF NC TF EU "

func inEEA(country string) bool { return strings.Contains(eea, " "+country+" ") }

func isAdequate(country string) bool {
	return strings.Contains(" AD AR FO GG IL IM JP JE NZ KR CH UY GB BR CA ", " "+country+" ")
}

func adequacyAsOf() string { return "2026-11-22" }
