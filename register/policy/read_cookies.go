package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file reads tables of cookies. Their rows are no treatments once rows, fields or
// lists have told those: they say what a cookie is called, who places it and how long
// it lasts.

// listsCookies tells whether a table lists cookies beside treatments told elsewhere.
func (d *reading) listsCookies(b *block, columns []string) bool {
	if d.told3() && b.section.under("cookies") && !slices.Contains(columns, "basis") {
		return true
	}
	named := 0
	for _, row := range b.table.rows {
		if cookieName.MatchString(strings.TrimSpace(row[0].text)) {
			named++
		}
	}
	return named*2 > len(b.table.rows) && (d.told3() || !slices.Contains(columns, "purpose"))
}

// readCookieSections reads that cookies are set, in a section about them: it lists no
// data otherwise.
func (d *reading) readCookieSections() {
	for _, s := range d.statements {
		if s.quiet() || !s.section.under("cookies") || !setsCookies.MatchString(fold(s.text)) {
			continue
		}
		for _, f := range d.dataIn(s.text, s.no, 0.7) {
			if f.id == "online_activity" {
				d.giveData(s, f)
			}
		}
	}
}

var setsCookies = pattern.New(`\b(depos|utilis|place|pose|mesur|emplo|recour|duree|durent|conserv)\w*`)

// told3 tells whether three treatments were told.
func (d *reading) told3() bool { return len(d.treatments) >= 3 }

// cookieName is a name that only a program gives: "_ga", "PHPSESSID", "cart_sig".
var cookieName = pattern.New(`^[\w.*-]*(?:_[\w.*-]*|sess(?:ion)?id|SID|csrf\w*|token)$`)

// readCookies gives the limits, the companies and the transfers of a table of cookies
// to the treatment that is about them, else to the document.
func (d *reading) readCookies(b *block, columns []string) {
	t := &d.document
	for _, x := range d.treatments {
		if d.topicOf(x.name) == "cookies" || slices.Contains(d.activities.IDs(terms.Read(x.name)), "audience") {
			t = x
			break
		}
	}
	for _, row := range b.table.rows {
		for i, c := range row {
			field := ""
			if i < len(columns) {
				field = columns[i]
			}
			switch {
			case strings.TrimSpace(c.text) == "":
			case field == "retention":
				t.retention = append(t.retention, d.retentionIn(c.text, c.no, true)...)
			case (field == "companies" || field == "recipients" || field == "transfers") && slices.Contains(b.table.columns, field):
				d.readField(t, field, c.text, c.no)
			default:
				for _, f := range d.namesInText(c.text, c.no, false) {
					t.recipients = add(t.recipients, f)
				}
			}
		}
	}
	if len(b.table.rows) > 0 {
		no := b.table.rows[0][0].no
		t.data = add(t.data, found{id: "online_activity", no: no, words: firstWords(b.table.rows[0][0].text), conf: 0.8})
	}
}
