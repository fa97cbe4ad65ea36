/* SPDX-License-Identifier: GPL-2.0-only */
/* See access.h. x0 = address, x1 = struct access_result; the caller has enabled SIMD. */
	.arch	armv8-a+simd
	.text

.macro access name, insn:vararg
	.globl \name
\name:
	mov	x2, #0
	mov	x3, #0
	\insn
	stp	x2, x0, [x1]
	str	x3, [x1, #16]
	ret
.endm

	access access_load_post_index, ldr w2, [x0], #4
	access access_load_pre_index, ldr w2, [x0, #4]!
	access access_load_pair, ldp w2, w3, [x0]
	access access_load_pair64, ldp x2, x3, [x0]
	access access_load_pair_post_index, ldp w2, w3, [x0], #8
	access access_load_signed, ldrsb x2, [x0]
	access access_load_signed_post_index, ldrsb x2, [x0], #1
	access access_load_acquire, ldar w2, [x0]
	access access_load_exclusive, ldxr w2, [x0]
	access access_store_post_index, str wzr, [x0], #4
	access access_store_pre_index, str wzr, [x0, #4]!
	access access_store_pair, stp wzr, wzr, [x0]
	access access_zero_block, dc zva, x0
	access access_clean_line, dc civac, x0

	/* In one page, as its translation is lost after the first store. */
	.balign	64
	.globl access_lose_tables
access_lose_tables:
	ldr	x3, [x3]
	str	x3, [x2]
	dsb	sy
	ldr	w2, [x0], #4
	str	x2, [x1]
	ret

	.globl access_load_simd
access_load_simd:
	ldr	q0, [x0]
	mov	x2, v0.d[0]
	mov	x3, v0.d[1]
	stp	x2, x0, [x1]
	str	x3, [x1, #16]
	ret

	.globl access_load_fp
access_load_fp:
	ldr	s0, [x0]
	fmov	w2, s0
	stp	x2, x0, [x1]
	ret

	.globl access_store_simd
access_store_simd:
	movi	v0.2d, #0
	str	q0, [x0]
	stp	xzr, x0, [x1]
	ret

	.globl access_store_exclusive
access_store_exclusive:
	ldxr	w2, [x0]
	stxr	w3, wzr, [x0]
	stp	x2, x0, [x1]
	str	x3, [x1, #16]
	ret
