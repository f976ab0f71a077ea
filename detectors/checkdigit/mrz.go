package checkdigit

// MRZ computes the check digit of a field of a machine-readable zone (ICAO Doc
// 9303 part 3): weights 7, 3, 1; letters count as 10 to 35 and '<' as 0. It
// returns the digit as a character.
func MRZ(s []byte) byte {
	weights := [3]int{7, 3, 1}
	sum := 0
	for i, c := range s {
		v := 0
		switch {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'A' && c <= 'Z':
			v = int(c-'A') + 10
		}
		sum += v * weights[i%3]
	}
	return byte('0' + sum%10)
}

// VIN tells whether the 17 characters of s satisfy the check digit of ISO 3779
// as North America applies it; European makers seldom fill it.
func VIN(s []byte) bool {
	const values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"
	weights := [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}
	if len(s) != 17 {
		return false
	}
	sum := 0
	for i, c := range s {
		v := 0
		for j := range len(values) {
			if values[j] == c {
				v = j % 10
				break
			}
		}
		sum += v * weights[i]
	}
	want := byte('0' + sum%11)
	if sum%11 == 10 {
		want = 'X'
	}
	return s[8] == want
}

// BEA computes the letter of a French student number in its older form: the
// remainder of the ten digits by 23, in the alphabet without I, O and Q.
func BEA(d []byte) byte {
	return "ABCDEFGHJKLMNPRSTUVWXYZ"[Number(d)%23]
}
