package document

import (
	"bytes"
	"context"
)

// PST knows the mail stores of Outlook, which are not read yet: the only library
// at hand keeps whole stores in memory and fails on damaged ones.
var PST = Format{
	Name:  "pst",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("!BDN")) },
	Read: func(context.Context, *File, Out) error {
		return Reason("an Outlook mail store (PST), which is not read: export it as MBOX or EML")
	},
}
