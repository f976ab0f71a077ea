package policy

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// ReadFile drafts a register from a policy in any form: text, HTML and Markdown
// are read here, the others (DOCX, ODT, PDF, mail…) by formats. The lines of
// those are the lines of their text.
func ReadFile(ctx context.Context, name string, src []byte, formats []document.Format) (*register.Policy, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".text", "":
		return Read(name, src)
	}
	if len(src) > 4*MaxBytes {
		return nil, fmt.Errorf("policy %s: %w", name, ErrTooLarge)
	}
	c := &collector{}
	f := &document.File{
		At: item.Location{Target: "policy", Path: path.Base(name)}, Size: int64(len(src)), Head: src[:min(len(src), 4<<10)],
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(src)), nil },
	}
	if err := document.Read(ctx, formats, f, c); err != nil {
		return nil, fmt.Errorf("policy %s: %w", name, err)
	}
	if len(c.lines) == 0 && c.unread != "" {
		return nil, fmt.Errorf("policy %s: %s", name, c.unread)
	}
	p, err := fromLines(name, c.lines)
	if err == nil && c.unread != "" {
		p.Left = append(p.Left, "a part was not read: "+c.unread)
	}
	return p, err
}

// A collector gathers the text of a document as lines, and its tables as rows.
type collector struct {
	lines  []line
	bytes  int
	unread string
}

// Segment takes the owned part of running text and tables; properties and
// declarations are no part of a policy's text.
func (c *collector) Segment(s *item.Segment) error {
	switch {
	case s.Kind == item.Meta || s.Kind == item.Declare || len(s.Text) == 0:
	case c.bytes > MaxBytes:
		c.unread = "the text beyond 8 MB"
	case s.Kind == item.Table && s.Grid != nil:
		c.rows(s)
	default:
		to := s.To
		if to == 0 {
			to = len(s.Text)
		}
		for _, l := range textLines(string(s.Text[s.From:to]), false) {
			l.no = len(c.lines) + 1
			c.lines = append(c.lines, l)
		}
	}
	c.bytes += len(s.Text)
	return nil
}

// rows reads the cells of a table, row by row.
func (c *collector) rows(s *item.Segment) {
	var header []cell
	for _, col := range s.Columns {
		header = append(header, cell{col.Name, len(c.lines) + 1})
	}
	if len(header) > 0 {
		c.row(header)
	}
	row, last := []cell{}, -1
	for at := 0; at < len(s.Text); at++ {
		x, ok := s.Grid.Cell(at)
		if !ok || x.End <= at {
			continue
		}
		if x.Column <= last {
			c.row(row)
			row = nil
		}
		last = x.Column
		row = append(row, cell{cleanSpaces(string(s.Text[x.Start:x.End])), len(c.lines) + 1})
		at = x.End - 1
	}
	c.row(row)
}

func (c *collector) row(cells []cell) {
	if len(cells) > 0 {
		c.lines = append(c.lines, line{no: len(c.lines) + 1, kind: rowLine, cells: cells})
	}
}

// Part leaves files inside the document alone: a policy has one text.
func (c *collector) Part(*document.File) error { return nil }

// Unread keeps the first reason.
func (c *collector) Unread(_ item.Location, reason string) {
	if c.unread == "" {
		c.unread = reason
	}
}

// Skipped and Dated say nothing of a policy.
func (c *collector) Skipped(string) {}

// Dated is not used.
func (c *collector) Dated(string) {}
