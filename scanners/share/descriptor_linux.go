package share

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// A descriptor is an open regular file without what os.File adds for pipes and
// sockets: of the eight system calls it makes for a small file, three are left.
// One goroutine uses it.
type descriptor struct {
	fd   int
	path string
}

// openQuietly opens a file without leaving a trace in its access time, which
// the system allows to owners alone.
func openQuietly(path string, ours bool) (handle, error) {
	if ours {
		d, err := openWith(path, syscall.O_NOATIME)
		if err == nil || !errors.Is(err, fs.ErrPermission) {
			return d, err
		}
	}
	return openWith(path, 0)
}

func openWith(path string, flag int) (handle, error) {
	var fd int
	err := again(func() (err error) {
		fd, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|flag, 0)
		return err
	})
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return &descriptor{fd, path}, nil
}

// again repeats a system call that a signal interrupted.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// maxCall is the most bytes asked of the system at a time: more is an error on
// some file systems.
const maxCall = 1 << 30

func (d *descriptor) Read(p []byte) (n int, err error) {
	err = again(func() (err error) { n, err = syscall.Read(d.fd, p[:min(len(p), maxCall)]); return err })
	return d.result(n, len(p), err)
}

func (d *descriptor) ReadAt(p []byte, off int64) (int, error) {
	for n := 0; ; {
		if n == len(p) {
			return n, nil
		}
		var k int
		err := again(func() (err error) {
			k, err = syscall.Pread(d.fd, p[n:min(len(p), n+maxCall)], off+int64(n))
			return err
		})
		if k, err = d.result(k, len(p)-n, err); err != nil {
			return n + k, err
		}
		n += k
	}
}

// result puts what a read gave the way io.Reader wants it.
func (d *descriptor) result(n, asked int, err error) (int, error) {
	switch {
	case err != nil:
		return 0, &os.PathError{Op: "read", Path: d.path, Err: err}
	case n == 0 && asked > 0:
		return 0, io.EOF
	}
	return n, nil
}

// changed tells whether the file is no longer as it was listed.
func (d *descriptor) changed(listed fs.FileInfo) bool {
	var now syscall.Stat_t
	err := again(func() error { return syscall.Fstat(d.fd, &now) })
	return err == nil && (now.Size != listed.Size() || now.Mtim.Nano() != listed.ModTime().UnixNano())
}

func (d *descriptor) Close() error {
	fd := d.fd
	if d.fd = -1; fd < 0 {
		return os.ErrClosed
	}
	if err := syscall.Close(fd); err != nil && !errors.Is(err, syscall.EINTR) {
		return &os.PathError{Op: "close", Path: d.path, Err: err}
	}
	return nil
}
