package shape

// Token reads the letters and digits at text[at], at most len(buf), folded to
// capitals, into buf. It returns how many there are, 0 when there are more than
// buf holds or when something is glued to them.
func Token(text []byte, at int, buf []byte) int {
	n := 0
	for i := at; i < len(text); i++ {
		c := text[i]
		if !Alnum(c) {
			break
		}
		if n == len(buf) {
			return 0
		}
		if c >= 'a' {
			c -= 0x20
		}
		buf[n] = c
		n++
	}
	if n == 0 || !Starts(text, at) || !Ends(text, at+n) {
		return 0
	}
	return n
}

// Fits tells whether s has the shape of mask: '9' stands for a digit, 'A' for a
// capital, 'X' for either.
func Fits(s []byte, mask string) bool {
	if len(s) != len(mask) {
		return false
	}
	for i, c := range s {
		switch mask[i] {
		case '9':
			if !Digit(c) {
				return false
			}
		case 'A':
			if !Upper(c) {
				return false
			}
		case 'X':
			if !Digit(c) && !Upper(c) {
				return false
			}
		default:
			if c != mask[i] {
				return false
			}
		}
	}
	return true
}

// Mixed tells whether s has at least digits digits and letters capitals.
func Mixed(s []byte, digits, letters int) bool {
	for _, c := range s {
		switch {
		case Digit(c):
			digits--
		case Upper(c):
			letters--
		}
	}
	return digits <= 0 && letters <= 0
}

// Capitals tells whether text[at:end] has no lower-case ASCII letter.
func Capitals(text []byte, at, end int) bool {
	for _, c := range text[at:end] {
		if c-'a' < 26 {
			return false
		}
	}
	return true
}

// Fold returns the ASCII lower-case letter that text[i] stands for without its
// accent, and its length in bytes; 0 when it is no Latin letter.
func Fold(text []byte, i int) (c byte, size int) {
	if i >= len(text) {
		return 0, 0
	}
	if c = text[i]; Letter(c) {
		return c | 0x20, 1
	}
	if c == 0xC3 && i+1 < len(text) && text[i+1] >= 0x80 && text[i+1] < 0xC0 {
		// The letters U+00C0 to U+00FF, in order; '.' for what is no letter.
		const folded = "aaaaaaaceeeeiiiidnooooo.ouuuuy.saaaaaaaceeeeiiiidnooooo.ouuuuy.y"
		if c = folded[text[i+1]-0x80]; c != '.' {
			return c, 2
		}
	}
	return 0, 0
}

// Word compares the word at text[at] with want, folded: accents and case do not
// count. It returns the offset after it, or 0 when another word is there.
func Word(text []byte, at int, want string) int {
	i := at
	for j := range len(want) {
		c, size := Fold(text, i)
		if size == 0 || c != want[j] {
			return 0
		}
		i += size
	}
	if _, size := Fold(text, i); size > 0 || i < len(text) && Digit(text[i]) {
		return 0
	}
	return i
}

// Words are folded words to look for.
type Words struct {
	list  []string
	first uint32 // bit i: one starts with the i-th letter
}

// NewWords makes a set of words, letters only.
func NewWords(list ...string) Words {
	w := Words{list: list}
	for _, s := range list {
		w.first |= 1 << (s[0] - 'a')
	}
	return w
}

// At is Word for the first of w that fits.
func (w *Words) At(text []byte, at int) int {
	c, size := Fold(text, at)
	if size == 0 || w.first>>(c-'a')&1 == 0 {
		return 0
	}
	for _, s := range w.list {
		if s[0] != c {
			continue
		}
		if end := Word(text, at, s); end > 0 {
			return end
		}
	}
	return 0
}

// maxLetters is the length in bytes of the longest word Letters goes through.
const maxLetters = 40

// Letters returns the offset after the letters, accents included, at text[at];
// at itself when the word is too long to be one.
func Letters(text []byte, at int) int {
	for i := at; i-at <= maxLetters; {
		if i < len(text) && Letter(text[i]) {
			i++
			continue
		}
		_, size := Fold(text, i)
		if size == 0 {
			return i
		}
		i += size
	}
	return at
}

// Capital tells whether a capital letter, accented or not, stands at text[i].
func Capital(text []byte, i int) bool {
	if i >= len(text) {
		return false
	}
	if Upper(text[i]) {
		return true
	}
	return text[i] == 0xC3 && i+1 < len(text) && text[i+1] >= 0x80 && text[i+1] <= 0x9E
}

// Blank returns the offset after the blanks, no-break ones included, at
// text[at], at most limit bytes.
func Blank(text []byte, at, limit int) int {
	for stop := at + limit; at < len(text) && at < stop; {
		switch {
		case text[at] == ' ' || text[at] == '\t':
			at++
		case text[at] >= 0xC2 && Gap(text, at) > 1:
			at += Gap(text, at)
		default:
			return at
		}
	}
	return at
}
