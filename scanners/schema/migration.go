package schema

import (
	"context"
	"fmt"
	"io"
)

// A migration reads a file that declares tables in another language than SQL.
type migration struct {
	name  string
	match func(path string, head []byte) bool // path in lower case
	read  func(text string, path string, c *catalog, unread func(line int, reason string)) error
}

// maxMigration bounds a file that is read whole.
const maxMigration = 16 << 20

// readAll reads the whole file, then hands its text over.
func (m migration) readAll(ctx context.Context, r io.Reader, path string, c *catalog, out sink) error {
	text, err := io.ReadAll(io.LimitReader(r, maxMigration+1))
	if err != nil {
		return err
	}
	if len(text) > maxMigration {
		return fmt.Errorf("larger than %d MiB", maxMigration>>20)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := m.read(string(text), path, c, out.unread); err != nil {
		out.unread(1, err.Error())
	}
	return out.other(text, 1)
}
