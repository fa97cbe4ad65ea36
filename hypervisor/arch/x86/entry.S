/* SPDX-License-Identifier: GPL-2.0-only */
/* The ways into the core and out of it. */
#include <asm-offsets.h>
#include <asm/layout.h>

#define X86_GP 13

	.section .header, "a"
	.globl	image_header
image_header:
	.ascii	"JHIMAGE2"
	.long	IMAGE_ARCHITECTURE
	.long	0
	.long	__image_end - image_header
	.long	__data_end - image_header
	.long	PERCPU_SIZE
	.long	enter_core - image_header
	.long	console_page - image_header
	.long	report_page - image_header
	.long	64 * 4096
	.skip	3 * 4
	/* driver_data, see <asm/jailhouse_entry.h> */
	.quad	HV_BASE
	.quad	x86_boot_tables - image_header
	.quad	0
	.quad	0

	.macro	save reg
	mov	%\reg, slot(%rsp)
	.endm

	.macro	load reg
	mov	slot(%rsp), %\reg
	.endm

/* Save or load the registers but RAX and RSP, which are the VMCB's, in struct guest_regs at the stack pointer. */
	.macro	guest_regs operation
	.set	slot, 0
	.irp	reg, rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
	.ifnc	\reg, rax
	.ifnc	\reg, rsp
	\operation \reg
	.endif
	.endif
	.set	slot, slot + 8
	.endr
	.endm

	.section .text.entry, "ax"
/*
 * Entered from the driver on every CPU, on the driver's tables, with GIF clear (<asm/jailhouse_entry.h>).
 * rdx: number of this CPU; rdi: the driver's tables; r8: Linux's CR3; r9: Linux's CR4; r10: Linux's EFER;
 * r11: where Linux goes on; rsp: Linux's
 */
	.globl	enter_core
enter_core:
	lea	image_header(%rip), %rcx
	/* This CPU's area, by its common address: rsi */
	mov	HEADER_PERCPU_SIZE(%rcx), %esi
	imul	%rdx, %rsi
	mov	HEADER_CORE_SIZE(%rcx), %eax
	add	%rax, %rsi
	add	%rcx, %rsi
	mov	%rsp, PERCPU_BEFORE + LINUX_RSP(%rsi)
	mov	%r8, PERCPU_BEFORE + LINUX_CR3(%rsi)
	mov	%r9, PERCPU_BEFORE + LINUX_CR4(%rsi)
	mov	%r10, PERCPU_BEFORE + LINUX_EFER(%rsi)
	mov	%r11, PERCPU_BEFORE + LINUX_RESUME(%rsi)
	lea	PERCPU_STACK_SIZE(%rsi), %rsp
	sub	$GUEST_REGS_SIZE, %rsp
	guest_regs save
	cld
	mov	%rdx, %r12
	mov	%rsi, %rdi
	call	x86_boot_map
	mov	%rax, %cr3
	movabs	$(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE), %rsp
	call	x86_entered
	mov	%r12d, %edi
	call	setup_cpu
	movslq	%eax, %rdi
	test	%eax, %eax
	jz	run_guest
	call	arch_cpu_leave

/* The guest runs, until it exits; its RAX and RSP are in the VMCB. */
run_guest:
	movabs	$(LOCAL_CPU_BASE + PERCPU_VMCB_PHYS), %rax
	mov	(%rax), %rax
	guest_regs load
	vmrun	%rax
	guest_regs save
	mov	%rsp, %rdi
	call	svm_handle_exit
	jmp	run_guest

/* x86_leave(result, before, boot_cr3, leave): leave the core by the driver's code. */
	.globl	x86_leave
x86_leave:
	mov	%rdi, %rax
	mov	%rdx, %r10
	mov	%rcx, %r11
	mov	%rsi, %rcx
	lgdt	LINUX_GDT(%rcx)
	lidt	LINUX_IDT(%rcx)
	movzwl	LINUX_DS(%rcx), %r9d
	movzwl	LINUX_ES(%rcx), %edx
	shl	$16, %edx
	or	%edx, %r9d
	movzwl	LINUX_SS(%rcx), %edx
	shl	$32, %rdx
	or	%rdx, %r9
	mov	LINUX_CR3(%rcx), %rdi
	mov	LINUX_CR4(%rcx), %rsi
	mov	LINUX_EFER(%rcx), %rdx
	mov	LINUX_RESUME(%rcx), %r8
	mov	LINUX_RSP(%rcx), %rcx
	/* The guest's registers that its compiler does not expect to be changed */
	movabs	$(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE), %rsp
	mov	24(%rsp), %rbx
	mov	40(%rsp), %rbp
	mov	96(%rsp), %r12
	mov	104(%rsp), %r13
	mov	112(%rsp), %r14
	mov	120(%rsp), %r15
	mov	%rcx, %rsp
	mov	%r10, %cr3
	jmp	*%r11

	.text
	.globl	x86_take_nmi
x86_take_nmi:
	stgi
	nop
	clgi
	ret

	.globl	x86_open_irq_window
x86_open_irq_window:
	stgi
	sti
	nop
	nop
	cli
	clgi
	ret

/* An NMI between STGI and HLT shall not be missed: its handler then goes on behind. */
	.globl	x86_wait_nmi
x86_wait_nmi:
	stgi
nmi_window:
	hlt
nmi_window_end:
	clgi
	ret

/* If it is the core's own, its sender may send the next one from now on; who took it finds that out. */
nmi_entry:
	push	%rax
	movabs	$(LOCAL_CPU_BASE + PERCPU_EVENT_PENDING), %rax
	cmpb	$0, (%rax)
	je	2f
	movb	$0, (%rax)
	movabs	$(LOCAL_CPU_BASE + PERCPU_EVENT_TAKEN), %rax
	movb	$1, (%rax)
2:
	push	%rcx
	mov	16(%rsp), %rax
	lea	nmi_window(%rip), %rcx
	cmp	%rcx, %rax
	jne	1f
	lea	nmi_window_end(%rip), %rax
	mov	%rax, 16(%rsp)
1:	pop	%rcx
	pop	%rax
	iretq

	.globl	x86_irq_entry
x86_irq_entry:
	iretq

/* Of each vector: 16 bytes. None of these is meant to happen, but for the NMI. */
	.balign 16
	.globl	x86_exception_stubs
x86_exception_stubs:
	.set	vector, 0
	.rept	32
	.balign 16
	.if	vector == 2
	jmp	nmi_entry
	.else
	.if	!(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21 || vector == 29 || vector == 30)
	push	$0
	.endif
	push	$vector
	jmp	core_exception
	.endif
	.set	vector, vector + 1
	.endr

/* vector, error code, rip, cs, rflags, rsp, ss */
core_exception:
	cmpq	$X86_GP, (%rsp)
	jne	core_fault
	/* Is it the answer to an access in msr_try.S? The caller does not rely on rdi. */
	lea	msr_try_begin(%rip), %rdi
	cmp	%rdi, 16(%rsp)
	jb	core_fault
	lea	msr_try_end(%rip), %rdi
	cmp	%rdi, 16(%rsp)
	jae	core_fault
	lea	msr_try_failed(%rip), %rdi
	mov	%rdi, 16(%rsp)
	add	$16, %rsp
	iretq

core_fault:
	mov	(%rsp), %rdi
	mov	8(%rsp), %rsi
	mov	16(%rsp), %rdx
	/* The stack may be the reason, or not aligned. */
	movabs	$(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - GUEST_REGS_SIZE), %rsp
	call	x86_core_exception
