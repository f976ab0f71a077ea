//go:build !nolocalremote

package remote

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"

	"github.com/rclone/rclone/fs"
	"golang.org/x/crypto/ssh/knownhosts"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

// The reasons why a remote cannot be read. The errors of servers and libraries
// are told apart and never passed on: they hold addresses, names and at times
// what was sent.
const (
	noRemote    = document.Reason("no remote of this name is in rclone.conf: `rclone config` makes one")
	noKind      = document.Reason("a kind of remote that this build does not know")
	noFolder    = document.Reason("the folder is not there")
	isFile      = document.Reason("it is a file: name the folder that holds it")
	noBucket    = document.Reason("name a bucket or container after the remote")
	refused     = document.Reason("the server refused the name, password or key")
	unknownHost = document.Reason("the server's host key is not known, or is another than before: check known_hosts_file")
	badSeal     = document.Reason("the server's certificate is not to be trusted")
	unreachable = document.Reason("the server cannot be reached")
	noHost      = document.Reason("no server of this name is known")
	tooSlow     = document.Reason("the server did not answer in time")
	noKey       = document.Reason("a key file is missing or cannot be read")
	unsaid      = document.Reason("the server gave an error that may hold a secret: `rclone lsd` shows it")
)

// why puts an error of rclone in our words.
func why(err error) document.Reason {
	var key *knownhosts.KeyError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var dns *net.DNSError
	var dial *net.OpError
	var timeout net.Error
	switch {
	case errors.Is(err, fs.ErrorNotFoundInConfigFile):
		return noRemote
	case errors.Is(err, fs.ErrorDirNotFound):
		return noFolder
	case errors.Is(err, fs.ErrorIsFile):
		return isFile
	case errors.Is(err, fs.ErrorListBucketRequired):
		return noBucket
	case errors.Is(err, fs.ErrorPermissionDenied):
		return refused
	case errors.As(err, &key):
		return unknownHost
	case errors.As(err, &authority), errors.As(err, &host), errors.As(err, &invalid):
		return badSeal
	case errors.As(err, &dns):
		return noHost
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return tooSlow
	case errors.As(err, &dial):
		return unreachable
	case errors.Is(err, os.ErrNotExist), errors.Is(err, os.ErrPermission):
		return noKey
	}
	return spoken(strings.ToLower(err.Error()))
}

// spoken tells apart errors that have no type, by words in them.
func spoken(text string) document.Reason {
	for _, s := range []struct {
		words  string
		reason document.Reason
	}{
		{"didn't find backend", noKind},
		{"knownhosts: key", unknownHost},
		{"host key mismatch", unknownHost},
		{"unable to authenticate", refused},
		{"401", refused},
		{"403", refused},
		{"530 ", refused},
		{"accessdenied", refused},
		{"invalidaccesskeyid", refused},
		{"signaturedoesnotmatch", refused},
		{"login incorrect", refused},
		{"logon is invalid", refused},
		{"incorrect password", refused},
		{"bad_network_name", noFolder},
		{"x509:", badSeal},
		{"connection refused", unreachable},
		{"no such host", noHost},
		{"timeout", tooSlow},
		{"nosuchbucket", noFolder},
		{"404", noFolder},
	} {
		if strings.Contains(text, s.words) {
			return s.reason
		}
	}
	return unsaid
}
