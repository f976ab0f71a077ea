//go:build !purego

#include "textflag.h"

// Each constant is one byte 32 times.
#define BYTES(name, v) \
	DATA name<>+0(SB)/8, $v; \
	DATA name<>+8(SB)/8, $v; \
	DATA name<>+16(SB)/8, $v; \
	DATA name<>+24(SB)/8, $v; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

BYTES(lowerbit, 0x2020202020202020)
BYTES(zero, 0x3030303030303030)
BYTES(nine, 0x0909090909090909)
BYTES(smalla, 0x6161616161616161)
BYTES(biga, 0x4141414141414141)
BYTES(last, 0x1919191919191919)
BYTES(at, 0x4040404040404040)
BYTES(plus, 0x2B2B2B2B2B2B2B2B)
BYTES(colon, 0x3A3A3A3A3A3A3A3A)
BYTES(dash, 0x2D2D2D2D2D2D2D2D)
BYTES(two, 0x0202020202020202)
BYTES(leadc2, 0xC2C2C2C2C2C2C2C2)
BYTES(leade2, 0xE2E2E2E2E2E2E2E2)
BYTES(dot, 0x2E2E2E2E2E2E2E2E)
BYTES(less, 0x3C3C3C3C3C3C3C3C)

// A row of masks is 68 words.
#define ROW 544

// BITS leaves the 64 sign bits of Y2 and Y3 in AX.
#define BITS \
	VPMOVMSKB Y2, AX; \
	VPMOVMSKB Y3, BX; \
	SHLQ $32, BX; \
	ORQ BX, AX

// RANGE sets Y2, Y3 where the byte is from low to low+width.
#define RANGE(low, width) \
	VPSUBB low, Y0, Y2; \
	VPSUBB low, Y1, Y3; \
	VPMINUB width, Y2, Y4; \
	VPMINUB width, Y3, Y5; \
	VPCMPEQB Y4, Y2, Y2; \
	VPCMPEQB Y5, Y3, Y3

#define EQUAL(c, row) \
	VPCMPEQB c, Y0, Y2; \
	VPCMPEQB c, Y1, Y3; \
	BITS; \
	MOVQ AX, (row*ROW)(DI)

// func classifyAVX2(dst *uint64, text *byte, blocks int)
TEXT ·classifyAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ text+8(FP), SI
	MOVQ blocks+16(FP), CX
	VMOVDQU lowerbit<>(SB), Y6
	VMOVDQU zero<>(SB), Y7
	VMOVDQU nine<>(SB), Y8
	VMOVDQU smalla<>(SB), Y9
	VMOVDQU biga<>(SB), Y10
	VMOVDQU last<>(SB), Y11
	VMOVDQU dash<>(SB), Y12
	VMOVDQU two<>(SB), Y13
	VMOVDQU leadc2<>(SB), Y14
	VMOVDQU leade2<>(SB), Y15

loop:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1

	RANGE(Y7, Y8) // digit: row 0
	BITS
	MOVQ AX, (0*ROW)(DI)

	VPMOVMSKB Y0, AX // from 0x80: row 3
	VPMOVMSKB Y1, BX
	SHLQ $32, BX
	ORQ BX, AX
	MOVQ AX, (3*ROW)(DI)
	MOVQ AX, DX

	RANGE(Y10, Y11) // capital: row 2
	BITS
	MOVQ AX, (2*ROW)(DI)
	ORQ AX, DX

	RANGE(Y9, Y11) // any letter: row 1
	BITS
	ORQ DX, AX
	MOVQ AX, (1*ROW)(DI)

	RANGE(Y12, Y13) // separators: row 7
	VPCMPEQB Y6, Y0, Y4
	VPCMPEQB Y6, Y1, Y5
	VPOR Y4, Y2, Y2
	VPOR Y5, Y3, Y3
	BITS
	MOVQ AX, (7*ROW)(DI)

	EQUAL(at<>(SB), 4)
	EQUAL(plus<>(SB), 5)
	EQUAL(colon<>(SB), 6)
	EQUAL(Y14, 8)
	EQUAL(Y15, 9)
	EQUAL(dot<>(SB), 10)
	EQUAL(Y7, 11)
	EQUAL(less<>(SB), 12)

	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ loop
	VZEROUPPER
	RET
