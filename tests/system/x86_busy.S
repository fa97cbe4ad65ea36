/* SPDX-License-Identifier: GPL-2.0-only */
/* A program for Linux: loads the FPU's state for ever; with an argument, makes the CPU exit to the hypervisor for ever. */
	.globl	_start
_start:
	cmpl	$1, (%rsp)
	ja	2f
	sub	$512, %rsp
	and	$-16, %rsp
	fninit
	fxsave	(%rsp)
1:	.rept	64
	fxrstor	(%rsp)
	.endr
	jmp	1b
2:	xor	%eax, %eax
	xor	%ecx, %ecx
	cpuid
	jmp	2b
	.section .note.GNU-stack, "", @progbits
