package pages

import (
	"testing"

	"github.com/ecart-rgpd/ecart/register"
)

func TestEnglishMonths(t *testing.T) {
	for iso, want := range map[string]string{"P1M": "1 month", "P11M": "11 months", "P1Y": "1 year", "P1Y1M": "1 year and 1 month", "P3Y": "3 years", "": ""} {
		if got := english(register.Retention{Duration: iso}); got != want {
			t.Errorf("%s: %q, want %q", iso, got, want)
		}
	}
}
