package shape

import "testing"

func TestRead(t *testing.T) {
	for _, c := range []struct {
		why, text string
		at, want  int
		ok        bool
		groups    int
	}{
		{"one piece", "123456789", 0, 9, true, 1},
		{"blanks", "123 456 789", 0, 9, true, 3},
		{"no-break spaces", "123\u00a0456\u202f789", 0, 9, true, 3},
		{"two blanks part two numbers", "123  456789", 0, 9, false, 0},
		{"numbers of a drawing", "12.345 67.89", 0, 9, false, 0},
		{"longer", "1234567890", 0, 9, false, 0},
		{"shorter", "12345678", 0, 9, false, 0},
		{"glued before", "a123456789", 1, 9, false, 0},
		{"glued to an accented letter", "é123456789", 2, 9, false, 0},
		{"glued after", "123456789a", 0, 9, false, 0},
		{"continued in the same way", "123 456 789 012", 0, 9, false, 0},
		{"continuing in the same way", "012 123 456 789", 4, 9, false, 0},
		{"one piece before another number", "123456789 012", 0, 9, true, 1},
		{"part of a reference", "123456789-01", 0, 9, false, 0},
		{"part of a GUID", "ab-123456789", 3, 9, false, 0},
		{"decimals", "0.123456789", 2, 9, false, 0},
		{"end of a sentence", "123456789.", 0, 9, true, 1},
		{"name of a file", "123456789.pdf", 0, 9, true, 1},
		{"French quotation marks", "«\u00a0123456789\u00a0»", 4, 9, true, 1},
		{"user of an address", "123456789@x", 0, 9, false, 0},
	} {
		var n Number
		if got := n.Read([]byte(c.text), c.at, c.want, nil); got != c.ok {
			t.Errorf("%s: %t, want %t", c.why, got, c.ok)
		} else if got && n.Groups != c.groups {
			t.Errorf("%s: %d groups, want %d", c.why, n.Groups, c.groups)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]byte{"É": 'e', "ç": 'c', "Z": 'z', "à": 'a', "ÿ": 'y', "×": 0, "«": 0, "1": 0, "": 0} {
		if got, _ := Fold([]byte(text), 0); got != want {
			t.Errorf("Fold(%s) = %c, want %c", text, got, want)
		}
	}
}

func TestWord(t *testing.T) {
	for _, c := range []struct {
		text, want string
		end        int
	}{
		{"Allée des", "allee", 6}, {"ALLÉE", "allee", 6}, {"allées", "allee", 0}, {"rue2", "rue", 0}, {"ru", "rue", 0},
	} {
		if got := Word([]byte(c.text), 0, c.want); got != c.end {
			t.Errorf("Word(%s, %s) = %d, want %d", c.text, c.want, got, c.end)
		}
	}
}
