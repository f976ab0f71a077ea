package schema

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A server is a database server that a test started for itself.
type server struct {
	dir  string
	port string
	run  func(sql string) ([]byte, error) // as administrator
}

// as makes a command run as another user: database servers refuse to be root.
func as(t *testing.T, name string, cmd *exec.Cmd) *exec.Cmd {
	t.Helper()
	if os.Getuid() != 0 {
		return cmd
	}
	u, err := user.Lookup(name)
	if err != nil {
		t.Skipf("no user %s to run the server", name)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return cmd
}

// home returns a folder that the server's user owns, and a free port. The path
// is short: sockets live in it.
func home(t *testing.T, name string) (dir, port string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "ecart")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if os.Getuid() == 0 {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			if err := os.Chown(dir, uid, gid); err != nil {
				t.Fatal(err)
			}
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return dir, port
}

// start runs a server until the test ends, and waits until it answers.
func start(t *testing.T, cmd *exec.Cmd, up func() error) {
	t.Helper()
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Dir = &log, &log, "/"
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Process.Signal(syscall.SIGINT)
		_ = cmd.Wait()
	})
	for range 300 {
		if up() == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("the server does not answer: %s", log.String())
}

func pipe(sql, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Stdin = strings.NewReader(sql)
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return out, err
}

// startPostgres starts PostgreSQL (Debian package postgresql), or skips.
func startPostgres(t *testing.T) *server {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		t.Skip("PostgreSQL is not installed (Debian package postgresql)")
	}
	sort.Strings(found)
	bin := filepath.Dir(found[len(found)-1])
	dir, port := home(t, "postgres")
	data := filepath.Join(dir, "d")
	initdb := as(t, "postgres", exec.Command(bin+"/initdb", "-D", data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"))
	initdb.Dir = "/"
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	s := &server{dir: dir, port: port}
	s.run = func(sql string) ([]byte, error) {
		return pipe(sql, bin+"/psql", "-h", dir, "-p", port, "-U", "admin", "-d", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1")
	}
	start(t, as(t, "postgres", exec.Command(bin+"/postgres", "-D", data, "-p", port, "-k", dir, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off")),
		func() error { _, err := s.run("SELECT 1"); return err })
	return s
}

// startMariaDB starts MariaDB (Debian package mariadb-server), or skips.
func startMariaDB(t *testing.T) *server {
	t.Helper()
	bin, err := exec.LookPath("mariadbd")
	if err != nil {
		if bin = "/usr/sbin/mariadbd"; !exists(bin) {
			t.Skip("MariaDB is not installed (Debian package mariadb-server)")
		}
	}
	dir, port := home(t, "mysql")
	data := filepath.Join(dir, "d")
	install := as(t, "mysql", exec.Command("mariadb-install-db", "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db"))
	install.Dir = "/"
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("mariadb-install-db: %v\n%s", err, out)
	}
	s := &server{dir: dir, port: port}
	s.run = func(sql string) ([]byte, error) {
		return pipe(sql, "mariadb", "--no-defaults", "-S", dir+"/s", "-u", "root", "-N", "-n", "--default-character-set=utf8mb4")
	}
	start(t, as(t, "mysql", exec.Command(bin, "--no-defaults", "--datadir="+data, "--port="+port, "--socket="+dir+"/s", "--pid-file="+dir+"/pid", "--bind-address=127.0.0.1",
		"--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0", "--character-set-server=utf8mb4")), func() error { _, err := s.run("SELECT 1"); return err })
	return s
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func (s *server) must(t *testing.T, sql string) {
	t.Helper()
	if _, err := s.run(sql); err != nil {
		t.Fatal(err)
	}
}
