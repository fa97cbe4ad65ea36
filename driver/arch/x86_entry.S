/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Over to the core and back: <asm/jailhouse_entry.h>. This code is executed on Linux's tables and on the boot tables, where
 * it is mapped to the same address: all of it lies in one page.
 */
#include <linux/linkage.h>
#include <asm/msr-index.h>
#include <asm/processor-flags.h>

	.text
	.balign 256

/*
 * int jailhouse_enter(u64 boot_cr3, u64 entry, u64 cpu): interrupts off, the CPU has SVM. All registers that functions
 * preserve are preserved; the stack is not used in between.
 */
SYM_FUNC_START(jailhouse_enter)
	mov	%rdx, %r10
	mov	$MSR_EFER, %ecx
	rdmsr
	shl	$32, %rdx
	or	%rdx, %rax
	mov	%r10, %rdx
	mov	%rax, %r10
	mov	%rdx, %r11
	mov	%rax, %rdx
	shr	$32, %rdx
	or	$(1 << 12), %eax		/* SVME */
	wrmsr
	mov	%r11, %rdx
	/* No NMI from here on: Linux's interrupt table will not be mapped. */
	clgi
	mov	%cr3, %r8
	mov	%cr4, %r9
	mov	%r9, %rax
	and	$~(X86_CR4_PGE | X86_CR4_PCIDE), %rax
	mov	%rax, %cr4
	mov	%rdi, %cr3
	lea	.Lresume(%rip), %r11
	jmp	*%rsi
.Lresume:
	ret
	int3
SYM_FUNC_END(jailhouse_enter)

/* Back from the core: rdi: CR3, rsi: CR4, rdx: EFER, r8: where to go on, r9: segments, rax: result */
SYM_CODE_START(jailhouse_leave)
	/* CR4.PCIDE can be set only while CR3's identifier is 0. */
	mov	%rdi, %rcx
	bt	$X86_CR4_PCIDE_BIT, %rsi
	jnc	1f
	and	$~0xfff, %rcx
1:	mov	%rcx, %cr3
	mov	%rsi, %cr4
	mov	%rdi, %cr3
	mov	%r9d, %ecx
	mov	%ecx, %ds
	shr	$16, %ecx
	mov	%ecx, %es
	shr	$32, %r9
	mov	%r9d, %ss
	stgi
	mov	%rax, %r10
	mov	%edx, %eax
	shr	$32, %rdx
	mov	$MSR_EFER, %ecx
	wrmsr
	mov	%r10, %rax
	jmp	*%r8
SYM_CODE_END(jailhouse_leave)
