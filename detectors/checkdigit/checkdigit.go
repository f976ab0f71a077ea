// Package checkdigit holds the arithmetic of identifiers, once. All functions
// take ASCII text that their caller has already read and bounded: separators
// are out, and nothing is allocated.
package checkdigit

// Luhn tells whether d, ASCII digits, satisfies the formula of Luhn (ISO/IEC
// 7812-1 annex B): every second digit from the right counts double. One random
// number in ten passes.
func Luhn(d []byte) bool {
	sum, double := 0, false
	for i := len(d) - 1; i >= 0; i-- {
		v := int(d[i] - '0')
		if double {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum, double = sum+v, !double
	}
	return len(d) > 0 && sum%10 == 0
}

// Sum adds the digits of d.
func Sum(d []byte) int {
	sum := 0
	for _, c := range d {
		sum += int(c - '0')
	}
	return sum
}

// Number reads d, at most 18 ASCII digits, as a decimal number.
func Number(d []byte) int64 {
	var n int64
	for _, c := range d {
		n = n*10 + int64(c-'0')
	}
	return n
}

// EAN13 tells whether the 13 digits of d satisfy GS1's modulo 10: weights 1 and
// 3 in turn from the left.
func EAN13(d []byte) bool {
	if len(d) != 13 {
		return false
	}
	sum := 0
	for i, c := range d {
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	return sum%10 == 0
}

// XOR folds the bytes of s with exclusive or: the checksum of NMEA 0183, taken
// over what stands between '$' and '*'.
func XOR(s []byte) byte {
	var x byte
	for _, c := range s {
		x ^= c
	}
	return x
}
