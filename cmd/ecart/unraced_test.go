//go:build !race

package main

// raced tells whether the race detector, which takes memory of its own, is in.
const raced = false
