package document

import "time"

// appendSerialDate writes a spreadsheet's day number as YYYY-MM-DD. Day 60 is
// 29 February 1900, which never was: Lotus 1-2-3 had it, and all kept it.
func appendSerialDate(b []byte, serial float64, from1904 bool) []byte {
	if serial < 1 || serial > 2958465 {
		return b
	}
	day := int(serial)
	switch {
	case from1904:
		day += 1462
	case day < 60:
		day++
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day).AppendFormat(b, "2006-01-02")
}
