package schema

import (
	"bytes"
	"context"
	"io"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// pgCustom reads the table of contents of a dump that pg_dump wrote in its
// custom format: the declarations in it are plain text. The rows are compressed
// and not read, which is said.
var pgCustom = document.Format{
	Name:  "pg_dump custom",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("PGDMP")) },
	Read:  readCustom,
}

// maxContents bounds the table of contents, which opens the file, in bytes.
const maxContents = 32 << 20

// customDDL fits the declarations as pg_dump writes them.
var customDDL = pattern.New(`(?s)CREATE TABLE [^\x00]{1,200}? \(\n[^\x00]*?\n\)[^\x00;]{0,400};\n|COMMENT ON (?:COLUMN|TABLE) [^\x00\n]{1,400} IS '(?:[^'\x00]|'')*';\n`)

func readCustom(ctx context.Context, f *document.File, out document.Out) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	text, err := io.ReadAll(io.LimitReader(r, maxContents))
	if err != nil {
		return err
	}
	s := &fileSink{at: f.At, out: out, catalog: newCatalog()}
	for _, ddl := range customDDL.FindAll(text, -1) {
		if err := ctx.Err(); err != nil {
			return err
		}
		apply(s.catalog, postgres, string(mend(ddl)), 1, f.At.Path, func(int, string) {})
	}
	for _, t := range s.catalog.tables {
		for i := range t.columns {
			t.columns[i].line = 0 // the file has no lines
		}
	}
	out.Unread(f.At, "rows of a custom-format dump are compressed: write it out with pg_restore -f")
	return s.declared()
}
