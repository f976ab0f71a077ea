package schema

import (
	"context"
	"errors"
	"testing"
)

// A session whose tables cannot be listed is not left open.
func TestNoSessionLeft(t *testing.T) {
	e := &refusing{}
	d := &Database{engine: e}
	if err := d.Ready(t.Context()); err == nil || e.open != 0 || d.session != nil {
		t.Errorf("%v, %d sessions", err, e.open)
	}
}

// refusing is a server that lets in and lists nothing.
type refusing struct {
	engine
	open int
}

func (e *refusing) connect(context.Context) (session, error) {
	e.open++
	return &door{e: e}, nil
}

func (*refusing) tables(context.Context, session) ([]*live, error) {
	return nil, errors.New("not allowed")
}
func (*refusing) explain(err error) error { return err }

type door struct {
	session
	e *refusing
}

func (d *door) close() { d.e.open-- }
