package document

import (
	"context"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// Nature knows files that hold no text by nature, or none that can be read yet.
var Nature = Format{
	Name:  "nature",
	Match: func(name string, head []byte) bool { return nature(name, head) != "" },
	Read: func(_ context.Context, f *File, out Out) error {
		switch why := nature(fileName(f.At.Path), f.Head); why {
		case "office":
			return Reason("format not yet supported")
		default:
			out.Skipped(why)
			return nil
		}
	},
}

// Unknown is the last format: what nothing else reads.
var Unknown = Format{
	Name:  "unknown",
	Match: func(string, []byte) bool { return true },
	Read:  func(context.Context, *File, Out) error { return Reason("unknown format") },
}

// A magic is how files of a nature start.
type magic struct {
	at     int
	bytes  string
	nature string
}

// The reasons a file is skipped by its nature.
const (
	program = "program"
	font    = "font"
	sound   = "sound or film"
	picture = item.SkippedPicture
	index   = "index or cache without text"
)

var magics = []magic{
	{0, "\x7FELF", program},
	{0, "MZ", program},
	{0, "\xCF\xFA\xED\xFE", program},
	{0, "\xCE\xFA\xED\xFE", program},
	{0, "\xCA\xFE\xBA\xBE", program},
	{0, "\x00asm", program},
	{0, "!<arch>\n", program},
	{0, "\xFFSMB", program},
	{0, "OTTO", font},
	{0, "wOFF", font},
	{0, "wOF2", font},
	{0, "\x00\x01\x00\x00\x00", font},
	{0, "ttcf", font},
	{0, "ID3", sound},
	{0, "\xFF\xFB", sound},
	{0, "OggS", sound},
	{0, "fLaC", sound},
	{0, "RIFF", sound},
	{0, "\x1A\x45\xDF\xA3", sound},
	{0, "FLV\x01", sound},
	{4, "ftypM4A", sound},
	{4, "ftypisom", sound},
	{4, "ftypmp4", sound},
	{4, "ftypqt", sound},
	{0, "GIF8", picture},
	{0, "BM", picture},
	{0, "8BPS", picture},
	{0, "\x00\x00\x01\x00", picture},
	{0, "DIRC", index},
	{0, "\xFFtOc", index},
	{0, "PACK\x00\x00\x00", index},
	{0, "\xDE\x12\x04\x95", index}, // compiled translations (gettext), in either order of bytes
	{0, "\x95\x04\x12\xDE", index},
	{2, "\xDA\x27\x14\x00", index}, // compiled data of ICU, in either order
	{2, "\xDA\x27\x00\x14", index},
	{0, "\x00\x05\x16\x07", index},           // what a Mac keeps beside a file (AppleDouble)
	{0, "\x00\x00\x00\x01Bud1", index},       // .DS_Store
	{36, "acsp", picture},                    // colour profile of ICC
	{34, "LP\x00\x00\x00\x00\x00\x00", font}, // Embedded OpenType
}

// byName are extensions of files without text that have no sign of their own.
var byName = map[string]string{
	"pyc": program, "pyo": program, "class": program, "o": program, "obj": program, "beam": program, "elc": program,
	"eot": font, "mo": index, "qm": index, "gmo": index,
	"mp3": sound, "aac": sound, "wma": sound, "wmv": sound, "mpg": sound, "mpeg": sound,
}

// nature says what a binary file is, or "" for a text and the unknown.
func nature(name string, head []byte) string {
	if isText(head) {
		return ""
	}
	for _, m := range magics {
		if len(head) >= m.at && strings.HasPrefix(string(head[m.at:min(len(head), m.at+len(m.bytes))]), m.bytes) {
			if m.bytes == "RIFF" && len(head) > 12 && string(head[8:12]) == "WEBP" {
				return picture
			}
			return m.nature
		}
	}
	if flash(head) {
		return program
	}
	return byName[extension(name)]
}

// flash tells a compiled Flash film: a signature, a version and the size unpacked.
func flash(head []byte) bool {
	const versions = 50 // the last was 43
	return len(head) > 8 && (head[0] == 'F' || head[0] == 'C' || head[0] == 'Z') && head[1] == 'W' && head[2] == 'S' &&
		head[3] > 0 && head[3] < versions && head[7] < 0x40
}
