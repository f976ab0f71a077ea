//go:build !purego

#include "textflag.h"

// A row of masks is 68 words; the rows are numbered as in masks.
#define ROW 544
#define HIGH 3
#define INSIDE 15
#define WORDS 20

// func filterBMI2(m *masks, blocks int, text *byte, filter *uint64, mask uint64, keys *[128]wordLength, out *uint64) int
//
// A word is written down always, and the place of the next one is moved only when
// it is to be kept: no jump depends on the text but the one behind the last word of a
// block. AX is the place of the word as a bit of a row, DX its length.
TEXT ·filterBMI2(SB), NOSPLIT, $0-64
	MOVQ m+0(FP), DI
	MOVQ blocks+8(FP), CX
	MOVQ text+16(FP), SI
	MOVQ filter+24(FP), R8
	MOVQ mask+32(FP), R9
	MOVQ out+48(FP), R10
	MOVQ $64, R11 // the first block is the second of a row
	SUBQ R11, SI

block:
	MOVQ R11, BX
	SHRQ $3, BX
	MOVQ (WORDS*ROW)(DI)(BX*1), R12
	TESTQ R12, R12
	JZ next

word:
	TZCNTQ R12, AX
	BLSRQ R12, R12
	ADDQ R11, AX
	MOVQ AX, BX
	SHRQ $3, BX
	MOVQ (INSIDE*ROW)(DI)(BX*1), DX
	MOVQ (HIGH*ROW)(DI)(BX*1), R13
	MOVL AX, BX
	ANDL $7, BX
	SHRXQ BX, DX, DX
	SHRXQ BX, R13, R13
	SHRQ $1, DX
	NOTQ DX
	TZCNTQ DX, DX
	INCL DX
	BZHIQ DX, R13, R13 // its bytes beyond ASCII
	MOVQ (SI)(AX*1), BX
	MOVQ DX, R15
	SHLQ $4, R15
	ADDQ keys+40(FP), R15
	MOVQ $0x2020202020202020, R14
	ORQ R14, BX
	ANDQ (R15), BX
	ADDQ 8(R15), BX
	MOVQ $0xD6E8FEB86659FD93, R14
	IMULQ R14, BX
	MOVQ BX, R14
	SHRQ $32, R14
	XORQ R14, BX // its hash, as wordHash makes it
	MOVQ BX, R14
	SHRQ $44, R14
	ANDQ R9, R14
	MOVQ (R8)(R14*8), R14
	MOVQ BX, R15
	SHRQ $58, R15
	SHRQ $38, BX
	SHRXQ R15, R14, R15
	SHRXQ BX, R14, R14
	ANDL R15, R14
	ANDL $1, R14 // the filter may hold it
	XORL R15, R15
	TESTQ R13, R13
	SETNE R15
	ORL R15, R14
	SHLL $8, R15
	ORL R15, DX
	SHLQ $32, DX
	ORQ AX, DX
	MOVQ DX, (R10)
	LEAQ (R10)(R14*8), R10
	TESTQ R12, R12
	JNZ word

next:
	ADDQ $64, R11
	DECQ CX
	JNZ block
	SUBQ out+48(FP), R10
	SHRQ $3, R10
	MOVQ R10, ret+56(FP)
	RET
