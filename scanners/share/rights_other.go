//go:build !linux

package share

// realRights is false where we do not know: modes of mounted shares are made up,
// and rights on Windows are no modes.
func realRights(string) bool { return false }
