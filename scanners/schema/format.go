package schema

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// Format reads SQL text of any dialect, dumps with their rows included, as a
// file: tables, columns and lines are those of the text.
var Format = document.Format{Name: "sql", Match: matchSQL, Read: readSQL}

// Formats are the formats of this package, in the order they are asked.
var Formats = formats()

// suffixes of files that hold SQL.
var suffixes = []string{".sql", ".ddl", ".pgsql", ".psql", ".mysql", ".mssql", ".tsql", ".sqlite.dump", ".pks", ".pkb", ".sql.in", ".sql.erb", ".sql.j2", ".sql.tmpl", ".sql.dist", ".sql.bak"}

// openings of dumps whose name says nothing.
var openings = []string{"-- MySQL dump ", "-- MariaDB dump ", "--\n-- PostgreSQL database", "-- phpMyAdmin SQL Dump", "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;", "/*M!999999\\- enable the sandbox mode */"}

func matchSQL(name string, head []byte) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(name, s) {
			return !bytes.HasPrefix(head, []byte("PGDMP"))
		}
	}
	for _, o := range openings {
		if bytes.HasPrefix(head, []byte(o)) {
			return true
		}
	}
	return false
}

// readSQL hands over the text of a file as it comes and what it declares at its
// end, when every ALTER has been applied.
func readSQL(ctx context.Context, f *document.File, out document.Out) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	s := &fileSink{at: f.At, out: out, catalog: newCatalog(), kind: item.Code}
	if err := read(ctx, decoded(r), byPath(f.At.Path), f.At.Path, s.catalog, s); err != nil {
		return err
	}
	return s.declared()
}

// A fileSink hands over what a text holds as segments of its file.
type fileSink struct {
	at      item.Location
	out     document.Out
	catalog *catalog
	kind    item.Kind // of the text that is no rows

	names   string
	columns []item.Column
}

func (s *fileSink) other(text []byte, line int) error {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil
	}
	at := s.at
	at.Line = line
	return s.out.Segment(&item.Segment{At: at, Kind: s.kind, Text: text})
}

func (s *fileSink) rows(n name, b block, text []byte, grid func(int) item.Grid) error {
	columns := s.columnsOf(n, b, text)
	at := s.at
	at.Line = b.line
	return s.out.Segment(&item.Segment{At: at, Kind: item.Table, Text: text, Columns: columns, Grid: grid(len(columns))})
}

// columnsOf returns the columns of a block: one slice as long as the target
// stays the same.
func (s *fileSink) columnsOf(n name, b block, text []byte) []item.Column {
	key := n.schema + "\x00" + n.table + "\x00" + strings.Join(b.header, "\x00")
	if s.columns == nil || s.names != key {
		s.names = key
		s.columns = rowColumns(s.catalog.get(n), n, b, text)
	}
	return s.columns
}

// rowColumns tells what the cells of a block are called: by its header, else by
// the table's declaration, else by their number.
func rowColumns(t *table, n name, b block, text []byte) []item.Column {
	if t == nil {
		t = &table{schema: n.schema, name: n.table}
	}
	declared := t.items()
	header := b.header
	if header == nil {
		for i := range max(1, width(b, text)) {
			header = append(header, strconv.Itoa(i+1))
		}
		if !t.partial && len(declared) >= len(header) {
			return declared
		}
	}
	columns := make([]item.Column, len(header))
	for i, h := range header {
		columns[i] = item.Column{Container: t.title(), Name: h, Neighbours: neighbours(header, i)}
		if j := t.find(h); j >= 0 {
			columns[i] = declared[j]
		}
	}
	return columns
}

// width counts the cells of the first row of a block.
func width(b block, text []byte) int {
	if b.copied != 0 {
		line, _, _ := bytes.Cut(text, newline)
		return bytes.Count(line, []byte{b.copied}) + 1
	}
	if i := bytes.Index(bytes.ToUpper(text[:min(len(text), maxHeader)]), []byte("VALUE")); i >= 0 {
		if open := bytes.IndexByte(text[i:], '('); open >= 0 {
			g := &rowGrid{text: text, dialect: b.d}
			return len(g.cut(nil, i+open))
		}
	}
	return 0
}

func (s *fileSink) unread(line int, reason string) {
	at := s.at
	at.Line = line
	s.out.Unread(at, reason)
}

// declared hands over the columns as they are after the last statement.
func (s *fileSink) declared() error {
	for _, t := range s.catalog.tables {
		if len(t.columns) == 0 {
			continue
		}
		if err := s.out.Segment(&item.Segment{At: s.at, Kind: item.Declare, Columns: t.items()}); err != nil {
			return err
		}
	}
	return nil
}
