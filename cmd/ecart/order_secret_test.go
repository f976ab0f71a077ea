package main

import "testing"

// What goes through the queue holds no password.
func TestHasSecret(t *testing.T) {
	for place, want := range map[string]bool{
		"postgres://lecteur@base.example/rh":                 false,
		"postgres://lecteur:${RH_PASSWORD}@base.example/rh":  false,
		"postgres://lecteur:mot@base.example/rh":             true,
		"postgres://lecteur:$mot@base.example/rh":            true, // a database takes ${NAME} only
		"postgres://lecteur@base.example/rh?password=a;b":    true,
		"postgres://lecteur@base.example/rh?sslmode=disable": false,
		"postgres://lecteur@base.example/rh?sslkey=/etc/cle": false,
		"mysql://lecteur@base.example/rh?password=%zz":       true,
		"sqlite:/srv/rh.db":                                  false,
	} {
		if got := hasSecret(targetEntry{Database: place}); got != want {
			t.Errorf("database %s: %v", place, got)
		}
	}
	for place, want := range map[string]bool{
		"nas:rh":                                              false,
		":smb,host=nas.example,user=x:rh":                     false,
		":smb,host=nas.example,pass=mot:":                     true,
		":smb,host=nas.example,pass=$MOT:":                    false,
		":smb,pass=${MOT}clair:":                              true,
		":http,url='https://u:mot@nas.example/':":             true,
		":azureblob,connection_string=AccountKey=abc:donnees": true,
	} {
		if got := hasSecret(targetEntry{Remote: place}); got != want {
			t.Errorf("remote %s: %v", place, got)
		}
	}
	for place, want := range map[string]bool{
		"https://git.example/a.git": false, "https://jeton@git.example/a.git": true, "https://u:mot@git.example/a.git": true,
		"https://u:${JETON}@git.example/a.git": true, "ssh://git@git.example/a.git": false, "ssh://git:mot@git.example/a.git": true,
	} {
		if got := hasSecret(targetEntry{Path: place}); got != want {
			t.Errorf("clone %s: %v", place, got)
		}
	}
}
