package reconcile

import (
	"sync"

	"github.com/ecart-rgpd/ecart/rules"
)

// adequacy is the dated list built in; nil only when the build is broken, which
// its own test finds.
var adequacy = sync.OnceValue(func() *rules.Adequacy {
	list, err := rules.LoadAdequacy()
	if err != nil {
		return &rules.Adequacy{}
	}
	return list
})

func inEEA(country string) bool { return country == "EU" || adequacy().Inside(country) }

// isAdequate tells whether a decision covers every organisation of a country.
func isAdequate(country, date string) bool {
	d, ok := adequacy().Adequate(country, date)
	return ok && (d.Only.EN == "" || country == "CA")
}
