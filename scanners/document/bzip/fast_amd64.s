//go:build !purego

#include "textflag.h"

// STEP goes one step on the track that starts at base of those at DI, as step
// does: OUT gets the bytes. The carry tells whether OFF is beyond the piece led to.
#define STEP(base, AT, OFF, again, far) \
	MOVQ base(DI), R8; \
again: \
	LEAQ (AT)(AT*2), R9; \
	LEAQ (R8)(R9*4), R9; \
	CMPL OFF, 8(R9); \
	JCC far; \
	MOVL (R9), AT; \
	MOVL 4(R9), R8; \
	MOVQ (base+8)(DI), R9; \
	MOVL R8, (R9)(SI*4); \
	MOVL AT, R8; \
	MOVL AT, R9; \
	SHRL $6, R8; \
	ANDL $63, R9; \
	ANDL $63, R8; \
	ADDL OFF, R9; \
	NOTL R8; \
	SHRL $12, AT; \
	ADDL R8, OFF; \
	CMOVLCC R9, OFF; \
	ADCL $0, AT

// FAR goes on to the next piece.
#define FAR(AT, OFF, again, far) \
far: \
	SUBL 8(R9), OFF; \
	INCL AT; \
	JMP again

// func stepFour(t *[4]track, steps int)
TEXT ·stepFour(SB), NOSPLIT, $0-16
	MOVQ t+0(FP), DI
	MOVQ steps+8(FP), CX
	XORL SI, SI
	MOVQ 16(DI), AX
	MOVQ 24(DI), BX
	MOVQ 48(DI), DX
	MOVQ 56(DI), R10
	MOVQ 80(DI), R11
	MOVQ 88(DI), R12
	MOVQ 112(DI), R13
	MOVQ 120(DI), R15

loop:
	STEP(0, AX, BX, again0, far0)
	STEP(32, DX, R10, again1, far1)
	STEP(64, R11, R12, again2, far2)
	STEP(96, R13, R15, again3, far3)
	INCQ SI
	CMPQ SI, CX
	JLT loop

	MOVQ AX, 16(DI)
	MOVQ BX, 24(DI)
	MOVQ DX, 48(DI)
	MOVQ R10, 56(DI)
	MOVQ R11, 80(DI)
	MOVQ R12, 88(DI)
	MOVQ R13, 112(DI)
	MOVQ R15, 120(DI)
	RET

	FAR(AX, BX, again0, far0)
	FAR(DX, R10, again1, far1)
	FAR(R11, R12, again2, far2)
	FAR(R13, R15, again3, far3)

// Of each half of a byte, its four bits turned round: as the upper half, as the lower.
DATA upper<>+0(SB)/8, $0xE060A020C0408000
DATA upper<>+8(SB)/8, $0xF070B030D0509010
DATA upper<>+16(SB)/8, $0xE060A020C0408000
DATA upper<>+24(SB)/8, $0xF070B030D0509010
GLOBL upper<>(SB), RODATA|NOPTR, $32
DATA lower<>+0(SB)/8, $0x0E060A020C040800
DATA lower<>+8(SB)/8, $0x0F070B030D050901
DATA lower<>+16(SB)/8, $0x0E060A020C040800
DATA lower<>+24(SB)/8, $0x0F070B030D050901
GLOBL lower<>(SB), RODATA|NOPTR, $32
DATA half<>+0(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA half<>+8(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA half<>+16(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA half<>+24(SB)/8, $0x0F0F0F0F0F0F0F0F
GLOBL half<>(SB), RODATA|NOPTR, $32

// func turnAVX2(out, p *byte, blocks int)
TEXT ·turnAVX2(SB), NOSPLIT, $0-24
	MOVQ out+0(FP), DI
	MOVQ p+8(FP), SI
	MOVQ blocks+16(FP), CX
	VMOVDQU upper<>(SB), Y8
	VMOVDQU lower<>(SB), Y9
	VMOVDQU half<>(SB), Y10

turnloop:
	VMOVDQU (SI), Y0
	VPSRLW $4, Y0, Y1
	VPAND Y10, Y0, Y0
	VPAND Y10, Y1, Y1
	VPSHUFB Y0, Y8, Y0
	VPSHUFB Y1, Y9, Y1
	VPOR Y0, Y1, Y0
	VMOVDQU Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	DECQ CX
	JNZ turnloop
	VZEROUPPER
	RET

// func fourAVX2(p *byte, blocks int) int
TEXT ·fourAVX2(SB), NOSPLIT, $0-24
	MOVQ p+0(FP), SI
	MOVQ blocks+8(FP), CX
	MOVQ SI, DI

fourloop:
	VMOVDQU 1(SI), Y1
	VMOVDQU 2(SI), Y2
	VPCMPEQB (SI), Y1, Y0
	VPCMPEQB Y1, Y2, Y1
	VPCMPEQB 3(SI), Y2, Y2
	VPAND Y0, Y1, Y0
	VPAND Y0, Y2, Y0
	VPMOVMSKB Y0, AX
	TESTL AX, AX
	JNE found
	ADDQ $32, SI
	DECQ CX
	JNZ fourloop
	XORL AX, AX
	JMP done

found:
	BSFL AX, AX

done:
	SUBQ DI, SI
	ADDQ SI, AX
	MOVQ AX, ret+16(FP)
	VZEROUPPER
	RET
