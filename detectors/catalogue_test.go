package detectors

import (
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

func TestIsMute(t *testing.T) {
	files, err := rules.Section[rules.Catalogues](nil, "catalogues")
	if err != nil {
		t.Fatal(err)
	}
	for p, want := range map[string]bool{
		"config/locales/fr.yml":                        true,
		"src/assets/i18n/pt-BR.json":                   true,
		"src/main/resources/messages.properties":       true,
		"src/main/resources/messages_zh_CN.properties": true,
		"locale/fr/LC_MESSAGES/app.po":                 true,
		"lang/fr_FR/users.php":                         true,
		"lang/parser.php":                              false,
		"src/i18n/loader.ts":                           false,
		"src/i18n/fr.ts":                               true,
		"data/messages/users.json":                     false,
		"exports/messages.json":                        false,
		"exports/messages_clients.json":                false,
		".github/workflows/build.yml":                  true,
		"web/package-lock.json":                        true,
		"docker-compose.override.yml":                  true,
		"docker-compose.users.csv":                     false,
		"github/users.yml":                             false,
		"users.json":                                   false,
		"fr.json":                                      true,
		"texts/pt-BR.yml":                              true,
		"exports/fr.csv":                               false,
		"rdv.json":                                     false,
		"":                                             false,
	} {
		if got := isMute(&files[0].Body, p); got != want {
			t.Errorf("isMute(%q) = %v", p, got)
		}
	}
}
