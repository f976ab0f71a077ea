package main

import "errors"

// An onlyName is a flag that names the one file a command writes: of two, the first
// would be lost.
type onlyName string

func (n *onlyName) String() string { return string(*n) }
func (n *onlyName) Type() string   { return "string" }

func (n *onlyName) Set(name string) error {
	if *n != "" {
		return errors.New("this command writes one file: run it once for each")
	}
	*n = onlyName(name)
	return nil
}
