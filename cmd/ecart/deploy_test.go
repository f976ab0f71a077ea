package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

const deploy = "../../deploy"

// Every command line of the deployment files is one this program takes: a flag
// that was renamed must not be found out in a cluster.
func TestDeployFlags(t *testing.T) {
	lines := 0
	err := filepath.WalkDir(deploy, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, args := range commandLines(t, path, text) {
			lines++
			checkArgs(t, path, args)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if lines < 6 {
		t.Errorf("only %d command lines were found", lines)
	}
}

// commandLines finds the command lines of ecart in a unit or in YAML.
func commandLines(t *testing.T, path string, text []byte) (lines [][]string) {
	switch filepath.Ext(path) {
	case ".service":
		for line := range strings.Lines(string(text)) {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "ExecStart=/usr/local/bin/ecart "); ok {
				lines = append(lines, strings.Fields(rest))
			}
		}
		return lines
	case ".yaml":
		return yamlLines(t, path, text)
	}
	return nil
}

func yamlLines(t *testing.T, path string, text []byte) (lines [][]string) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var doc any
		if err := d.Decode(&doc); errors.Is(err, io.EOF) {
			return lines
		} else if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		lines = append(lines, argLists(doc)...)
	}
}

// argLists finds lists of words that begin with a subcommand.
func argLists(v any) (lines [][]string) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			lines = append(lines, argLists(x)...)
		}
	case []any:
		var words []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				words = append(words, s)
			}
			lines = append(lines, argLists(x)...)
		}
		if len(words) > 0 && (words[0] == "scan" || words[0] == "worker" || words[0] == "status") {
			lines = append(lines, words)
		}
	}
	return lines
}

func checkArgs(t *testing.T, path string, args []string) {
	cmd, rest, err := root().Find(args)
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err != nil {
		t.Errorf("%s: ecart %s: %v", path, strings.Join(args, " "), err)
	}
}

// The files are what the programs they are for take, where those are installed.
func TestDeployFiles(t *testing.T) {
	for _, command := range [][]string{
		{"kubectl", "kustomize", deploy + "/kubernetes/base"},
		{"kubectl", "kustomize", deploy + "/kubernetes/keda"},
	} {
		t.Run(strings.Join(command, " "), func(t *testing.T) {
			if _, err := exec.LookPath(command[0]); err != nil {
				t.Skip(command[0], "is not here")
			}
			if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	t.Run("systemd", testUnits)
}

// testUnits puts a file where the units look for the program.
func testUnits(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not here")
	}
	units, err := filepath.Glob(deploy + "/systemd/*")
	if err != nil || len(units) == 0 {
		t.Fatal("no units", err)
	}
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"verify"}
	for _, u := range units {
		text, err := os.ReadFile(u)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.Base(u))
		if err := os.WriteFile(to, bytes.ReplaceAll(text, []byte("/usr/local/bin/ecart"), []byte(self)), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, to)
	}
	if out, err := exec.Command("systemd-analyze", args...).CombinedOutput(); err != nil || bytes.Contains(out, []byte("ecart")) {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestDeployPods holds what every pod must have, without a cluster: rights taken
// away, memory bounded, and a volume and a claim behind all that is mounted.
func TestDeployPods(t *testing.T) {
	claims, pods := map[string]bool{"": true}, 0
	var check []map[string]any
	files, err := filepath.Glob(deploy + "/kubernetes/base/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for d := yaml.NewDecoder(bytes.NewReader(text)); ; {
			var doc map[string]any
			if err := d.Decode(&doc); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			switch name, _ := at(doc, "metadata", "name").(string); doc["kind"] {
			case "PersistentVolumeClaim":
				claims[name] = true
			case "Deployment":
				check = append(check, at(doc, "spec", "template", "spec").(map[string]any))
			case "CronJob":
				check = append(check, at(doc, "spec", "jobTemplate", "spec", "template", "spec").(map[string]any))
			}
		}
	}
	for _, pod := range check {
		pods++
		testPod(t, pod, claims)
	}
	if pods != 2 {
		t.Errorf("%d kinds of pods, want coordinator and worker", pods)
	}
}

// at follows keys down.
func at(v any, keys ...string) any {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	return v
}

func testPod(t *testing.T, pod map[string]any, claims map[string]bool) {
	if at(pod, "securityContext", "runAsNonRoot") != true || pod["automountServiceAccountToken"] != false || at(pod, "securityContext", "seccompProfile", "type") != "RuntimeDefault" {
		t.Error("a pod runs with rights it does not need")
	}
	volumes := map[string]bool{}
	for _, v := range pod["volumes"].([]any) {
		volumes[at(v, "name").(string)] = true
		if claim, _ := at(v, "persistentVolumeClaim", "claimName").(string); !claims[claim] {
			t.Errorf("no claim is called %s", claim)
		}
	}
	for _, c := range pod["containers"].([]any) {
		name := at(c, "name")
		if at(c, "resources", "limits", "memory") == nil || at(c, "resources", "requests", "cpu") == nil {
			t.Errorf("%s has no bounds", name)
		}
		if at(c, "securityContext", "readOnlyRootFilesystem") != true || at(c, "securityContext", "allowPrivilegeEscalation") != false {
			t.Errorf("%s may write or gain rights", name)
		}
		for _, m := range at(c, "volumeMounts").([]any) {
			if !volumes[at(m, "name").(string)] {
				t.Errorf("%s mounts %s, which is no volume", name, at(m, "name"))
			}
		}
	}
}
