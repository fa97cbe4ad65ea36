/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Accesses that may be answered with a bus error: bool NAME(void *address, u64 *value). If they are, the exception
 * entry goes on at mmio_try_failed. Neither the stack nor a register that the caller relies on has changed by then.
 */
	.syntax	unified
	.arm

	.macro	try_load name, instruction, registers
	.globl	\name
\name:
	mov	r3, #0
	\instruction	\registers, [r0]
	strd	r2, r3, [r1]
	mov	r0, #1
	bx	lr
	.endm

	.macro	try_store name, instruction, registers
	.globl	\name
\name:
	ldrd	r2, r3, [r1]
	\instruction	\registers, [r0]
	mov	r0, #1
	bx	lr
	.endm

	/* The value is PAR; the guest's tables may be where there is no memory. opc2: of the operation in CRn c7, CRm c8. */
	.macro	try_translate name, opc2
	.globl	\name
\name:
	mcr	p15, 0, r0, c7, c8, \opc2
	isb
	mrrc	p15, 0, r2, r3, c7
	strd	r2, r3, [r1]
	mov	r0, #1
	bx	lr
	.endm

	.text
	.globl	mmio_try_begin
mmio_try_begin:
	try_load	mmio_try_load8, ldrb, r2
	try_load	mmio_try_load16, ldrh, r2
	try_load	mmio_try_load32, ldr, r2
	try_load	mmio_try_load64, ldrd, "r2, r3"
	try_store	mmio_try_store8, strb, r2
	try_store	mmio_try_store16, strh, r2
	try_store	mmio_try_store32, str, r2
	try_store	mmio_try_store64, strd, "r2, r3"
	try_translate	mmio_try_translate_user, 2	/* ATS1CUR */
	try_translate	mmio_try_translate, 0		/* ATS1CPR */
	.globl	mmio_try_end
mmio_try_end:

	.globl	mmio_try_failed
mmio_try_failed:
	mov	r0, #0
	bx	lr
