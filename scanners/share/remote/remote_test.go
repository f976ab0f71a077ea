//go:build !nolocalremote

package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rclone/rclone/fs"
	"github.com/rclone/rclone/fs/config/configmap"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/share"
)

// all reads a remote whole: the text of each file by its path.
func all(t *testing.T, place string) (map[string]string, []string, error) {
	t.Helper()
	tree, err := Open(t.Context(), place, "nas")
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = tree.Close(context.Background()) }()
	read, order := map[string]string{}, []string{}
	for it, err := range tree.Items(t.Context()) {
		if err != nil {
			return read, order, err
		}
		if it.Unread != "" {
			t.Errorf("%s: %s", it.At.Path, it.Unread)
			continue
		}
		order = append(order, it.At.Path)
		read[it.At.Path] = textOf(t, it)
	}
	return read, order, nil
}

func textOf(t *testing.T, it item.Item) string {
	t.Helper()
	if it.Identity == "" {
		t.Errorf("%s has no identity", it.At.Path)
	}
	r, err := it.Open()
	if err != nil {
		t.Fatal(it.At.Path, err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(it.At.Path, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if int64(len(b)) != it.Size {
		t.Errorf("%s: %d bytes of %d", it.At.Path, len(b), it.Size)
	}
	return string(b)
}

// TestServers reads the same files through each protocol, from a real server of
// it on loopback.
func TestServers(t *testing.T) {
	remoteSFTP, known := sftpServer(t)
	for name, place := range map[string]func(string) string{
		"webdav": webdavServer(t), "s3": s3Server(t), "ftp": ftpServer(t), "sftp": func(s string) string { return remoteSFTP(s, known) },
	} {
		t.Run(name, func(t *testing.T) {
			read, order, err := all(t, place(password))
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			for path, text := range files {
				want[strings.ReplaceAll(path, "a!/", "a%21/")] = text
			}
			if diff := cmp.Diff(want, read); diff != "" {
				t.Errorf("%.2000s", diff)
			}
			if !sort.StringsAreSorted(order) {
				t.Errorf("order %q", order)
			}
			_, _, err = all(t, place("wrong"))
			if err == nil || !strings.Contains(err.Error(), string(refused)) || strings.Contains(err.Error(), "wrong") {
				t.Errorf("a wrong password: %v", err)
			}
		})
	}
}

func TestUnknownHostKeyIsRefused(t *testing.T) {
	place, _ := sftpServer(t)
	_, other := sftpServer(t)
	_, _, err := all(t, place(password, other))
	if err == nil || !strings.Contains(err.Error(), string(unknownHost)) {
		t.Errorf("got %v", err)
	}
}

func TestReasons(t *testing.T) {
	l, port := listen(t)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dav := webdavServer(t)(password)
	for _, c := range []struct {
		why, place string
		want       document.Reason
	}{
		{"nobody listens", fmt.Sprintf(`:webdav,url="http://127.0.0.1:%d":`, port), unreachable},
		{"no such remote", "nullepart:rh", noRemote},
		{"no such kind", ":gopher:rh", noKind},
		{"no such folder", dav + "absent", noFolder},
		{"a file", dav + "fiche.txt", isFile},
		{"no such bucket", strings.TrimSuffix(s3Server(t)(password), "rh") + "absent", noFolder},
	} {
		_, _, err := all(t, c.place)
		if err == nil || !strings.Contains(err.Error(), string(c.want)) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
	if got := why(errors.New("something with a secret")); got != unsaid {
		t.Errorf("got %q", got)
	}
}

func TestAnEmptyRemoteIsNotClean(t *testing.T) {
	place, known := sftpServer(t)
	_, _, err := all(t, strings.TrimSuffix(place(password, known), "/")[:strings.LastIndex(place(password, known), ":")+1]+filepath.ToSlash(t.TempDir()))
	if !errors.Is(err, share.ErrEmpty) {
		t.Errorf("got %v", err)
	}
}

// A faulty object breaks off after some bytes, a number of times.
type faulty struct {
	fs.Object
	text  string
	fails int
}

func (f *faulty) Open(_ context.Context, options ...fs.OpenOption) (io.ReadCloser, error) {
	from := int64(0)
	for _, o := range options {
		if r, ok := o.(*fs.RangeOption); ok {
			from = r.Start
		}
	}
	if f.fails--; f.fails < 0 {
		return io.NopCloser(strings.NewReader(f.text[from:])), nil
	}
	return io.NopCloser(io.MultiReader(strings.NewReader(f.text[from:from+2]), nothing{})), nil
}

func TestAReadingThatBreaksOffGoesOn(t *testing.T) {
	for fails, want := range map[int]string{0: "abcdefghij", 2: "abcdefghij", 20: "abcdefghij"[:2+2*attempts]} {
		r, err := opener(t.Context(), &faulty{text: "abcdefghij", fails: fails})()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if string(got) != want || (err == nil) != (fails < attempts) {
			t.Errorf("%d failures: %q, %v", fails, got, err)
		}
	}
}

// A server that asks for no account lets everyone read.
func TestEveryone(t *testing.T) {
	for _, c := range []struct {
		kind   string
		config configmap.Simple
		want   string
	}{
		{"webdav", configmap.Simple{"url": "https://nas.example"}, "read"},
		{"webdav", configmap.Simple{"url": "https://nas.example", "user": "audit"}, ""},
		{"s3", configmap.Simple{"env_auth": "false"}, "read"},
		{"s3", configmap.Simple{"env_auth": "true"}, ""},
		{"ftp", configmap.Simple{"user": "anonymous"}, "read"},
		{"ftp", configmap.Simple{}, ""},
		{"smb", configmap.Simple{"user": "Guest"}, "read"},
		{"sftp", configmap.Simple{}, ""},
	} {
		if got := everyone(c.kind, c.config); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.kind, c.config, got, c.want)
		}
	}
}
