package item

import "sort"

// An Unread is something that could not be read, and why. The reason never
// quotes content.
type Unread struct {
	At     Location // Line is set when one statement is meant
	Reason string
}

// Coverage counts what was seen of one target.
type Coverage struct {
	Items     int            // objects seen
	Read      int            // objects read
	Bytes     int64          // bytes read, after decompression
	Unchanged int            // not read again: nothing changed since the last run
	Skipped   map[string]int // reason → objects that hold no text or are excluded
	Unread    []Unread       // in order of location
	Sampled   []string       // paths of tables of which some rows were read
	Lines     int            // of a stretch that was read: its line ends, or one more than its messages; 0 for anything else
	Stopped   string         // why the walk ended early; empty when it did not
}

// Complete tells whether everything that could hold personal data was read.
func (c *Coverage) Complete() bool { return len(c.Unread) == 0 && c.Stopped == "" }

// Skip counts one object skipped for reason.
func (c *Coverage) Skip(reason string) {
	if c.Skipped == nil {
		c.Skipped = map[string]int{}
	}
	c.Skipped[reason]++
}

// Add merges o into c.
func (c *Coverage) Add(o Coverage) {
	c.Items += o.Items
	c.Read += o.Read
	c.Bytes += o.Bytes
	c.Unchanged += o.Unchanged
	for _, reason := range o.Reasons() {
		if c.Skipped == nil {
			c.Skipped = map[string]int{}
		}
		c.Skipped[reason] += o.Skipped[reason]
	}
	c.Unread = append(c.Unread, o.Unread...)
	c.Sampled = append(c.Sampled, o.Sampled...)
	if c.Stopped == "" {
		c.Stopped = o.Stopped
	}
}

// SkippedPicture is the reason of pictures: their pixels are not read.
const SkippedPicture = "picture, no OCR"

// Reasons returns the reasons of Skipped in order.
func (c *Coverage) Reasons() []string {
	reasons := make([]string, 0, len(c.Skipped))
	for r := range c.Skipped {
		reasons = append(reasons, r)
	}
	sort.Strings(reasons)
	return reasons
}
