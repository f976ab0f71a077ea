package repo

import (
	"reflect"
	"testing"
)

// What a change takes out without putting anything in its place is known by where it
// stood; a change of a line is not of these.
func TestRemovals(t *testing.T) {
	diff := "diff --git a/r.yaml b/r.yaml\n--- a/r.yaml\n+++ b/r.yaml\n@@ -4,2 +3,0 @@ x\n-  a: 1\n--- b\n@@ -9 +7 @@\n-old\n+new\n" +
		"diff --git a/gone b/gone\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
	want := map[string][]Removal{"r.yaml": {{After: 3, Lines: []string{"  a: 1", "-- b"}}}}
	if got := removals([]byte(diff)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}
