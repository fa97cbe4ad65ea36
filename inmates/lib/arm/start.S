/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * First instructions of an inmate, and the exception vectors.
 *
 * Entered in SVC mode with MMU and caches off. The image lies where it was linked to
 * (CONFIG_INMATE_BASE); nothing else is assumed, so a cell can also be started again without
 * being loaded anew: .bss is cleared and .data copied each time.
 */
	.arch_extension virt
	.arm

#define MODE_SVC	0x13

	.section .boot, "ax"

	.globl _start
_start:
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0	/* VBAR */
	isb
	ldr	sp, =__stack_top

	ldr	r0, =__bss_start
	ldr	r1, =__bss_end
	mov	r2, #0
1:	cmp	r0, r1
	strlo	r2, [r0], #4
	blo	1b

	ldr	r0, =__data_start
	ldr	r1, =__data_end
	ldr	r2, =__data_image
2:	cmp	r0, r1
	ldrlo	r3, [r2], #4
	strlo	r3, [r0], #4
	blo	2b

	b	arm_start

/* A CPU started by psci_cpu_on(): r0 = struct smp_boot. No stack until the caches are on. */
	.globl secondary_start
secondary_start:
	mov	r4, r0
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0	/* VBAR */
	bl	mmu_enable
	ldrd	r0, r1, [r4]
	mov	sp, r0
	blx	r1
	ldr	r0, =0x84000002		/* PSCI_CPU_OFF */
	hvc	#0
	b	.

/* Uses r0 to r3 only. */
	.globl mmu_enable
	.type mmu_enable, %function
mmu_enable:
	ldr	r0, =mmu_registers
	ldm	r0, {r1 - r3}
	mcr	p15, 0, r1, c10, c2, 0	/* MAIR0 */
	mcr	p15, 0, r2, c10, c2, 1	/* MAIR1 */
	mcr	p15, 0, r3, c2, c0, 2	/* TTBCR */
	ldrd	r2, r3, [r0, #16]
	mcrr	p15, 0, r2, r3, c2	/* TTBR0 */
	mcr	p15, 0, r0, c7, c5, 0	/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6	/* BPIALL */
	mcr	p15, 0, r0, c8, c7, 0	/* TLBIALL */
	dsb	nsh
	isb
	mrc	p15, 0, r1, c1, c0, 0	/* SCTLR */
	orr	r1, r1, #((1 << 0) | (1 << 2))		/* M, C */
	orr	r1, r1, #((1 << 11) | (1 << 12))	/* Z, I */
	mcr	p15, 0, r1, c1, c0, 0
	isb
	bx	lr

	.ltorg

	.balign 32
vectors:
	b	.			/* reset: cannot happen */
	b	undefined
	b	supervisor_call
	b	prefetch_abort
	b	data_abort
	b	.			/* not used */
	b	interrupt
	b	.			/* fast interrupt: stays masked */

	.text

/* The exception's mode is left at once; everything is saved on the stack of SVC mode. */
.macro entry name, number, adjust
\name:
	sub	lr, lr, #\adjust
	srsdb	sp!, #MODE_SVC
	cps	#MODE_SVC
	push	{r0 - r12, lr}
	mov	r1, #\number
	b	dispatch
.endm

	entry	undefined, 1, 4
	entry	prefetch_abort, 3, 4
	entry	data_abort, 4, 8
	entry	interrupt, 6, 4

/* It is taken in SVC mode and has overwritten its lr. */
supervisor_call:
	srsdb	sp!, #MODE_SVC
	push	{r0 - r12, lr}
	mov	r1, #2

/* sp = frame, r1 = number of the vector. C wants the stack aligned. */
dispatch:
	mov	r0, sp
	and	r4, sp, #4
	sub	sp, sp, r4
	bl	exception_dispatch
	add	sp, sp, r4
	pop	{r0 - r12, lr}
	rfeia	sp!
