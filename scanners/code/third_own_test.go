package code

import (
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

// A library that is given a host of one's own hands nothing to its maker.
func TestOwnHosts(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		want             bool
	}{
		{"constructor", "a.tsx", "import PostHog from \"posthog-react-native\";\nexport const m = new PostHog(\"phc_x\", { host: \"https://mesure.ecole-fictive.example\" });\n", true},
		{"its maker's", "a.tsx", "import PostHog from \"posthog-react-native\";\nexport const m = new PostHog(\"phc_x\", { host: \"https://eu.i.posthog.com\" });\n", false},
		{"method", "a.js", "import posthog from 'posthog-js'\nposthog.init('k', {api_host: 'https://stats.ecole-fictive.example'})\n", true},
		{"named argument", "a.py", "import sentry_sdk\nsentry_sdk.init(dsn=\"https://k@sentry.ecole-fictive.example/3\")\n", true},
		{"placeholder", "a.py", "import sentry_sdk\nsentry_sdk.init(dsn=\"https://k@sentry.example.com/3\")\n", false},
		{"of another call", "a.py", "import sentry_sdk\nrequests.get(url=\"https://api.ecole-fictive.example/3\")\n", false},
		{"setting", ".env", "SENTRY_DSN=https://k@sentry.ecole-fictive.example/4\n", true},
		{"setting of a sample", ".env.example", "SENTRY_DSN=https://k@sentry.ecole-fictive.example/4\n", true},
		{"placeholder of a sample", ".env.example", "SENTRY_DSN=https://k@sentry.example.com/4\n", false},
	} {
		got := slices.ContainsFunc(readText(t, c.path, c.text).Thirds, func(x item.Third) bool { return x.Clue == item.ClueOwn })
		if got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
