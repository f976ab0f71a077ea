package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// sarifResult is what is read of a result of SARIF.
type sarifResult struct {
	RuleID  string          `json:"ruleId"`
	Level   reconcile.Level `json:"level"`
	Message struct {
		Text string `json:"text"`
	} `json:"message"`
	BaselineState       string            `json:"baselineState"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
	Properties          struct {
		Ecart *identity `json:"ecart"`
	} `json:"properties"`
}

// known is the gap of a result; only its fingerprint when the file is of
// another version, or went through a tool that drops properties.
func (r *sarifResult) known() reconcile.Known {
	k := reconcile.Known{Rule: r.RuleID, Fingerprint: r.PartialFingerprints["primaryLocationLineHash"]}
	id := r.Properties.Ecart
	kind, _, ok := strings.Cut(r.RuleID, "/")
	if id == nil || !ok {
		return k
	}
	k.Gap = &reconcile.Gap{
		Kind: reconcile.Kind(kind), Category: id.Category, Recipient: id.Recipient, Field: id.Field, At: item.Location{Target: id.Target, Path: id.Location},
		Object: id.Object, Treatment: id.Treatment, System: id.System, Level: r.Level, Folded: id.Folded,
	}
	k.Gap.Detail.Message.FR, k.Gap.Detail.Message.EN = r.Message.Text, r.Message.Text
	return k
}

// Read reads the gaps of an earlier report: JSON of any version, or SARIF. In
// SARIF gaps are folded by folder: a folded one stands for all of its folder.
func Read(src []byte) ([]reconcile.Known, error) {
	var head struct {
		Gaps *[]gapJSON `json:"gaps"`
		Runs *[]struct {
			Results []sarifResult `json:"results"`
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
			for i := range run.Results {
				if r := &run.Results[i]; r.BaselineState != "absent" {
					known = append(known, r.known())
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
		Confidence: j.Confidence, State: j.State, Weight: j.Weight, Weighed: j.Weighed, Under: j.Under, Anchor: reconcile.Anchor(j.Anchor),
	}
	g.Detail.Message.FR, g.Detail.Message.EN = j.Message, j.Message
	g.Detail.Next.FR, g.Detail.Next.EN = j.Next, j.Next
	g.Detail.Laws = j.Law
	return g
}
