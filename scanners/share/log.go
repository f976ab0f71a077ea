package share

import (
	"io/fs"
	"os"
	"strings"
)

// logSuffix ends the name of the log that SQLite keeps beside a database. What is
// written goes there first: the database itself stays as it was, and a run that knows
// what it read before would not read it again.
const logSuffix = "-wal"

// logsOf returns the identity of the logs among list, by the names of their databases.
func logsOf(dir string, list []fs.DirEntry) map[string]string {
	var logs map[string]string
	for _, e := range list {
		name, ok := strings.CutSuffix(e.Name(), logSuffix)
		if !ok || !e.Type().IsRegular() {
			continue
		}
		if logs == nil {
			logs = map[string]string{}
		}
		logs[name] = logOf(below(dir, name))
	}
	return logs
}

// logOf returns the identity of the log beside file; "" when there is none.
func logOf(file string) string {
	info, err := os.Lstat(file + logSuffix)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return ""
	}
	return "+" + identity(info, 0)
}
