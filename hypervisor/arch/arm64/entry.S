/* SPDX-License-Identifier: GPL-2.0-only */
/* The ways into the core and out of it. */
#include <asm-offsets.h>
#include <asm/layout.h>

#define ERRNO_EINVAL -22

	.macro	save_guest_regs
	sub	sp, sp, #GUEST_REGS_SIZE
	stp	x0, x1, [sp]
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	str	x30, [sp, #240]
	.endm

	.macro	restore_guest_regs
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x8, x9, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x12, x13, [sp, #96]
	ldp	x14, x15, [sp, #112]
	ldp	x16, x17, [sp, #128]
	ldp	x18, x19, [sp, #144]
	ldp	x20, x21, [sp, #160]
	ldp	x22, x23, [sp, #176]
	ldp	x24, x25, [sp, #192]
	ldp	x26, x27, [sp, #208]
	ldp	x28, x29, [sp, #224]
	ldr	x30, [sp, #240]
	ldp	x0, x1, [sp], #GUEST_REGS_SIZE
	.endm

	.section .text.entry, "ax"
/*
 * Entered at EL2 on every CPU, from the kernel's hyp stub: MMU off, at the physical address.
 * x0: number of this CPU. ELR_EL2, SPSR_EL2: where to return to.
 */
	.globl	enter_el2
enter_el2:
	adrp	x16, image_header
	ldr	w17, [x16, #HEADER_MAX_CPUS]
	cmp	x0, x17
	b.lo	1f
	mov	x0, #ERRNO_EINVAL
	eret
1:	/* Only a caller at EL1 with its own stack pointer has come through the hyp stub. */
	mrs	x17, spsr_el2
	and	x17, x17, #0x1f
	cmp	x17, #5
	b.eq	2f
	mov	x0, #ERRNO_EINVAL
	eret
2:	/* This CPU's area: x17 */
	mov	x15, x16
	ldr	w17, [x16, #HEADER_PERCPU_SIZE]
	mul	x17, x17, x0
	ldr	w14, [x16, #HEADER_CORE_SIZE]
	add	x17, x17, x14
	add	x17, x17, x16
	add	x14, x17, #PERCPU_STACK_SIZE
	mov	sp, x14
	save_guest_regs
	mov	x19, x0
	mov	x20, x15
	mov	x0, x15
	mov	x1, x17
	bl	boot_map
	cbz	x0, fail_early

	/* x0: physical address of the root table */
	mrs	x1, id_aa64mmfr0_el1
	and	x1, x1, #0xf		/* PARange, at most 48 bits */
	mov	x2, #5
	cmp	x1, x2
	csel	x1, x1, x2, lo
	ldr	x2, =TCR_EL2_VALUE
	orr	x2, x2, x1, lsl #16	/* PS */
	msr	tcr_el2, x2
	ldr	x2, =MAIR_EL2_VALUE
	msr	mair_el2, x2
	msr	ttbr0_el2, x0
	tlbi	alle2
	ic	iallu
	dsb	nsh
	isb
	mrs	x1, sctlr_el2
	mov	x2, #0x1005		/* M, C, I */
	orr	x1, x1, x2
	msr	sctlr_el2, x1
	isb
	ldr	x2, =continue_virtual
	br	x2

fail_early:
	mov	x0, #ERRNO_EINVAL
	str	x0, [sp]
	restore_guest_regs
	eret

continue_virtual:
	ldr	x2, =(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE)
	mov	sp, x2
	adrp	x2, hv_phys
	str	x20, [x2, #:lo12:hv_phys]
	bl	arm_entered
	mov	x0, x19
	bl	setup_cpu
	sxtw	x0, w0
	str	x0, [sp]
	cbz	x0, return_to_guest
	bl	arch_cpu_leave

	.globl	return_to_guest
return_to_guest:
	restore_guest_regs
	eret
	/* No speculation past the exception return. */
	dsb	nsh
	isb

/*
 * Leave EL2 as it was found: x0: result for the guest, x1: physical address of mmu_off, which is mapped to itself.
 */
	.globl	leave_el2
leave_el2:
	msr	tpidr_el2, x0
	ldr	x2, =(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE)
	mov	sp, x2
	str	x1, [sp]
	restore_guest_regs
	br	x0

/*
 * Change an entry of this CPU's tables that maps the core itself: x0: its address in the CPU's own area, x1: its value.
 * Called where it is mapped to itself, as between the old and the new entry there must be none.
 */
	.globl	replace_core_entry
replace_core_entry:
	str	xzr, [x0]
	dsb	nshst
	tlbi	alle2
	dsb	nsh
	isb
	str	x1, [x0]
	dsb	nshst
	isb
	ret

	.globl	mmu_off
mmu_off:
	mrs	x0, sctlr_el2
	and	x0, x0, #~(1 << 0)	/* M */
	and	x0, x0, #~(1 << 2)	/* C */
	and	x0, x0, #~(1 << 3)	/* SA */
	and	x0, x0, #~(1 << 12)	/* I */
	and	x0, x0, #~(1 << 19)	/* WXN */
	msr	sctlr_el2, x0
	isb
	tlbi	alle2
	dsb	nsh
	isb
	mrs	x0, tpidr_el2
	eret
	dsb	nsh
	isb

	.ltorg

	.macro	ventry	label
	.align	7
	b	\label
	.endm

	.macro	guest_entry	handler
	.align	7
	save_guest_regs
	mov	x0, sp
	bl	\handler
	b	return_to_guest
	.endm

	.text
	.align	11
	.globl	el2_vectors
el2_vectors:
	/* From the core itself: never by intention, but for bus errors. */
	ventry	core_fault
	ventry	core_fault
	ventry	core_fault
	ventry	core_fault
	ventry	core_sync
	ventry	core_fault
	ventry	core_fault
	ventry	core_serror
	/* From AArch64 guests */
	guest_entry	handle_sync
	guest_entry	handle_irq
	guest_entry	handle_fiq
	guest_entry	handle_serror
	/* From AArch32 guests */
	guest_entry	handle_sync
	guest_entry	handle_irq
	guest_entry	handle_fiq
	guest_entry	handle_serror

/* Is it the answer to an access in mmio_try.S? The interrupted routine's caller does not rely on x9, x10. */
core_sync:
	mrs	x9, elr_el2
	ldr	x10, =mmio_try_begin
	cmp	x9, x10
	b.lo	core_fault
	ldr	x10, =mmio_try_end
	cmp	x9, x10
	b.hs	core_fault
	mrs	x9, esr_el2
	lsr	x10, x9, #26		/* class: data abort from here */
	cmp	x10, #EC_DABT_SAME
	b.ne	core_fault
	and	x9, x9, #FSC_EXTERNAL_MASK	/* status: synchronous external abort */
	cmp	x9, #FSC_EXTERNAL_ABORT
	b.ne	core_fault
	ldr	x9, =mmio_try_failed
	msr	elr_el2, x9
	eret
	dsb	nsh
	isb

/* Take errors that are still on their way; they are nobody's. ELR_EL2 and SPSR_EL2 are lost. */
	.globl	drop_pending_errors
drop_pending_errors:
	dsb	sy
	isb
drop_begin:
	msr	daifclr, #4		/* SError */
	isb
	msr	daifset, #4
	isb
drop_end:
	ret

core_serror:
	mrs	x9, elr_el2
	ldr	x10, =drop_begin
	cmp	x9, x10
	b.lo	core_fault
	ldr	x10, =drop_end
	cmp	x9, x10
	b.hs	core_fault
	eret
	dsb	nsh
	isb

core_fault:
	/* The stack may be the reason. */
	ldr	x0, =(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE)
	mov	sp, x0
	bl	handle_core_fault

/* Clear the floating point and vector registers of the calling CPU. */
	.arch_extension fp
	.arch_extension simd
	.globl	clear_fp_registers
clear_fp_registers:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	movi	v\n\().2d, #0
	.endr
	msr	fpcr, xzr
	msr	fpsr, xzr
	ret

/* Clear what of SVE lies beyond the vector registers; the extension must be there. */
	.arch_extension sve
	.globl	clear_sve_predicates
clear_sve_predicates:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	pfalse	p\n\().b
	.endr
	wrffr	p0.b
	ret

/* smccc_to_firmware(args, result): x0 to x3 from args[0..3], to result[0..3] unless it is NULL. */
	.globl	smccc_to_firmware
smccc_to_firmware:
	stp	x1, x30, [sp, #-16]!
	ldp	x2, x3, [x0, #16]
	ldp	x0, x1, [x0]
	mov	x4, xzr
	mov	x5, xzr
	mov	x6, xzr
	mov	x7, xzr
	smc	#0
	ldp	x4, x30, [sp], #16
	cbz	x4, 1f
	stp	x0, x1, [x4]
	stp	x2, x3, [x4, #16]
1:	ret
