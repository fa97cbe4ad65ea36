/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Entry points of all 256 vectors; see struct exception_frame for what they leave on the stack. */
#include <asm/start.h>

/* Vectors for which the CPU pushes an error code: 8, 10-14, 17, 21, 29, 30; AMD APM 2, 8.2 */
#define HAS_ERROR_CODE	0x60227d00

	.text

/* 16 bytes each: idt_init() counts on it. */
.macro vector_entry has_error_code
	.balign	16
	.if	!\has_error_code
	push	$0
	.endif
	push	$vector
	jmp	save_and_dispatch
	.set	vector, vector + 1
.endm

	.globl	vector_entries
	.balign	16
vector_entries:
	.set	vector, 0
	.rept	FIRST_IRQ_VECTOR
	vector_entry ((HAS_ERROR_CODE >> vector) & 1)
	.endr
	.rept	VECTORS - FIRST_IRQ_VECTOR
	vector_entry 0
	.endr

	.balign	16
save_and_dispatch:
	cld
#ifdef __x86_64__
	push	%rax
	push	%rbx
	push	%rcx
	push	%rdx
	push	%rsi
	push	%rdi
	push	%rbp
	push	%r8
	push	%r9
	push	%r10
	push	%r11
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	/* The ABI wants 16-byte alignment, which an interrupted program need not have. */
	mov	%rsp, %rdi
	mov	%rsp, %rbp
	and	$-16, %rsp
	call	exception_dispatch
	mov	%rbp, %rsp
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%r11
	pop	%r10
	pop	%r9
	pop	%r8
	pop	%rbp
	pop	%rdi
	pop	%rsi
	pop	%rdx
	pop	%rcx
	pop	%rbx
	pop	%rax
	add	$16, %rsp
	iretq
#else
	push	%eax
	push	%ebx
	push	%ecx
	push	%edx
	push	%esi
	push	%edi
	push	%ebp
	push	%esp
	call	exception_dispatch
	add	$4, %esp
	pop	%ebp
	pop	%edi
	pop	%esi
	pop	%edx
	pop	%ecx
	pop	%ebx
	pop	%eax
	add	$8, %esp
	iret
#endif
