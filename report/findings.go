package report

import (
	"encoding/json"
	"io"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// findingJSON is one line of `--findings FILE.jsonl`, the public format that
// other tools read. It has no key for a value.
type findingJSON struct {
	Target     string             `json:"target"`
	Path       string             `json:"path"`
	Line       int                `json:"line,omitempty"`
	Lines      []int              `json:"lines,omitempty"`
	Page       int                `json:"page,omitempty"`
	Sheet      string             `json:"sheet,omitempty"`
	Table      string             `json:"table,omitempty"`
	Column     string             `json:"column,omitempty"`
	Identifier string             `json:"identifier,omitempty"`
	Category   string             `json:"category"`
	Recipient  string             `json:"recipient,omitempty"`
	Clue       string             `json:"clue,omitempty"`
	Aside      bool               `json:"aside,omitempty"`
	Country    string             `json:"country,omitempty"`
	Evidence   detectors.Evidence `json:"evidence"`
	Sink       string             `json:"sink,omitempty"`
	Kept       string             `json:"kept,omitempty"`
	Detector   string             `json:"detector,omitempty"`
	Confidence float64            `json:"confidence"`
	Count      int                `json:"count"`
	Specimen   bool               `json:"specimen,omitempty"`
	Where      string             `json:"where,omitempty"`
	Commit     string             `json:"commit,omitempty"`
	Date       string             `json:"date,omitempty"`
}

// Findings writes findings as JSON lines. Close it by closing w.
type Findings struct{ e *json.Encoder }

// NewFindings returns a writer of findings.
func NewFindings(w io.Writer) *Findings {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return &Findings{e}
}

// Write writes one finding as one line. What deletes data or asks for
// consent has no category: it holds none. A third party seen without data known to
// reach it is no finding of personal data: gaps tell it.
func (f *Findings) Write(x *detectors.Finding) error {
	if x.Category == "" && x.Sink != item.SinkPurge && x.Sink != item.SinkConsent {
		return nil
	}
	out := findingJSON{
		Target: x.At.Target, Path: x.At.Path, Line: x.At.Line, Lines: x.Lines, Page: x.At.Page, Sheet: x.At.Sheet, Table: x.At.Table,
		Column: x.At.Column, Identifier: x.Identifier, Category: x.Category, Evidence: x.Evidence, Sink: string(x.Sink), Kept: x.Kept, Detector: x.Detector,
		Confidence: x.Confidence, Count: x.Count, Specimen: x.Specimen, Date: x.Date,
	}
	if t := x.Third; t != nil {
		out.Recipient, out.Clue, out.Aside, out.Country = t.ID, t.Clue, t.Aside, t.Country
	}
	if x.Past != nil {
		out.Where, out.Commit = "history", x.Past.Commit
	}
	return f.e.Encode(out)
}
