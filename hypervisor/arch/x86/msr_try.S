/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Accesses to MSRs that this CPU may not have, or that may not have a value that a guest chose. If they take a general
 * protection fault, core_exception goes on at msr_try_failed. The stack has not changed by then.
 */
	.text
	.globl	msr_try_begin
msr_try_begin:

/* bool x86_try_read_msr(u32 msr, u64 *value) */
	.globl	x86_try_read_msr
x86_try_read_msr:
	mov	%edi, %ecx
	rdmsr
	shl	$32, %rdx
	or	%rdx, %rax
	mov	%rax, (%rsi)
	mov	$1, %eax
	ret

/* bool x86_try_write_msr(u32 msr, u64 value) */
	.globl	x86_try_write_msr
x86_try_write_msr:
	mov	%edi, %ecx
	mov	%esi, %eax
	mov	%rsi, %rdx
	shr	$32, %rdx
	wrmsr
	mov	$1, %eax
	ret

	.globl	msr_try_end
msr_try_end:

	.globl	msr_try_failed
msr_try_failed:
	xor	%eax, %eax
	ret
