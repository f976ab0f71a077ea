package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

func page1(t *testing.T, lang string, n, p int, names []string) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, sample(t, n, p, names), Options{Lang: lang, Version: "1.2.3"}); err != nil {
		t.Fatal(err)
	}
	if keep := os.Getenv("ECART_KEEP_PAGE"); keep != "" {
		if err := os.WriteFile(keep, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestHTMLHostileNames plants names that would leave their place and looks for
// them where a browser would run them.
func TestHTMLHostileNames(t *testing.T) {
	page := page1(t, "fr", 330, 40, hostile)
	if n := strings.Count(page, "<script"); n != 2 {
		t.Errorf("%d <script in the page, want 2: data and code", n)
	}
	for _, bad := range []string{"<img", "onerror=alert(1)>", "\u202e", "<!--"} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is in the page unescaped", bad)
		}
	}
	if loads := regexp.MustCompile(`(?i)(src|href)\s*=\s*["']?\s*(https?:)?//|@import|url\(`).FindAllString(page, -1); len(loads) > 0 {
		t.Errorf("the page loads %q", loads)
	}
	var d pageData
	_, rest, _ := strings.Cut(page, `<script type="application/json" id="data">`)
	src, _, _ := strings.Cut(rest, "</script>")
	if err := json.Unmarshal([]byte(src), &d); err != nil {
		t.Fatalf("the data of the page: %v", err)
	}
	if len(d.Gaps) != 330 {
		t.Errorf("%d gaps in the page, want 330", len(d.Gaps))
	}
}

// TestHTMLPolicy checks that the policy allows the style and the script that are
// in the page, and nothing else.
func TestHTMLPolicy(t *testing.T) {
	page := page1(t, "fr", 20, 5, nil)
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
	if policy == nil || !strings.Contains(policy[1], "default-src &#39;none&#39;") {
		t.Fatalf("policy %q", policy)
	}
	for _, tag := range []string{"style", "script"} {
		m := regexp.MustCompile(`(?s)<` + tag + `>(.*?)</` + tag + `>`).FindStringSubmatch(page)
		sum := sha256.Sum256([]byte(m[1]))
		want := "sha256-" + strings.ReplaceAll(base64.StdEncoding.EncodeToString(sum[:]), "+", "&#43;")
		if !strings.Contains(policy[1], want) {
			t.Errorf("the digest of <%s> is not in the policy", tag)
		}
	}
	if strings.Contains(page, ` style="`) || regexp.MustCompile(`\son[a-z]+="`).MatchString(page) {
		t.Error("a style or handler in an attribute, which the policy refuses")
	}
}

// TestHTMLSame asks for the same bytes, and another language in English.
func TestHTMLSame(t *testing.T) {
	fr := page1(t, "fr", 300, 120, nil)
	if fr != page1(t, "fr", 300, 120, nil) {
		t.Error("two runs differ")
	}
	en := page1(t, "en", 300, 120, nil)
	for _, french := range []string{"Écarts", "En clair", "À déclarer", "lieux"} {
		if strings.Contains(en, french) {
			t.Errorf("%q in the English page", french)
		}
	}
	if strings.Contains(fr, "%!") || strings.Contains(fr, "no value") {
		t.Error("a marker of a missing value")
	}
}

// TestMapReadable asks for a picture of bounded size at 500 places.
func TestMapReadable(t *testing.T) {
	for _, places := range []int{5, 500} {
		r := sample(t, 2000, places, nil)
		texts, err := newTexts(r, Options{Lang: "fr"})
		if err != nil {
			t.Fatal(err)
		}
		whole := texts.newMap(r)
		m := whole.fold(texts)
		if len(whole.Columns[mapPlace]) != places {
			t.Errorf("%d places, want %d", len(whole.Columns[mapPlace]), places)
		}
		for c, nodes := range m.Columns {
			if len(nodes) == 0 || len(nodes) > mapShown+1 {
				t.Errorf("%d places: %d nodes drawn in column %d", places, len(nodes), c)
			}
		}
		if svg := m.svg(texts); len(svg) > 200_000 || strings.Contains(string(svg), "NaN") {
			t.Errorf("%d places: %d bytes of picture", places, len(svg))
		}
	}
}

// TestHTMLSize holds 5,000 gaps to a page that opens at once: see docs/gaps.md.
func TestHTMLSize(t *testing.T) {
	page := page1(t, "fr", 5000, 1000, nil)
	if len(page) > 6<<20 {
		t.Errorf("%d bytes for 5,000 gaps", len(page))
	}
}

// The page of a register that was checked alone says nothing of data, and an
// inventory has no gaps.
func TestHTMLOfOneSide(t *testing.T) {
	write := func(r *reconcile.Result) string {
		var b bytes.Buffer
		if err := HTML(&b, r, Options{Lang: "fr"}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	r := sample(t, 0, 0, nil)
	r.Seen, r.Coverage, r.Targets = nil, nil, nil
	r.Gaps = []reconcile.Gap{{Kind: reconcile.RegisterIncomplete, Field: "retention", At: item.Location{Target: "register", Path: "paie"}, Object: "register:paie", Level: reconcile.Warning}}
	page := write(r)
	for _, no := range []string{"a été lu.", "ce qui a été lu", "Ce qui a été lu", "qui n'a pas pu être lu", `<svg class="map"`, "la réalité", "À déclarer au registre</h3>", "À retirer ou à protéger</h3>"} {
		if strings.Contains(page, no) {
			t.Errorf("the page of a register checked alone says %q", no)
		}
	}
	if !strings.Contains(page, "Seul le registre a été vérifié") || !strings.Contains(page, "À compléter ou à vérifier</h3>") {
		t.Error("the page does not say that the register alone was checked")
	}
	inventory := sample(t, 30, 3, nil)
	inventory.Register, inventory.Declared = "", nil
	page = write(inventory)
	if strings.Contains(page, "écarts ouverts") || !strings.Contains(page, " constats</li>") || strings.Contains(page, "# écarts affichés") {
		t.Error("an inventory speaks of open gaps")
	}
}
