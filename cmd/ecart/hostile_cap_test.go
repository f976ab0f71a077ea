//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The most that a scan of hostile files may take: address space, set by the system,
// and memory that is really used.
const (
	capAddress = 3 << 30
	capMemory  = 1 << 30
)

// capped runs ecart under the system's own limit and returns its exit status. A
// crash, a hang or too much memory fails the test.
func capped(t *testing.T, args ...string) (code int, stderr string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	limit := fmt.Sprintf(`ulimit -v %d && exec ecart "$@"`, capAddress>>10)
	cmd := exec.CommandContext(ctx, "bash", append([]string{"-c", limit, "ecart"}, args...)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	start := time.Now()
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("%v hangs", args)
	}
	state := cmd.ProcessState
	if state == nil {
		t.Fatal(err)
	}
	usage, _ := state.SysUsage().(*syscall.Rusage)
	t.Logf("exit %d, %d MiB, %.1f s of CPU, %.1f s", state.ExitCode(), usage.Maxrss>>10, (state.UserTime() + state.SystemTime()).Seconds(), time.Since(start).Seconds())
	text := said.String()
	if state.ExitCode() < 0 || strings.Contains(text, "panic:") || strings.Contains(text, "fatal error") || strings.Contains(text, "goroutine ") {
		t.Fatalf("%v: exit %d: %.2000s", args, state.ExitCode(), text)
	}
	if own() > capMemory {
		t.Logf("its memory is not known: the system counts that of this process, which started it, to it")
	} else if usage.Maxrss<<10 > capMemory {
		t.Errorf("%v took %d MiB", args, usage.Maxrss>>10)
	}
	return state.ExitCode(), text
}

// unraced skips what is about memory and time under the race detector, which takes
// both; .ci/test runs it without.
func unraced(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("the race detector takes memory of its own: run it without -race")
	}
}

// own is the most memory this process ever took, in bytes.
func own() int64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // 0 when the system does not say
	return usage.Maxrss << 10
}

// TestHostileFiles reads files that mean harm under a cap of memory: the scan ends,
// and what could not be read is said.
func TestHostileFiles(t *testing.T) {
	unraced(t)
	if testing.Short() {
		t.Skip("some minutes of unpacking")
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no shell to set the limit")
	}
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "gaps.json")
	lost := corpus{t, dir}.all()
	code, said := capped(t, "scan", dir, "-q", "-o", out, "--workers", "2")
	if code != exitIncomplete {
		t.Fatalf("exit %d: %s", code, said)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Coverage map[string]struct {
			Unread []struct{ Location, Reason string }
		}
	}
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	var unread []string
	for _, c := range report.Coverage {
		for _, u := range c.Unread {
			unread = append(unread, u.Location)
			if !strings.HasPrefix(u.Location, "overlap.zip!/1") {
				t.Logf("%s: %s", u.Location, u.Reason)
			}
			if strings.Contains(u.Reason, "reader failed") {
				t.Errorf("%s: a panic was caught: bound it", u.Location)
			}
		}
	}
	for _, name := range lost {
		if !slices.ContainsFunc(unread, func(at string) bool { return strings.HasPrefix(at, name) }) {
			t.Errorf("%s is not said to be unread", name)
		}
	}
	t.Run("repository", func(t *testing.T) {
		if code, said := capped(t, "scan", filepath.Join(dir, "repo"), "--history", "-q"); code != exitIncomplete && code != 0 {
			t.Errorf("exit %d: %s", code, said)
		}
	})
}

// TestHostileYAML gives YAML that means harm in the place of every file that we
// load: refused in words, within bounds.
func TestHostileYAML(t *testing.T) {
	unraced(t)
	if testing.Short() {
		t.Skip("large files")
	}
	dir := t.TempDir()
	c := corpus{t, dir}
	laughs := "ecart: 1\na0: &a0 [x]\n"
	for i := 1; i < 40; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	for name, content := range map[string][]byte{
		"laughs": []byte(laughs),
		"self":   []byte("ecart: 1\ntreatments: &t [*t]\n"),
		"merge":  []byte("a: &a {<<: *a, b: 1}\n"),
		"deep":   append([]byte("ecart: 1\ntreatments: "), repeat("[", 200_000)...),
		"flow":   append([]byte("ecart: 1\ntreatments: "), repeat("{a: ", 200_000)...),
		"large":  append([]byte("ecart: 1\n"), repeat("# rien à voir ici, et pourtant c'est long\n", 100<<20/43)...),
		"keys":   append([]byte("ecart: 1\norganisation: {name: x}\nnotes: \""), append(repeat("x", 100<<20), "\"\n"...)...),
		"number": append([]byte("ecart: "), repeat("9", 1<<20)...),
		"binary": repeat("\xff\xfe\x00", 100_000),
		"tag":    []byte("!!python/object/apply:os.system [\"true\"]\n"),
	} {
		c.write(name+".yaml", content)
		c.write(name+"/rules.yaml", content)
		c.write(name+"/a.csv", []byte("nom;courriel\nVauclair;odette@boite-perso.example\n"))
		file := filepath.Join(dir, name+".yaml")
		for what, args := range map[string][]string{
			"register":      {"scan", filepath.Join(dir, name), "--register", file, "-q"},
			"configuration": {"scan", "--config", file, "-q"},
			"rules":         {"scan", filepath.Join(dir, name), "--rules", filepath.Join(dir, name, "rules.yaml"), "-q"},
		} {
			t.Run(name+" as "+what, func(t *testing.T) {
				if code, said := capped(t, args...); code != exitFailed && (name != "large" && name != "keys" || said != "") {
					t.Errorf("exit %d: %.500s", code, said)
				}
			})
		}
		c.check(os.RemoveAll(filepath.Join(dir, name)))
		c.check(os.Remove(file))
	}
}

// TestHostilePattern runs patterns of a user that never come to an end on texts
// made for them: each ends, and says where it gave up.
func TestHostilePattern(t *testing.T) {
	unraced(t)
	dir := t.TempDir()
	c := corpus{t, dir}
	for i, regex := range []string{`x-(a+)+$`, `x-(a|aa)+$`, `x-(.*.*.*.*.*)=`, `x-((a*)*b)*c`, `x-(a{0,30}){0,30}b`, `x-(?=(a+))(\1)*b`} {
		c.write(fmt.Sprintf("rules/p%d.yml", i), []byte(fmt.Sprintf(`patterns:
  - id: mine.slow%d
    category: professional_life
    literal: x-
    regex: '%s'
    confidence: 0.9
    why: made to be slow
`, i, regex)))
	}
	c.write("share/a.txt", repeat("x-"+strings.Repeat("a", 200)+"!\n", 50))
	code, said := capped(t, "scan", filepath.Join(dir, "share"), "--rules", filepath.Join(dir, "rules"), "-q")
	if code != 0 && code != exitIncomplete && code != exitFailed {
		t.Errorf("exit %d: %s", code, said)
	}
	t.Logf("%d %s", code, said)
}
