//go:build !purego

#include "textflag.h"

// Tables of 16 bytes, twice, by a half of a byte: in which way the pair of it and
// its neighbour is wrong, one bit a way.
#define TABLE(name, lo, hi) \
	DATA name<>+0(SB)/8, $lo; \
	DATA name<>+8(SB)/8, $hi; \
	DATA name<>+16(SB)/8, $lo; \
	DATA name<>+24(SB)/8, $hi; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

TABLE(leadhigh, 0x0202020202020202, 0x4915012180808080)
TABLE(leadlow, 0xCBCBCB8B8383A3E7, 0xCBCBDBCBCBCBCBCB)
TABLE(nexthigh, 0x0101010101010101, 0x01010101BABAAEE6)
TABLE(half, 0x0F0F0F0F0F0F0F0F, 0x0F0F0F0F0F0F0F0F)
TABLE(third, 0x6060606060606060, 0x6060606060606060)
TABLE(fourth, 0x7070707070707070, 0x7070707070707070)
TABLE(sign, 0x8080808080808080, 0x8080808080808080)

// func wrongUTF8(p *byte, blocks int) bool
TEXT ·wrongUTF8(SB), NOSPLIT, $0-17
	MOVQ p+0(FP), SI
	MOVQ blocks+8(FP), CX
	VMOVDQU leadhigh<>(SB), Y8
	VMOVDQU leadlow<>(SB), Y9
	VMOVDQU nexthigh<>(SB), Y10
	VMOVDQU half<>(SB), Y11
	VMOVDQU third<>(SB), Y12
	VMOVDQU fourth<>(SB), Y13
	VMOVDQU sign<>(SB), Y14
	VPXOR Y0, Y0, Y0 // what is wrong
	VPXOR Y1, Y1, Y1 // the block before

loop:
	VMOVDQU (SI), Y2
	VPOR Y1, Y2, Y3
	VPTEST Y14, Y3
	JEQ next // ASCII, and before it, too

	VPERM2I128 $0x21, Y2, Y1, Y3 // the end of the block before, the start of this
	VPALIGNR $15, Y3, Y2, Y4     // one byte before
	VPALIGNR $14, Y3, Y2, Y5
	VPALIGNR $13, Y3, Y2, Y6
	VPSRLW $4, Y4, Y7
	VPAND Y11, Y7, Y7
	VPSHUFB Y7, Y8, Y7
	VPAND Y11, Y4, Y4
	VPSHUFB Y4, Y9, Y4
	VPAND Y4, Y7, Y7
	VPSRLW $4, Y2, Y4
	VPAND Y11, Y4, Y4
	VPSHUFB Y4, Y10, Y4
	VPAND Y4, Y7, Y7
	VPSUBUSB Y12, Y5, Y5 // two before: a lead of three bytes or more
	VPSUBUSB Y13, Y6, Y6
	VPOR Y5, Y6, Y6
	VPAND Y14, Y6, Y6
	VPXOR Y6, Y7, Y7
	VPOR Y7, Y0, Y0

next:
	VMOVDQA Y2, Y1
	ADDQ $32, SI
	DECQ CX
	JNZ loop
	VPTEST Y0, Y0
	SETNE ret+16(FP)
	VZEROUPPER
	RET
