/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Accesses that may be answered with a bus error: bool NAME(void *address, u64 *value). If they are, the exception
 * entry goes on at mmio_try_failed. Neither the stack nor a register that the caller relies on has changed by then.
 */
	.macro	try_load name, instruction, register
	.globl	\name
\name:
	\instruction	\register, [x0]
	str	x2, [x1]
	mov	w0, #1
	ret
	.endm

	.macro	try_store name, instruction, register
	.globl	\name
\name:
	ldr	x2, [x1]
	\instruction	\register, [x0]
	mov	w0, #1
	ret
	.endm

	/* The value is PAR_EL1; the guest's tables may be where there is no memory. */
	.macro	try_translate name, stage
	.globl	\name
\name:
	at	\stage, x0
	isb
	mrs	x2, par_el1
	str	x2, [x1]
	mov	w0, #1
	ret
	.endm

	.text
	.globl	mmio_try_begin
mmio_try_begin:
	try_load	mmio_try_load8, ldrb, w2
	try_load	mmio_try_load16, ldrh, w2
	try_load	mmio_try_load32, ldr, w2
	try_load	mmio_try_load64, ldr, x2
	try_store	mmio_try_store8, strb, w2
	try_store	mmio_try_store16, strh, w2
	try_store	mmio_try_store32, str, w2
	try_store	mmio_try_store64, str, x2
	try_translate	mmio_try_translate_user, s1e0r
	try_translate	mmio_try_translate, s1e1r
	.globl	mmio_try_end
mmio_try_end:

	.globl	mmio_try_failed
mmio_try_failed:
	mov	w0, wzr
	ret
