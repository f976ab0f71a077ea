package checkdigit

import "encoding/binary"

// Mod97 continues the remainder r of a division by 97 (ISO 7064, MOD 97-10)
// with the characters of s: digits count as they are, letters of either case as
// 10 to 35. Start with r = 0.
func Mod97(r int, s []byte) int {
	for _, c := range s {
		switch {
		case c <= '9':
			r = (r*10 + int(c-'0')) % 97
		default:
			r = (r*100 + int(c|0x20-'a') + 10) % 97
		}
	}
	return r
}

// IBAN tells whether s, an IBAN without separators, satisfies ISO 13616: with
// its first four characters moved to the end, the remainder is 1.
func IBAN(s []byte) bool {
	return len(s) > 4 && Mod97(Mod97(0, s[4:]), s[:4]) == 1
}

// NIRKey computes the key of n13, the 13 characters of a French social security
// number. The key is defined on numbers, so 2A counts as 19 and 2B as 18.
func NIRKey(n13 []byte) int {
	if n13[6] <= '9' {
		return 97 - int((eight(n13)*1e5+uint64(Number(n13[8:13])))%97)
	}
	var n int64
	for i, c := range n13 {
		switch {
		case i == 5 && n13[6] == 'A':
			c = '1'
		case i == 5 && n13[6] == 'B':
			c = '1'
		case c == 'A':
			c = '9'
		case c == 'B':
			c = '8'
		}
		n = n*10 + int64(c-'0')
	}
	return 97 - int(n%97)
}

// RIBKey computes the key of a French bank account: s is 5 characters of bank,
// 5 of branch and 11 of account. Letters count as 1 to 9 in three rows: A-I,
// J-R, and S-Z which starts at 2.
func RIBKey(s []byte) int {
	if allDigits(s[10:21]) {
		first := (eight(s)%97*1e8 + eight(s[8:])) % 97
		return 97 - int((first*1e5+uint64(Number(s[16:21])))%97*100%97)
	}
	bank, branch, account := rib(s[:5]), rib(s[5:10]), rib(s[10:21])
	return 97 - int((89*bank+15*branch+3*account)%97)
}

// eight reads the first eight bytes of d, which are digits: pairs first, then
// fours, all at once.
func eight(d []byte) uint64 {
	x := binary.LittleEndian.Uint64(d) - 0x3030303030303030
	x = x*10 + x>>8
	return (x&0x000000FF000000FF*(100+1000000<<32) + x>>16&0x000000FF000000FF*(1+10000<<32)) >> 32
}

func allDigits(s []byte) bool {
	for _, c := range s {
		if c > '9' {
			return false
		}
	}
	return true
}

func rib(s []byte) int64 {
	var n int64
	for _, c := range s {
		n = n*10 + ribDigit(c)
	}
	return n
}

func ribDigit(c byte) int64 {
	if c <= '9' {
		return int64(c - '0')
	}
	switch c |= 0x20; {
	case c < 'j':
		return int64(c-'a') + 1
	case c < 's':
		return int64(c-'j') + 1
	default:
		return int64(c-'s') + 2
	}
}
