package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// Read reads the gaps of an earlier report: JSON of any version, or SARIF, which
// knows their fingerprints only.
func Read(src []byte) ([]reconcile.Known, error) {
	var head struct {
		Gaps *[]gapJSON `json:"gaps"`
		Runs *[]struct {
			Results []struct {
				RuleID              string            `json:"ruleId"`
				BaselineState       string            `json:"baselineState"`
				PartialFingerprints map[string]string `json:"partialFingerprints"`
			} `json:"results"`
		} `json:"runs"`
	}
	if err := json.Unmarshal(src, &head); err != nil {
		return nil, fmt.Errorf("neither a gap report nor SARIF: %w", jsonPlace(err))
	}
	var known []reconcile.Known
	switch {
	case head.Gaps != nil:
		for i := range *head.Gaps {
			if g := (*head.Gaps)[i].gap(); g.State != reconcile.Gone {
				known = append(known, reconcile.Known{Rule: g.RuleID(), Fingerprint: g.Fingerprint(), Gap: g})
			}
		}
	case head.Runs != nil:
		for _, run := range *head.Runs {
			for _, r := range run.Results {
				if r.BaselineState != "absent" {
					known = append(known, reconcile.Known{Rule: r.RuleID, Fingerprint: r.PartialFingerprints["primaryLocationLineHash"]})
				}
			}
		}
	default:
		return nil, errors.New("neither a gap report nor SARIF: it has no gaps and no runs")
	}
	return known, nil
}

// jsonPlace keeps the place of an error and drops what it quotes.
func jsonPlace(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("broken JSON at byte %d", syntax.Offset)
	}
	return errors.New("JSON of another form")
}

// gap is what a gap of a file was.
func (j *gapJSON) gap() *reconcile.Gap {
	g := &reconcile.Gap{
		Kind: reconcile.Kind(j.Gap), Category: j.Category, Recipient: j.Recipient, Field: j.Field,
		At:     item.Location{Target: j.Target, Path: strings.TrimPrefix(j.Location, j.Target+":"), Place: item.Place{Line: j.Line}},
		Object: j.Object, Treatment: j.Treatment, System: j.System, Level: j.Level, Cover: j.Cover, Count: j.Count, Oldest: j.Oldest,
		Confidence: j.Confidence, State: j.State, Anchor: reconcile.Anchor(j.Anchor),
	}
	g.Detail.Message.FR, g.Detail.Message.EN = j.Message, j.Message
	g.Detail.Next.FR, g.Detail.Next.EN = j.Next, j.Next
	g.Detail.Laws = j.Law
	return g
}
