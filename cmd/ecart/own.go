package main

import (
	"bytes"
	"context"
	"path"
	"slices"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

// ownOutput knows what earlier runs left in a folder, wherever it was put: read
// as data, a report would raise in its own words what it reports. It is counted
// as skipped, with its reason.
var ownOutput = document.Format{
	Name:  "ecart",
	Match: func(name string, head []byte) bool { return isOwn(name, head) },
	Read:  skipOwn,
}

// A mark is how one of our outputs begins: all of its parts, in this order, in
// the first bytes; blanks between them do not matter.
type mark []string

// marks are those of all outputs and inventories, by extension; "" is any.
var marks = map[string][]mark{
	".json":  {{`{"tool":{"name":"ecart",`}, {`{"scan":{"analyzer":{"id":"ecart","name":"ecart",`}},
	".sarif": {{`{"$schema":"https://json.schemastore.org/sarif`, `"automationDetails":{"id":"ecart`}, {`{"$schema":"https://json.schemastore.org/sarif`, `"driver":{`, `"name":"ecart"`}},
	".html":  {{`<!doctypehtml>`, `<metaname="generator"content="ecart">`}},
	".md":    {{"#", "<!--ecart:report-->"}},
	".csv":   {{"niveau;écart;sujet;lieu;ligne;nombre;plusancienne;"}, {"level;gap;subject;place;line;count;oldest;"}},
	".jsonl": {{`{"target":"`, `"category":"`, `"evidence":"`, `"detector":"`}},
	".xml":   {{`<testsuitename="ecart"`}},
	".yaml":  {{"#Writtenbyecartscan--inventory:"}},
}

// boltMagic is at offset 16 of the file of a state, as of any bolt database.
var boltMagic = []byte{0xed, 0xda, 0x0c, 0xed}

func isOwn(name string, head []byte) bool {
	if isBolt(head) {
		return true // skipOwn looks whose it is
	}
	of := marks[path.Ext(name)]
	if len(of) == 0 {
		return false
	}
	text := squeezed(head[:min(len(head), 1024)])
	return slices.ContainsFunc(of, func(m mark) bool { return m.begins(text) })
}

func isBolt(head []byte) bool { return len(head) > 20 && bytes.Equal(head[16:20], boltMagic) }

// begins tells whether text starts with the first part of m and has the others.
func (m mark) begins(text []byte) bool {
	for i, part := range m {
		at := bytes.Index(text, []byte(part))
		if at < 0 || i == 0 && at > len("\ufeff<?xmlversion=\"1.0\"encoding=\"UTF-8\"?>") {
			return false
		}
		text = text[at+len(part):]
	}
	return true
}

// squeezed is text without its blanks.
func squeezed(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, text)
}

func skipOwn(_ context.Context, f *document.File, out document.Out) error {
	if isBolt(f.Head) {
		ours, err := isState(f)
		if err != nil {
			return err
		}
		if !ours {
			return document.ErrNotMine
		}
	}
	out.Skipped("output of ecart")
	return nil
}
