/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The names by which compilers call for divisions on Arm. Reference: Arm IHI 0043, "Run-time ABI", 4.3.1. */

	.text
	.arm

/* r1:r0 divided by r3:r2; the quotient is returned in r1:r0, the remainder in r3:r2. */
	.globl __aeabi_uldivmod
	.type __aeabi_uldivmod, %function
__aeabi_uldivmod:
	push	{r4, lr}
	sub	sp, sp, #16
	add	r4, sp, #8
	str	r4, [sp]		/* the fifth argument: where the remainder goes */
	bl	__udivmoddi4
	ldrd	r2, r3, [sp, #8]
	add	sp, sp, #16
	pop	{r4, pc}
