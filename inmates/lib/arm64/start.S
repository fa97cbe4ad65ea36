/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * First instructions of an inmate, and the exception vectors.
 *
 * Entered at EL1 with MMU and caches off. The image lies where it was linked to
 * (CONFIG_INMATE_BASE); nothing else is assumed, so a cell can also be started again without
 * being loaded anew: .bss is cleared and .data copied each time.
 */
#define FRAME_SIZE	(34 * 8)	/* struct exception_frame */

	.section .boot, "ax"

	.globl _start
_start:
	adr	x0, vectors
	msr	vbar_el1, x0
	isb
	adrp	x0, __stack_top
	add	sp, x0, :lo12:__stack_top

	adrp	x0, __bss_start
	add	x0, x0, :lo12:__bss_start
	adrp	x1, __bss_end
	add	x1, x1, :lo12:__bss_end
1:	cmp	x0, x1
	b.hs	2f
	stp	xzr, xzr, [x0], #16
	b	1b

2:	adrp	x0, __data_start
	add	x0, x0, :lo12:__data_start
	adrp	x1, __data_end
	add	x1, x1, :lo12:__data_end
	adrp	x2, __data_image
	add	x2, x2, :lo12:__data_image
3:	cmp	x0, x1
	b.hs	4f
	ldp	x3, x4, [x2], #16
	stp	x3, x4, [x0], #16
	b	3b

4:	b	arm_start

/* A CPU started by psci_cpu_on(): x0 = struct smp_boot. No stack until the caches are on. */
	.globl secondary_start
secondary_start:
	mov	x19, x0
	adr	x1, vectors
	msr	vbar_el1, x1
	bl	mmu_enable
	ldp	x0, x1, [x19]
	mov	sp, x0
	blr	x1
	movz	w0, #0x8400, lsl #16	/* PSCI_CPU_OFF */
	movk	w0, #0x0002
	hvc	#0
	b	.

/* Uses x0 to x2 only. */
	.globl mmu_enable
mmu_enable:
	adrp	x0, mmu_registers
	add	x0, x0, :lo12:mmu_registers
	ldp	x1, x2, [x0]
	msr	mair_el1, x1
	msr	tcr_el1, x2
	ldr	x1, [x0, #16]
	msr	ttbr0_el1, x1
	ic	iallu
	tlbi	vmalle1
	dsb	nsh
	isb
	mrs	x1, sctlr_el1
	mov	x2, #((1 << 0) | (1 << 2))	/* M, C */
	orr	x1, x1, x2
	orr	x1, x1, #(1 << 12)		/* I */
	msr	sctlr_el1, x1
	isb
	ret

.macro ventry
	.balign 0x80
	sub	sp, sp, #FRAME_SIZE
	stp	x0, x1, [sp]
	mov	x1, #vector_number
	b	save_and_dispatch
	.set	vector_number, vector_number + 1
.endm

	.balign 0x800
vectors:
	.set	vector_number, 0
	.rept	16
	ventry
	.endr
	.balign 0x80

	.text

/* sp = frame with x0 and x1 saved, x1 = number of the vector */
save_and_dispatch:
	stp	x2, x3, [sp, #16 * 1]
	stp	x4, x5, [sp, #16 * 2]
	stp	x6, x7, [sp, #16 * 3]
	stp	x8, x9, [sp, #16 * 4]
	stp	x10, x11, [sp, #16 * 5]
	stp	x12, x13, [sp, #16 * 6]
	stp	x14, x15, [sp, #16 * 7]
	stp	x16, x17, [sp, #16 * 8]
	stp	x18, x19, [sp, #16 * 9]
	stp	x20, x21, [sp, #16 * 10]
	stp	x22, x23, [sp, #16 * 11]
	stp	x24, x25, [sp, #16 * 12]
	stp	x26, x27, [sp, #16 * 13]
	stp	x28, x29, [sp, #16 * 14]
	mrs	x2, elr_el1
	stp	x30, x2, [sp, #16 * 15]
	mrs	x3, spsr_el1
	str	x3, [sp, #16 * 16]
	mov	x0, sp
	bl	exception_dispatch

	ldr	x3, [sp, #16 * 16]
	msr	spsr_el1, x3
	ldp	x30, x2, [sp, #16 * 15]
	msr	elr_el1, x2
	ldp	x28, x29, [sp, #16 * 14]
	ldp	x26, x27, [sp, #16 * 13]
	ldp	x24, x25, [sp, #16 * 12]
	ldp	x22, x23, [sp, #16 * 11]
	ldp	x20, x21, [sp, #16 * 10]
	ldp	x18, x19, [sp, #16 * 9]
	ldp	x16, x17, [sp, #16 * 8]
	ldp	x14, x15, [sp, #16 * 7]
	ldp	x12, x13, [sp, #16 * 6]
	ldp	x10, x11, [sp, #16 * 5]
	ldp	x8, x9, [sp, #16 * 4]
	ldp	x6, x7, [sp, #16 * 3]
	ldp	x4, x5, [sp, #16 * 2]
	ldp	x2, x3, [sp, #16 * 1]
	ldp	x0, x1, [sp], #FRAME_SIZE
	eret
