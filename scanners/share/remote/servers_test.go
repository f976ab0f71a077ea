//go:build !nolocalremote

package remote

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pkg/sftp"
	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"
	"github.com/rclone/rclone/fs/config/obscure"
	ftp "goftp.io/server/v2"
	ftpfile "goftp.io/server/v2/driver/file"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
	"golang.org/x/net/webdav"
)

const (
	user     = "anouk"
	password = "tres-secret-4172"
)

// files are what every server holds.
var files = map[string]string{
	"fiche.txt":            "une fiche\n",
	"paie/2023 été.csv":    "nom;nir\nAnouk;x\n",
	"paie/vide.txt":        "",
	"paie/mars/grand.txt":  strings.Repeat("ligne\n", 100_000),
	"archives/a!/deux.txt": "dans un dossier au nom de conteneur\n",
}

// folder writes the files and returns where.
func folder(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func hidden(t *testing.T, secret string) string {
	t.Helper()
	s, err := obscure.Obscure(secret)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// webdavServer serves the files and returns the remote for a password.
func webdavServer(t *testing.T) func(secret string) string {
	t.Helper()
	dav := &webdav.Handler{FileSystem: webdav.Dir(folder(t)), LockSystem: webdav.NewMemLS()}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u, p, _ := r.BasicAuth(); u != user || p != password {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		switch r.Method {
		case "PROPFIND", http.MethodGet, http.MethodHead, http.MethodOptions:
		default:
			t.Errorf("webdav: a client that only reads sent %s", r.Method)
		}
		dav.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return func(secret string) string {
		return fmt.Sprintf(`:webdav,url="%s",user=%s,pass=%s:`, s.URL, user, hidden(t, secret))
	}
}

// s3Server serves the files in a bucket.
func s3Server(t *testing.T) func(secret string) string {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket(t.Context(), "rh"); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if _, err := backend.PutObject(t.Context(), "rh", name, map[string]string{}, strings.NewReader(text), int64(len(text))); err != nil {
			t.Fatal(err)
		}
	}
	fake := gofakes3.New(backend, gofakes3.WithV4Auth(map[string]string{user: password}))
	handler := fake.Server()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			t.Errorf("s3: a client that only reads sent %s", r.Method)
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return func(secret string) string {
		return fmt.Sprintf(`:s3,provider=Other,endpoint="%s",access_key_id=%s,secret_access_key=%s,region=us-east-1:rh`, s.URL, user, secret)
	}
}

// ftpServer serves the files to one user.
func ftpServer(t *testing.T) func(secret string) string {
	t.Helper()
	driver, err := ftpfile.NewDriver(folder(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := ftp.NewServer(&ftp.Options{
		Driver: driver, Auth: &ftp.SimpleAuth{Name: user, Password: password}, Perm: ftp.NewSimplePerm("rh", "rh"), Logger: &ftp.DiscardLogger{},
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, port := listen(t)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(listener) }()
	t.Cleanup(func() {
		_ = s.Shutdown()
		if err := <-ended; err != nil && !errors.Is(err, ftp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return func(secret string) string {
		return fmt.Sprintf(":ftp,host=127.0.0.1,port=%d,user=%s,pass=%s:", port, user, hidden(t, secret))
	}
}

func listen(t *testing.T) (net.Listener, int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l, l.Addr().(*net.TCPAddr).Port
}

// sftpServer serves the files below a folder of its own; known is the file with
// its host key.
func sftpServer(t *testing.T) (remote func(secret, known string) string, known string) {
	t.Helper()
	root := folder(t)
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	config := &ssh.ServerConfig{PasswordCallback: func(c ssh.ConnMetadata, p []byte) (*ssh.Permissions, error) {
		if c.User() == user && string(p) == password {
			return nil, nil
		}
		return nil, errors.New("no")
	}}
	config.AddHostKey(signer)
	listener, port := listen(t)
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go serveSFTP(c, config)
		}
	}()
	known = filepath.Join(t.TempDir(), "known_hosts")
	line := knownhosts.Line([]string{fmt.Sprintf("127.0.0.1:%d", port)}, signer.PublicKey())
	if err := os.WriteFile(known, []byte(line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(secret, known string) string {
		return fmt.Sprintf(":sftp,host=127.0.0.1,port=%d,user=%s,pass=%s,known_hosts_file=%s:%s", port, user, hidden(t, secret), known, root)
	}, known
}

// serveSFTP answers one connection, and refuses to write.
func serveSFTP(c net.Conn, config *ssh.ServerConfig) {
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	conn, channels, requests, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	go ssh.DiscardRequests(requests)
	for n := range channels {
		ch, requests, err := n.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				_ = r.Reply(r.Type == "subsystem", nil)
			}
		}()
		s, err := sftp.NewServer(ch, sftp.ReadOnly())
		if err != nil {
			return
		}
		go func() {
			_ = s.Serve()
			_ = ch.Close()
		}()
	}
}
