package fleet

import "time"

// now is the clock of this machine. It decides how things are paced and shown, and
// nothing of what is read or reported: a test sets it to others that are wrong.
var now = time.Now
