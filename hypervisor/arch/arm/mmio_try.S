/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Accesses that a device may answer with a bus error: bool NAME(void *address, u64 *value). If it does, the exception
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
	.globl	mmio_try_end
mmio_try_end:

	.globl	mmio_try_failed
mmio_try_failed:
	mov	r0, #0
	bx	lr
