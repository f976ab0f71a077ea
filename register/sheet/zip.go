package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// readZip tells ODS from XLSX by their parts.
func readZip(src []byte) (b *Book, err error) {
	defer func() {
		if recover() != nil {
			b, err = nil, fmt.Errorf("damaged workbook")
		}
	}()
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, fmt.Errorf("damaged workbook: %w", err)
	}
	parts := map[string]*zip.File{}
	macros := false
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, ErrEncrypted
		}
		total += f.UncompressedSize64
		parts[f.Name] = f
		macros = macros || strings.HasPrefix(f.Name, "Basic/") || strings.HasPrefix(f.Name, "Scripts/") || strings.HasSuffix(f.Name, "vbaProject.bin")
	}
	if total > 4*maxPart {
		return nil, ErrTooLarge
	}
	switch {
	case parts["xl/workbook.xml"] != nil:
		b, err = readXLSX(src)
	case parts["content.xml"] != nil:
		b, err = readODS(parts)
	default:
		return nil, ErrUnknown
	}
	if err == nil && macros {
		b.note("macros were not read")
	}
	return b, err
}

// part unpacks one part, within the limit whatever its header says.
func part(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("damaged workbook: %w", err)
	}
	defer func() { _ = r.Close() }()
	text, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err != nil {
		return nil, fmt.Errorf("damaged workbook: %w", err)
	}
	if len(text) > maxPart {
		return nil, ErrTooLarge
	}
	return text, nil
}
