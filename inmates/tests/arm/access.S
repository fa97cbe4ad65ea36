/* SPDX-License-Identifier: GPL-2.0-only */
/* See access.h. r0 = address, r1 = struct access_result; the caller has enabled floating point. */
	.syntax	unified
	.fpu	vfpv3
	.arch_extension virt
	.text

.macro prologue name
	.globl \name
	.type \name, %function
\name:
	push	{r4, r5}
	mov	r4, #0
	mov	r5, #0
	mov	r12, #0
	mov	r2, #1
.endm

.macro epilogue
	str	r4, [r1]
	str	r0, [r1, #8]
	str	r5, [r1, #16]
	pop	{r4, r5}
	bx	lr
.endm

.macro access name, first:req, second, third, fourth
	.arm
	prologue \name
	\first
	\second
	\third
	\fourth
	epilogue
.endm

.macro thumb_access name, first:req, second, third, fourth
	.arm
	prologue \name
	add	r3, pc, #1
	bx	r3
	.thumb
	\first
	\second
	\third
	\fourth
	.balign	4
	bx	pc
	nop
	.arm
	epilogue
.endm

	access access_load_post_index, "ldr r4, [r0], #4"
	access access_load_pre_index, "ldr r4, [r0, #4]!"
	access access_load_scaled, "ldr r4, [r0, r2, lsl #2]!"
	access access_load_pair, "ldm r0, {r4, r5}"
	access access_load_double, "ldrd r4, r5, [r0]"
	access access_load_multiple, "ldm r0!, {r4, r5}"
	access access_load_signed, "ldrsb r4, [r0]"
	access access_load_signed_post_index, "ldrsb r4, [r0], #1"
	access access_load_exclusive, "ldrex r4, [r0]"
	access access_load_fp, "vldr s0, [r0]", "vmov r4, s0"
	access access_load_conditional, "cmp r12, #0", "ldreq r4, [r0]", "ldrne r5, [r0]"
	access access_store_post_index, "str r12, [r0], #4"
	access access_store_pre_index, "str r12, [r0, #4]!"
	access access_store_pair, "stm r0, {r4, r5}"
	access access_store_double, "strd r4, r5, [r0]"
	access access_store_multiple, "stm r0!, {r4, r5}"
	access access_store_exclusive, "ldrex r4, [r0]", "strex r5, r12, [r0]"
	access access_clean_line, "mcr p15, 0, r0, c7, c14, 1"
	thumb_access access_load_thumb, "ldr r4, [r0]"
	thumb_access access_load_thumb_wide, "ldr.w r4, [r0]"
	thumb_access access_store_thumb, "str r4, [r0]"
	thumb_access access_load_thumb_it, "cmp r5, #0", "ite eq", "ldreq r4, [r0]", "ldrne r5, [r0]"

/* swp r4, r4, [r0]: assemblers for ARMv7 with virtualization do not know it any more. */
	access access_load_swap, ".inst 0xe1004094"

	/* In one page, as its translation is lost after the first store. */
	.arm
	.balign	64
	.globl access_lose_tables
	.type access_lose_tables, %function
access_lose_tables:
	push	{r4, r5}
	ldrd	r4, r5, [r3]
	strd	r4, r5, [r2]
	dsb	sy
	ldrd	r4, r5, [r0]
	strd	r4, r5, [r1]
	pop	{r4, r5}
	bx	lr
