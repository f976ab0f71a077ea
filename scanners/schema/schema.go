// Package schema reads what databases are made of: SQL text of every dialect,
// dumps with their rows, migrations, and the databases themselves.
//
// It says which columns there are and hands over their cells. What a column is
// called, and what a cell holds, is judged by the detectors.
package schema
