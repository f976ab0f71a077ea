package reconcile

import "testing"

// Days of code are said in years or months, which registers are written in.
func TestInYears(t *testing.T) {
	for days, want := range map[int]string{7: "", 30: "", 45: "", 60: "2 mois", 90: "3 mois", 365: "1 an", 366: "1 an", 395: "13 mois", 730: "2 ans", 1095: "3 ans", 1096: "3 ans", 1826: "5 ans", 2190: "6 ans", 3650: "10 ans", 3653: "10 ans", 500: "environ 1,4 ans"} {
		if got := InYears(days); got.FR != want {
			t.Errorf("%d days: %q, want %q", days, got.FR, want)
		}
	}
}
