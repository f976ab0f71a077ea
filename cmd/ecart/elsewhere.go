package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/repo"
	"github.com/ecart-rgpd/ecart/scanners/schema"
)

// elsewhere tells whether a target is opened by workers alone: what has to be
// copied first, and what asks for a secret.
func elsewhere(e targetEntry) bool {
	return e.Database != "" || e.Remote == "" && len(e.Schema) == 0 && (kind(e.Path) == "git" || repo.IsBundle(e.Path))
}

// hasSettings tells whether what the address of a database takes from the
// environment is there: a coordinator need not have it, workers must.
func (*scanFlags) hasSettings(e targetEntry) bool {
	for _, m := range setting.FindAllStringSubmatch(e.Database, -1) {
		if _, ok := os.LookupEnv(m[1]); !ok {
			return false
		}
	}
	return true
}

// leave makes a target that this process does not open.
func (f *scanFlags) leave(t target) (target, error) {
	t.source = scanners.Chain{closed{errUnopened}}
	if t.entry.Database == "" {
		t.about.Code = true
		t.entry.Path = filepath.Join(os.TempDir(), "ecart-git-elsewhere") // of no repository
		return t, nil
	}
	t.about.Tables = true
	if len(t.entry.Schema) > 0 {
		var err error
		if t.schema, err = schema.New(t.entry.Schema); err != nil {
			return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
		}
	}
	return t, nil
}

// errUnopened is why a target that workers open is not read here.
var errUnopened = errors.New("opened by workers alone")

// closed is the source of a target that cannot be opened.
type closed struct{ reason error }

func (c closed) Items(context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) { yield(item.Item{}, c.reason) }
}
