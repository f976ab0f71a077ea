//go:build !purego

#include "textflag.h"

// A row of masks is 68 words; the rows are numbered as in masks.
#define ROW 544
#define HIGH 3
#define INSIDE 15
#define WORDS 20

DATA small<>+0(SB)/8, $0x2020202020202020
DATA small<>+8(SB)/8, $0xD6E8FEB86659FD93
GLOBL small<>(SB), RODATA|NOPTR, $16

// AX is the place of a word as a bit of a row, DX its length.

// PLACE takes the next word of R12.
#define PLACE \
	TZCNTQ R12, AX; \
	BLSRQ R12, R12; \
	ADDQ R11, AX; \
	MOVQ AX, BX; \
	SHRQ $3, BX

// LENGTH reads its length from the bits of DX; BX is how far they are to be shifted.
#define LENGTH \
	SHRXQ BX, DX, DX; \
	SHRQ $1, DX; \
	NOTQ DX; \
	TZCNTQ DX, DX; \
	INCL DX

// LOOK sets R14 to 1 where the filter may hold it. Its hash is as wordHash makes it.
#define LOOK \
	MOVQ (SI)(AX*1), BX; \
	ORQ small<>+0(SB), BX; \
	MOVQ DX, R15; \
	SHLQ $4, R15; \
	ANDQ (R13)(R15*1), BX; \
	ADDQ 8(R13)(R15*1), BX; \
	IMULQ small<>+8(SB), BX; \
	MOVQ BX, R15; \
	SHRQ $44, R15; \
	ANDQ R9, R15; \
	MOVQ (R8)(R15*8), R14; \
	MOVQ BX, R15; \
	SHRQ $32, R15; \
	XORQ R15, BX; \
	MOVQ BX, R15; \
	SHRQ $58, R15; \
	SHRXQ R15, R14, R15; \
	SHRQ $38, BX; \
	SHRXQ BX, R14, R14; \
	ANDL R15, R14; \
	ANDL $1, R14

// KEEP writes the word down, and moves on by R14.
#define KEEP \
	SHLQ $32, DX; \
	ORQ AX, DX; \
	MOVQ DX, (R10); \
	LEAQ (R10)(R14*8), R10

// func filterBMI2(m *masks, blocks int, text *byte, filter *uint64, mask uint64, keys *[128]wordLength, out *uint64) int
//
// A word is written down always, and the place of the next one is moved only when
// it is to be kept: no jump depends on the text but the one behind the last word of a
// block. Blocks of ASCII alone have a shorter way.
TEXT ·filterBMI2(SB), NOSPLIT, $0-64
	MOVQ m+0(FP), DI
	MOVQ text+16(FP), SI
	MOVQ filter+24(FP), R8
	MOVQ mask+32(FP), R9
	MOVQ keys+40(FP), R13
	MOVQ out+48(FP), R10
	MOVQ $64, R11 // the first block is the second of a row
	SUBQ R11, SI

block:
	MOVQ R11, BX
	SHRQ $3, BX
	MOVQ (WORDS*ROW)(DI)(BX*1), R12
	TESTQ R12, R12
	JZ next
	MOVQ (HIGH*ROW)(DI)(BX*1), DX
	ORQ (HIGH*ROW+8)(DI)(BX*1), DX
	JNZ foreign

ascii:
	PLACE
	MOVQ (INSIDE*ROW)(DI)(BX*1), DX
	MOVL AX, BX
	ANDL $7, BX
	LENGTH
	LOOK
	KEEP
	TESTQ R12, R12
	JNZ ascii

next:
	ADDQ $64, R11
	DECQ blocks+8(FP)
	JNZ block
	SUBQ out+48(FP), R10
	SHRQ $3, R10
	MOVQ R10, ret+56(FP)
	RET

foreign:
	PLACE
	MOVQ (INSIDE*ROW)(DI)(BX*1), DX
	MOVQ (HIGH*ROW)(DI)(BX*1), CX
	MOVL AX, BX
	ANDL $7, BX
	SHRXQ BX, CX, CX
	LENGTH
	BZHIQ DX, CX, CX // its bytes beyond ASCII
	LOOK
	XORL R15, R15
	TESTQ CX, CX
	SETNE R15
	ORL R15, R14
	SHLL $8, R15
	ORL R15, DX
	KEEP
	TESTQ R12, R12
	JNZ foreign
	JMP next
