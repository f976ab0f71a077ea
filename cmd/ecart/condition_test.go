package main

import "os"

// root tells whether the tests run as a user who reads everything.
func asRoot() bool { return os.Geteuid() == 0 }
