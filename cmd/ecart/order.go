package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// An order is what workers must know of a scan, as it travels through the queue.
// It holds no secret: `${NAME}` is filled in where the work is done.
type order struct {
	Targets []targetEntry `json:"targets"`
	Rules   []ruleFiles   `json:"rules,omitempty"`
	State   string        `json:"state,omitempty"`
	Each    bool          `json:"each,omitempty"`
	OCR     bool          `json:"ocr,omitempty"`
	Full    bool          `json:"full,omitempty"`
	Sample  int           `json:"sample,omitempty"`
	MaxRows int           `json:"max_rows,omitempty"`
	History bool          `json:"history,omitempty"`
	Since   string        `json:"since,omitempty"`
	Diff    string        `json:"diff,omitempty"`
	Staged  bool          `json:"staged,omitempty"`
}

// ruleFiles are the user's own rules of one --rules, by path within.
type ruleFiles []ruleFile

type ruleFile struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// writeOrder writes down a scan for workers.
func (f *scanFlags) writeOrder(s *settings, dirs []string) ([]byte, error) {
	o := order{
		State: f.state, Each: f.each, OCR: f.ocr, Full: f.full, Sample: f.sample, MaxRows: f.maxRows,
		History: f.git.history, Since: f.git.since, Diff: f.git.diff, Staged: f.git.staged,
	}
	for _, t := range s.targets {
		e, err := absolute(t.asked)
		if err != nil {
			return nil, err
		}
		o.Targets = append(o.Targets, e)
	}
	for _, d := range dirs {
		files, err := readRules(d)
		if err != nil {
			return nil, err
		}
		o.Rules = append(o.Rules, files)
	}
	return json.Marshal(o)
}

// absolute makes the paths of a target hold on machines that see the same files,
// and refuses one with a secret in it.
func absolute(e targetEntry) (targetEntry, error) {
	if hasSecret(e) {
		return e, fmt.Errorf("target %s: its address holds a password, which must not go through the queue: write ${NAME} in ecart.yaml and set NAME where the workers run, or use the engine's own files", e.Name)
	}
	if e.Path != "" && kind(e.Path) != "git" {
		path, err := filepath.Abs(e.Path)
		if err != nil {
			return e, err
		}
		e.Path = path
	}
	schema := make([]string, 0, len(e.Schema))
	for _, s := range e.Schema {
		path, err := filepath.Abs(s)
		if err != nil {
			return e, err
		}
		schema = append(schema, path)
	}
	e.Schema = schema
	return e, nil
}

// filledIn stands for `${NAME}` while an address is looked at.
const filledIn = "ecart-setting"

var (
	// A database takes `${NAME}` from the environment, a remote `$NAME` too.
	braced      = regexp.MustCompile(`\$\{[A-Za-z_][A-Za-z0-9_]*\}`)
	environment = regexp.MustCompile(`\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$[A-Za-z_][A-Za-z0-9_]*`)
	secretName  = regexp.MustCompile(`(?i)pass|secret|token|key|sas|credential|connection|header|auth`)
)

// hasSecret tells whether an address holds a password in clear. What cannot be
// read is taken for one.
func hasSecret(e targetEntry) bool {
	return e.Database != "" && urlSecret(e.Database) || e.Remote != "" && remoteSecret(e.Remote) ||
		strings.Contains(e.Path, "://") && urlSecret(e.Path)
}

// urlSecret tells whether a URL holds a password or a token in clear: as an argument
// it would be seen by everyone who lists the processes. What cannot be read is taken
// for one.
func urlSecret(dsn string) bool {
	u, err := url.Parse(braced.ReplaceAllString(dsn, filledIn))
	if err != nil {
		return true
	}
	secret := func(s string) bool { return s != "" && s != filledIn }
	if password, _ := u.User.Password(); secret(password) {
		return true
	}
	if strings.HasPrefix(u.Scheme, "http") && u.User != nil && secret(u.User.Username()) {
		return true // a token in the place of a name
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return true
	}
	for name, values := range query {
		if secretName.MatchString(name) && !strings.Contains(strings.ToLower(name), "sslkey") && slices.ContainsFunc(values, secret) {
			return true
		}
	}
	return false
}

// remoteSecret reads `:backend,name=value,…:path` as rclone does.
func remoteSecret(place string) bool {
	if !strings.HasPrefix(place, ":") && !strings.Contains(place, ",") {
		return false
	}
	for _, option := range strings.Split(environment.ReplaceAllString(place, filledIn), ",") {
		name, value, ok := strings.Cut(option, "=")
		value = strings.Trim(value, `"':`)
		switch {
		case !ok || strings.HasSuffix(name, "_file"):
		case strings.Contains(value, "://") && urlSecret(value):
			return true
		case secretName.MatchString(name) && value != filledIn && !strings.HasPrefix(value, filledIn+":") && !strings.HasPrefix(value, filledIn+`":`) && !strings.HasPrefix(value, filledIn+"':"):
			return true
		}
	}
	return false
}

// readRules reads a file or a folder of rules of the user's own.
func readRules(path string) (files ruleFiles, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("rules %s: %w", path, cause(err))
	}
	root := path
	if !info.IsDir() {
		root = filepath.Dir(path)
	}
	err = filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
		ext := filepath.Ext(p)
		if err != nil || e.IsDir() || ext != ".yml" && ext != ".yaml" {
			return err
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		files = append(files, ruleFile{Path: filepath.ToSlash(rel), Text: string(text)})
		return err
	})
	return files, err
}

// writeRules lays the rules of an order out in a private folder and returns what
// to load, in the same order.
func (o *order) writeRules() (dir string, load []string, err error) {
	if len(o.Rules) == 0 {
		return "", nil, nil
	}
	if dir, err = os.MkdirTemp("", "ecart-rules-*"); err != nil {
		return "", nil, err
	}
	for n, files := range o.Rules {
		root := filepath.Join(dir, fmt.Sprint(n))
		for _, f := range files {
			if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
				return dir, nil, errors.New("a rule of the order has no path of its own")
			}
			to := filepath.Join(root, filepath.FromSlash(f.Path))
			if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
				return dir, nil, err
			}
			if err := os.WriteFile(to, []byte(f.Text), 0o600); err != nil {
				return dir, nil, err
			}
		}
		load = append(load, root)
	}
	return dir, load, nil
}
