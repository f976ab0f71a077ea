package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

var (
	bicepResource = pattern.New(`^\s*(?:resource|module)\s+\w+\s+'Microsoft\.`)
	bicepRegion   = pattern.New(`^\s*(?:param\s+\w*[lL]ocation\w*\s+string\s*=|location\s*:)\s*'([^']+)'`)
)

// readBicep reads what a template deploys to Azure, with the region it names.
func readBicep(s *source) {
	resource, line, region := false, 0, ""
	eachLine(s.src, func(text string, n int) {
		if strings.HasPrefix(strings.TrimSpace(text), "//") {
			return
		}
		s.hostsOfLine(text, n, false)
		if bicepResource.MatchString(text) && !resource {
			resource = true
			if line == 0 {
				line = n
			}
		}
		if m := bicepRegion.FindStringSubmatch(text); m != nil && region == "" {
			region, line = m[1], n
		}
	})
	azure := s.byID("azure")
	if !resource || azure == nil {
		return
	}
	country := s.words.third.clouds["azure"][strings.ToLower(strings.ReplaceAll(region, " ", ""))]
	s.seen.add(azure, "region", country, line, false)
}
