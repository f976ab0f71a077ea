package document

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"github.com/hamba/avro/v2/ocf"
	"github.com/parquet-go/parquet-go"
)

// Parquet reads tables stored by column.
var Parquet = Format{
	Name:  "parquet",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) },
	Read:  readParquet,
}

// Avro reads Avro object container files.
var Avro = Format{
	Name:  "avro",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("Obj\x01")) },
	Read:  readAvro,
}

func readParquet(ctx context.Context, f *File, out Out) error {
	r, size, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	if !parquetFooter(r, size) {
		return Corrupt
	}
	file, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return Corrupt
	}
	var names []string
	for _, path := range file.Schema().Columns() {
		names = append(names, strings.Join(path, "."))
	}
	t := newTable(out, f.At, stem(f.At.Path))
	t.headed, t.columns = true, columnsNamed(t.container, names, 0)
	n := 0
	for _, group := range file.RowGroups() {
		if err := parquetRows(ctx, group, t, &n); err != nil {
			_ = t.flush() // what was read counts
			return err
		}
	}
	return t.flush()
}

// parquetFooter tells whether the length of the footer, for which the library makes
// room before it reads, is within the file.
func parquetFooter(r io.ReaderAt, size int64) bool {
	var b [8]byte
	if n, _ := r.ReadAt(b[:], size-8); n < len(b) {
		return false
	}
	return int64(le32(b[:])) <= min(size-12, maxFooter)
}

// maxFooter bounds the description of a file stored by column, in bytes.
const maxFooter = 256 << 20

// parquetRows hands over the rows of one group.
func parquetRows(ctx context.Context, group parquet.RowGroup, t *table, n *int) error {
	rows := group.Rows()
	defer func() { _ = rows.Close() }() // read only
	var batch [64]parquet.Row
	for {
		k, err := rows.ReadRows(batch[:])
		for _, row := range batch[:k] {
			*n++
			if err := t.row(*n); err != nil {
				return err
			}
			for _, v := range row {
				t.cell(v.Column(), parquetText(v))
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return Corrupt
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func parquetText(v parquet.Value) []byte {
	if v.IsNull() {
		return nil
	}
	switch v.Kind() {
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return v.ByteArray()
	case parquet.Double:
		return strconv.AppendFloat(nil, v.Double(), 'f', -1, 64)
	}
	return []byte(v.String())
}

func readAvro(ctx context.Context, f *File, out Out) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	d, err := ocf.NewDecoder(in)
	if err != nil {
		return Corrupt
	}
	t := newTable(out, f.At, stem(f.At.Path))
	t.headed = true
	columns := map[string]int{}
	for n := 1; d.HasNext(); n++ {
		var v any
		if err := d.Decode(&v); err != nil {
			_ = t.flush() // what was read counts
			return Corrupt
		}
		if err := t.row(n); err != nil {
			return err
		}
		avroRow(t, columns, "", v)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if err := t.flush(); err != nil {
		return err
	}
	if d.Error() != nil {
		return Corrupt
	}
	return nil
}

// avroRow adds the fields of a record, inner ones by their path.
func avroRow(t *table, columns map[string]int, path string, v any) {
	if m, ok := v.(map[string]any); ok && strings.Count(path, ".") < maxNested {
		keys := make([]string, 0, len(m))
		for k := range m {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			avroRow(t, columns, strings.TrimPrefix(path+"."+k, "."), m[k])
		}
		return
	}
	if v == nil {
		return
	}
	i, ok := columns[path]
	if !ok {
		if len(columns) >= maxPlaces {
			return
		}
		i = len(columns)
		columns[path] = i
		t.columns = append(t.columns[:i:i], columnsNamed(t.container, []string{path}, 0)...)
	}
	t.cell(i, avroText(v))
}

func avroText(v any) []byte {
	switch v := v.(type) {
	case string:
		return []byte(v)
	case []byte:
		return v
	case float64:
		return strconv.AppendFloat(nil, v, 'f', -1, 64)
	case []any:
		b, err := json.Marshal(v)
		if err != nil {
			return nil
		}
		return b
	}
	return fmt.Append(nil, v)
}
