//go:build !amd64 || purego

package detectors

// bestKernel is the fastest kernel this machine runs.
var bestKernel = plainKernel
