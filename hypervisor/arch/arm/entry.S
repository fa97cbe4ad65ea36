/* SPDX-License-Identifier: GPL-2.0-only */
/* The ways into the core and out of it. */
#include <asm-offsets.h>
#include <asm/layout.h>

#define ERRNO_EINVAL 22 /* to be negated */
#define MODE_SVC     0x13
#define MODE_HYP     0x1a
#define MODE_MASK    0x1f

	.syntax	unified
	.arm
	.arch_extension virt
	.arch_extension sec

	/* What Hyp mode shares with the guest; the other modes' registers stay where they are. */
	.macro	save_guest_regs
	sub	sp, sp, #(GUEST_REGS_SIZE - 14 * 4)
	push	{r0-r12, lr}
	.endm

	.macro	restore_guest_regs
	pop	{r0-r12, lr}
	add	sp, sp, #(GUEST_REGS_SIZE - 14 * 4)
	.endm

	/* Return to the guest, without speculation past it. */
	.macro	leave_hyp_mode
	eret
	dsb	nsh
	isb
	.endm

	.section .text.entry, "ax"
/*
 * Entered in Hyp mode on every CPU, from the kernel's hyp stub: MMU off, at the physical address.
 * r2: number of this CPU. ELR_hyp, SPSR_hyp: where to return to. All but r0 to r3 and r12 is preserved.
 */
	.globl	enter_el2
enter_el2:
	lsr	r3, pc, #21		/* The image is aligned to 2 MiB, and this is in the first ones. */
	lsl	r3, r3, #21
	ldr	r12, [r3, #HEADER_MAX_CPUS]
	cmp	r2, r12
	bhs	refuse_entry
	/* Only a caller in SVC mode has come through the hyp stub. */
	mrs	r12, spsr
	and	r12, r12, #MODE_MASK
	cmp	r12, #MODE_SVC
	bne	refuse_entry
	/* This CPU's area: r12 */
	ldr	r12, [r3, #HEADER_PERCPU_SIZE]
	mul	r12, r12, r2
	ldr	r0, [r3, #HEADER_CORE_SIZE]
	add	r12, r12, r0
	add	r12, r12, r3
	add	sp, r12, #PERCPU_STACK_SIZE
	save_guest_regs
	mov	r4, r2
	mov	r5, r3
	mov	r0, r3
	mov	r1, #0
	mov	r2, r12
	bl	boot_map
	cmp	r0, #0
	beq	fail_early

	/* r0, r1: physical address of the root table */
	mcrr	p15, 4, r0, r1, c2	/* HTTBR */
	ldr	r2, =TCR_EL2_VALUE
	mcr	p15, 4, r2, c2, c0, 2	/* HTCR */
	ldr	r2, =MAIR_EL2_VALUE
	mcr	p15, 4, r2, c10, c2, 0	/* HMAIR0 */
	mcr	p15, 4, r2, c8, c7, 0	/* TLBIALLH */
	mcr	p15, 0, r2, c7, c5, 0	/* ICIALLU */
	mcr	p15, 0, r2, c7, c5, 6	/* BPIALL */
	dsb	nsh
	isb
	mrc	p15, 4, r1, c1, c0, 0	/* HSCTLR */
	movw	r2, #0x1005		/* M, C, I */
	orr	r1, r1, r2
	mcr	p15, 4, r1, c1, c0, 0
	isb
	ldr	r2, =continue_virtual
	bx	r2

fail_early:
	restore_guest_regs
refuse_entry:
	mvn	r0, #(ERRNO_EINVAL - 1)
	leave_hyp_mode

continue_virtual:
	ldr	sp, =(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE)
	ldr	r2, =hv_phys
	mov	r3, #0
	str	r5, [r2]
	str	r3, [r2, #4]
	bl	arm_entered
	mov	r0, r4
	bl	setup_cpu
	str	r0, [sp]
	cmp	r0, #0
	beq	return_to_guest
	bl	arch_cpu_leave

	.globl	return_to_guest
return_to_guest:
	restore_guest_regs
	leave_hyp_mode

/*
 * Leave Hyp mode as it was found: r0: result for the guest, r2: physical address of mmu_off, which is mapped to itself.
 */
	.globl	leave_el2
leave_el2:
	mcr	p15, 4, r0, c13, c0, 2	/* HTPIDR */
	ldr	sp, =(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE)
	str	r2, [sp]
	restore_guest_regs
	bx	r0

/*
 * Change an entry of this CPU's tables that maps the core itself: r0: its address in the CPU's own area, r2, r3: its
 * value. Called where it is mapped to itself, as between the old and the new entry there must be none.
 */
	.globl	replace_core_entry
replace_core_entry:
	mov	r1, #0
	str	r1, [r0]		/* the half that says whether it is valid */
	dsb	nshst
	mcr	p15, 4, r1, c8, c7, 0	/* TLBIALLH */
	dsb	nsh
	isb
	strd	r2, r3, [r0]
	dsb	nshst
	isb
	bx	lr

	.globl	mmu_off
mmu_off:
	mrc	p15, 4, r0, c1, c0, 0	/* HSCTLR */
	bic	r0, r0, #(1 << 0)	/* M */
	bic	r0, r0, #(1 << 2)	/* C */
	bic	r0, r0, #(1 << 12)	/* I */
	bic	r0, r0, #(1 << 19)	/* WXN */
	mcr	p15, 4, r0, c1, c0, 0
	isb
	mcr	p15, 4, r0, c8, c7, 0	/* TLBIALLH */
	dsb	nsh
	isb
	mrc	p15, 4, r0, c13, c0, 2	/* HTPIDR */
	leave_hyp_mode

	.ltorg

	.macro	guest_entry	name, handler
\name:
	save_guest_regs
	mov	r0, sp
	bl	\handler
	b	return_to_guest
	.endm

	.text
	.align	5
	.globl	el2_vectors
el2_vectors:
	/* From the core itself: never by intention, but for bus errors. */
	b	core_fault
	b	core_fault
	b	core_fault
	b	core_fault
	b	abort
	/* From guests */
	b	guest_sync
	b	guest_irq
	b	guest_fiq

	guest_entry	guest_sync, handle_sync
	guest_entry	guest_irq, handle_irq
	guest_entry	guest_fiq, handle_fiq
	guest_entry	guest_serror, handle_serror

/* Data aborts of the core, and asynchronous ones of guests. */
abort:
	push	{r0, r1}
	mrs	r0, spsr
	and	r0, r0, #MODE_MASK
	cmp	r0, #MODE_HYP
	popne	{r0, r1}
	bne	guest_serror
	mrs	r0, elr_hyp
	/* Errors that are dropped by intention */
	ldr	r1, =drop_begin
	cmp	r0, r1
	blo	1f
	ldr	r1, =drop_end
	cmp	r0, r1
	blo	2f
	/* The answer to an access in mmio_try.S */
1:	ldr	r1, =mmio_try_begin
	cmp	r0, r1
	blo	core_fault
	ldr	r1, =mmio_try_end
	cmp	r0, r1
	bhs	core_fault
	mrc	p15, 4, r0, c5, c2, 0	/* HSR */
	lsr	r1, r0, #26		/* class: data abort from here */
	cmp	r1, #EC_DABT_SAME
	bne	core_fault
	and	r0, r0, #FSC_EXTERNAL_MASK	/* status: synchronous external abort */
	cmp	r0, #FSC_EXTERNAL_ABORT
	bne	core_fault
	ldr	r0, =mmio_try_failed
	msr	elr_hyp, r0
2:	pop	{r0, r1}
	leave_hyp_mode

core_fault:
	/* The stack may be the reason. */
	ldr	sp, =(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE)
	bl	handle_core_fault

/* Take errors that are still on their way; they are nobody's. ELR_hyp and SPSR_hyp are lost. */
	.globl	drop_pending_errors
drop_pending_errors:
	dsb	sy
	isb
drop_begin:
	cpsie	a
	isb
	cpsid	a
	isb
drop_end:
	bx	lr

/* Clear the floating point and vector registers of the calling CPU: r0: number of 64-bit registers, 16 or 32. */
	.fpu	neon-vfpv4
	.globl	clear_vfp_registers
clear_vfp_registers:
	mrc	p15, 0, r1, c1, c0, 2	/* CPACR */
	orr	r1, r1, #(0xf << 20)
	mcr	p15, 0, r1, c1, c0, 2
	isb
	mov	r1, #(1 << 30)		/* EN */
	vmsr	fpexc, r1
	mov	r1, #0
	vmsr	fpscr, r1
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vmov	d\n, r1, r1
	.endr
	cmp	r0, #16
	beq	1f
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vmov	d\n, r1, r1
	.endr
1:	vmsr	fpexc, r1
	mcr	p15, 0, r1, c1, c0, 2
	isb
	bx	lr

/* smccc_to_firmware(args, result): r0 to r3 from args[0..3], to result[0..3] unless it is NULL. */
	.globl	smccc_to_firmware
smccc_to_firmware:
	push	{r1, r4-r7, lr}
	ldm	r0, {r0-r3}
	mov	r4, #0
	mov	r5, #0
	mov	r6, #0
	mov	r7, #0
	smc	#0
	ldr	r12, [sp], #4
	pop	{r4-r7, lr}
	cmp	r12, #0
	stmne	r12, {r0-r3}
	bx	lr

/* __aeabi_uldivmod: r0, r1 divided by r2, r3; quotient in r0, r1, rest in r2, r3. The compiler calls it. r2, r3: up to 2^63. */
	.globl	__aeabi_uldivmod
__aeabi_uldivmod:
	push	{r4-r8, lr}
	mov	r4, #0			/* rest */
	mov	r5, #0
	mov	r6, #64
1:	adds	r0, r0, r0		/* the next bit of the number, from the top, goes into the rest */
	adcs	r1, r1, r1
	adcs	r4, r4, r4
	adc	r5, r5, r5
	subs	r7, r4, r2
	sbcs	r8, r5, r3
	movhs	r4, r7
	movhs	r5, r8
	addhs	r0, r0, #1		/* a bit of the quotient, in the place of the one that went */
	subs	r6, r6, #1
	bne	1b
	mov	r2, r4
	mov	r3, r5
	pop	{r4-r8, pc}
