//go:build !nolocalremote

package remote

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/rclone/rclone/fs"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

// attempts is how often a reading that breaks off is taken up again.
const attempts = 4

// ErrBroken says that the connection broke off and could not be taken up again.
const ErrBroken = document.Reason("the connection broke off")

// opener returns the Open of an object.
func opener(ctx context.Context, o fs.Object) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		r := &stream{ctx: ctx, object: o}
		return r, r.open()
	}
}

// A stream reads an object, and goes on where it broke off.
type stream struct {
	ctx    context.Context
	object fs.Object
	in     io.ReadCloser
	at     int64
	failed int
}

func (s *stream) open() (err error) {
	var from []fs.OpenOption
	if s.at > 0 {
		from = append(from, &fs.RangeOption{Start: s.at, End: -1})
	}
	s.in, err = s.object.Open(s.ctx, from...)
	return err
}

func (s *stream) Read(p []byte) (int, error) {
	for {
		n, err := s.in.Read(p)
		s.at += int64(n)
		if err == nil || n > 0 {
			return n, nil
		}
		if errors.Is(err, io.EOF) {
			return 0, io.EOF
		}
		if err := s.again(); err != nil {
			return 0, err
		}
	}
}

// again waits a little longer each time and opens the object where it broke off.
func (s *stream) again() error {
	_ = s.in.Close() // broken already
	for ; s.failed < attempts; s.failed++ {
		select {
		case <-s.ctx.Done():
			return s.ctx.Err()
		case <-time.After(time.Second << s.failed / 4):
		}
		if err := s.open(); err == nil {
			s.failed++
			return nil
		}
	}
	s.in = io.NopCloser(nothing{})
	return ErrBroken
}

func (s *stream) Close() error {
	if s.in == nil {
		return nil
	}
	return s.in.Close()
}

// nothing fails to read.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, ErrBroken }
