//go:build !purego

#include "textflag.h"

// The functions of vertical.go for four blocks at a time. DI is at the words of
// the first of them in the first row; the rows are numbered as in masks.
#define ROW 544
#define DIGIT 0
#define LETTER 1
#define UPPER 2
#define HIGH 3
#define AT 4
#define PLUS 5
#define COLON 6
#define SEP 7
#define C2 8
#define E2 9
#define DOT 10
#define ZERO 11
#define LT 12
#define WORD 13
#define CAMEL 14
#define INSIDE 15
#define NUMBER 16
#define DECIMAL 17
#define STARTS 18
#define EVENTS 19
#define WORDS 20

#define HERE(r) (r*ROW)(DI)
#define NEXT(r) (r*ROW+8)(DI)
#define PREV(r) (r*ROW-8)(DI)

// AHEAD sets out to the bytes k further on than those of x, xn being the blocks
// behind. Y12 is lost.
#define AHEAD(x, xn, k, out) \
	VPSRLQ $k, x, out; \
	VPSLLQ $(64-k), xn, Y12; \
	VPOR Y12, out, out

// BEHIND sets out to the bytes k before those of x, xp being the blocks before.
#define BEHIND(x, xp, k, out) \
	VPSLLQ $k, x, out; \
	VPSRLQ $(64-k), xp, Y12; \
	VPOR Y12, out, out

// ALSO keeps in acc what is also AHEAD, EITHER adds it.
#define ALSO(x, xn, k, acc) \
	AHEAD(x, xn, k, Y11); \
	VPAND Y11, acc, acc

#define EITHER(x, xn, k, acc) \
	AHEAD(x, xn, k, Y11); \
	VPOR Y11, acc, acc

#define ALSOBEHIND(x, xp, k, acc) \
	BEHIND(x, xp, k, Y11); \
	VPAND Y11, acc, acc

// LATER adds to acc the bytes k further on within x.
#define LATER(x, k, acc) \
	VPSRLQ $k, x, Y12; \
	VPOR Y12, acc, acc

// REACH is reach: of the colons in Y0 and, behind them, in Y1 those with a bit of
// t, tn 1 to 5 bytes further on.
#define REACH(t, tn, out, outn) \
	AHEAD(t, tn, 1, out); \
	EITHER(t, tn, 2, out); \
	EITHER(t, tn, 3, out); \
	EITHER(t, tn, 4, out); \
	EITHER(t, tn, 5, out); \
	VPAND Y0, out, out; \
	VPSRLQ $1, tn, outn; \
	LATER(tn, 2, outn); \
	LATER(tn, 3, outn); \
	LATER(tn, 4, outn); \
	LATER(tn, 5, outn); \
	VPAND Y1, outn, outn

// func deriveAVX2(m *masks, groups int)
TEXT ·deriveAVX2(SB), NOSPLIT, $0-16
	MOVQ m+0(FP), DI
	MOVQ groups+8(FP), CX
	MOVQ DI, SI
	MOVQ CX, DX

letters: // C2 xx and E2 xx xx are none
	VMOVDQU HERE(C2), Y0
	VMOVDQU PREV(C2), Y1
	VMOVDQU HERE(E2), Y2
	VMOVDQU PREV(E2), Y3
	VPOR Y0, Y2, Y7
	BEHIND(Y0, Y1, 1, Y4)
	VPOR Y4, Y7, Y7
	BEHIND(Y2, Y3, 1, Y4)
	VPOR Y4, Y7, Y7
	BEHIND(Y2, Y3, 2, Y4)
	VPOR Y4, Y7, Y7
	VPANDN HERE(LETTER), Y7, Y8
	VMOVDQU Y8, HERE(LETTER)
	ADDQ $32, DI
	DECQ CX
	JNZ letters

	MOVQ SI, DI
	MOVQ DX, CX

rows:
	VMOVDQU HERE(DIGIT), Y0
	VMOVDQU NEXT(DIGIT), Y1
	VMOVDQU PREV(DIGIT), Y2
	AHEAD(Y0, Y1, 1, Y3)  // a digit after
	BEHIND(Y0, Y2, 1, Y4) // a digit before
	VPAND Y3, Y4, Y5
	VPAND HERE(DOT), Y5, Y6
	VMOVDQU Y6, HERE(DECIMAL)
	VPAND HERE(SEP), Y5, Y6
	VPOR Y0, Y6, Y6 // number
	AHEAD(Y0, Y1, 2, Y9)
	BEHIND(Y0, Y2, 2, Y10)

	VMOVDQU HERE(C2), Y7
	VMOVDQU PREV(C2), Y8
	VPAND Y7, Y4, Y5
	VPAND Y9, Y5, Y5
	VPOR Y5, Y6, Y6
	BEHIND(Y7, Y8, 1, Y5)
	VPAND Y10, Y5, Y5
	VPAND Y3, Y5, Y5
	VPOR Y5, Y6, Y6

	VMOVDQU HERE(E2), Y7
	VMOVDQU PREV(E2), Y8
	VPAND Y7, Y4, Y5
	ALSO(Y0, Y1, 3, Y5)
	VPOR Y5, Y6, Y6
	BEHIND(Y7, Y8, 1, Y5)
	VPAND Y10, Y5, Y5
	VPAND Y9, Y5, Y5
	VPOR Y5, Y6, Y6
	BEHIND(Y7, Y8, 2, Y5)
	ALSOBEHIND(Y0, Y2, 3, Y5)
	VPAND Y3, Y5, Y5
	VPOR Y5, Y6, Y6
	VMOVDQU Y6, HERE(NUMBER)

	VMOVDQU HERE(LETTER), Y7
	VPOR Y7, Y0, Y6
	VMOVDQU Y6, HERE(WORD)
	VMOVDQU PREV(LETTER), Y8
	VMOVDQU HERE(UPPER), Y9
	VMOVDQU PREV(UPPER), Y10
	VPANDN Y7, Y9, Y5 // small letters of ASCII
	VMOVDQU HERE(HIGH), Y11
	VPANDN Y5, Y11, Y5
	VPANDN Y8, Y10, Y6
	VMOVDQU PREV(HIGH), Y11
	VPANDN Y6, Y11, Y6
	BEHIND(Y5, Y6, 1, Y4)
	VPAND Y9, Y4, Y4
	VMOVDQU Y4, HERE(CAMEL)
	VPANDN Y7, Y4, Y5
	VMOVDQU Y5, HERE(INSIDE)

	ADDQ $32, DI
	DECQ CX
	JNZ rows
	VZEROUPPER
	RET

// func markAVX2(m *masks, groups int, nine uint64)
TEXT ·markAVX2(SB), NOSPLIT, $0-24
	MOVQ m+0(FP), DI
	MOVQ groups+8(FP), CX
	VPBROADCASTQ nine+16(FP), Y15
	ADDQ $8, DI // from block 1 on

loop:
	VMOVDQU HERE(WORD), Y0
	VMOVDQU PREV(WORD), Y1
	BEHIND(Y0, Y1, 1, Y2)
	VPANDN Y0, Y2, Y13 // starts
	VMOVDQU Y13, HERE(STARTS)

	// numbers
	VMOVDQU HERE(NUMBER), Y0
	VMOVDQU NEXT(NUMBER), Y1
	AHEAD(Y0, Y1, 1, Y2)
	VPAND Y0, Y2, Y2 // two
	VPSRLQ $1, Y1, Y3
	VPAND Y1, Y3, Y3
	AHEAD(Y2, Y3, 2, Y4)
	VPAND Y2, Y4, Y4 // four
	VPSRLQ $2, Y3, Y5
	VPAND Y3, Y5, Y5
	AHEAD(Y4, Y5, 4, Y6)
	VPAND Y4, Y6, Y6 // eight
	AHEAD(Y2, Y3, 8, Y7)
	VPAND Y6, Y7, Y7 // ten
	VPAND HERE(ZERO), Y7, Y7
	AHEAD(Y4, Y5, 8, Y8)
	ALSO(Y0, Y1, 12, Y8)
	VPAND Y6, Y8, Y8 // thirteen
	VPOR Y7, Y8, Y8
	AHEAD(Y0, Y1, 8, Y9)
	VPAND Y6, Y9, Y9
	VPAND Y15, Y9, Y9
	VPOR Y9, Y8, Y8
	VPAND HERE(DIGIT), Y13, Y9
	VPAND Y9, Y8, Y14 // found
	VMOVDQU PREV(NUMBER), Y1
	BEHIND(Y0, Y1, 1, Y2)
	ALSOBEHIND(Y0, Y1, 2, Y2)
	ALSOBEHIND(Y0, Y1, 3, Y2)
	ALSOBEHIND(Y0, Y1, 4, Y2)
	ALSOBEHIND(Y0, Y1, 5, Y2)
	ALSOBEHIND(Y0, Y1, 6, Y2)
	VMOVDQU HERE(DIGIT), Y3
	VMOVDQU PREV(DIGIT), Y4
	BEHIND(Y3, Y4, 1, Y5)
	VPAND Y5, Y2, Y2
	VPAND HERE(LETTER), Y2, Y2
	VPOR Y2, Y14, Y14

	// signs
	VPAND HERE(C2), Y5, Y5
	VPOR Y5, Y14, Y14
	VMOVDQU HERE(WORD), Y0
	VMOVDQU NEXT(WORD), Y1
	AHEAD(Y0, Y1, 1, Y2)
	VPAND HERE(AT), Y2, Y2
	VPOR Y2, Y14, Y14
	VMOVDQU NEXT(DIGIT), Y4
	AHEAD(Y3, Y4, 1, Y5)
	VPAND HERE(PLUS), Y5, Y5
	VPOR Y5, Y14, Y14
	VMOVDQU HERE(LT), Y6
	VMOVDQU NEXT(LT), Y7
	AHEAD(Y6, Y7, 1, Y8)
	VPAND Y6, Y8, Y8
	VMOVDQU PREV(WORD), Y9
	ALSOBEHIND(Y0, Y9, 1, Y8)
	VPOR Y8, Y14, Y14
	VMOVDQU HERE(DECIMAL), Y0
	VMOVDQU NEXT(DECIMAL), Y1
	AHEAD(Y0, Y1, 2, Y2)
	EITHER(Y0, Y1, 3, Y2)
	EITHER(Y0, Y1, 4, Y2)
	VPAND Y0, Y2, Y2 // pair
	VPSRLQ $2, Y1, Y5
	LATER(Y1, 3, Y5)
	LATER(Y1, 4, Y5)
	VPAND Y1, Y5, Y5
	AHEAD(Y2, Y5, 2, Y6)
	EITHER(Y2, Y5, 3, Y6)
	EITHER(Y2, Y5, 4, Y6)
	VPAND Y0, Y6, Y6
	VPOR Y6, Y14, Y14
	AHEAD(Y3, Y4, 2, Y6)
	AHEAD(Y3, Y4, 3, Y7)
	AHEAD(Y3, Y4, 4, Y8)
	VPAND Y6, Y0, Y0
	VPAND Y7, Y0, Y0
	VPAND Y8, Y0, Y0
	VPOR Y0, Y14, Y14

	// letters
	VMOVDQU HERE(HIGH), Y0
	VPANDN HERE(LETTER), Y0, Y0
	VMOVDQU NEXT(HIGH), Y1
	VPANDN NEXT(LETTER), Y1, Y1
	AHEAD(Y0, Y1, 1, Y2)
	VPAND Y0, Y2, Y2
	VPAND Y13, Y2, Y2 // two
	VPAND Y2, Y6, Y5
	VPAND Y7, Y5, Y5 // near
	VMOVDQU HERE(SEP), Y9
	VMOVDQU NEXT(SEP), Y10
	ALSO(Y9, Y10, 2, Y2)
	ALSO(Y3, Y4, 5, Y2)
	VPAND Y7, Y2, Y2
	VPAND Y8, Y2, Y2
	VPOR Y2, Y14, Y14 // far
	VPOR HERE(WORD), Y9, Y9
	VPOR HERE(HIGH), Y9, Y9
	VPOR NEXT(WORD), Y10, Y10
	VPOR NEXT(HIGH), Y10, Y10
	ALSO(Y9, Y10, 4, Y5)
	VPOR Y5, Y14, Y14

	// colons
	VMOVDQU HERE(COLON), Y0
	VPTEST Y0, Y0
	JEQ words
	VMOVDQU NEXT(COLON), Y1
	REACH(Y0, Y1, Y4, Y5)
	VPOR Y4, Y5, Y6
	VPTEST Y6, Y6
	JEQ words // no two of them near each other
	AHEAD(Y0, Y1, 1, Y7)
	VPAND Y0, Y7, Y7 // double
	VPSRLQ $1, Y1, Y8
	VPAND Y1, Y8, Y8
	VPOR Y7, Y14, Y14
	REACH(Y4, Y5, Y2, Y3)
	REACH(Y2, Y3, Y4, Y5)
	VPOR Y4, Y14, Y14 // chain
	REACH(Y7, Y8, Y4, Y5)
	VPOR Y4, Y14, Y14 // first

words:
	VMOVDQU Y14, HERE(EVENTS)
	VMOVDQU HERE(INSIDE), Y0
	VMOVDQU NEXT(INSIDE), Y1
	VPAND HERE(LETTER), Y13, Y4
	VPOR HERE(CAMEL), Y4, Y4
	ALSO(Y0, Y1, 1, Y4)
	ALSO(Y0, Y1, 2, Y4)
	VMOVDQU Y4, HERE(WORDS)

	ADDQ $32, DI
	DECQ CX
	JNZ loop
	VZEROUPPER
	RET
