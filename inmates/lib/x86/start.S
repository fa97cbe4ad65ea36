/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * First instructions of an inmate, on all of its CPUs: from 16-bit real mode, with CS based at the
 * image, to paging in the library's own mode, 64 or 32 bit.
 *
 * Nothing is assumed of what .bss and .data hold, so a cell can also be started again without
 * being loaded anew. %ebx is 0 on the CPU that runs the inmate, 1 on all others.
 */
#include <asm/start.h>
#include <asm/sysregs.h>

#ifndef CONFIG_INMATE_BASE
#define CONFIG_INMATE_BASE 0
#endif
#define GIGABYTE	0x40000000
#define COMM_FLAGS	(COMM_REGION_BASE + COMM_FLAGS_OFFSET)

#ifdef __x86_64__
#define DIRECTORY_FLAGS	(PTE_PRESENT | PTE_WRITABLE)
#else
#define DIRECTORY_FLAGS	PTE_PRESENT	/* level 1 of PAE has no more; SDM 3, table 4-8 */
#endif

	.section .boot, "ax"

	.code16
	.globl _start
_start:
	cli
	lgdtl	%cs:gdt_pointer - _start
	/* Caches on: CD and NW are set after INIT. */
	movl	$(CR0_PE | CR0_MP | CR0_ET | CR0_NE), %eax
	movl	%eax, %cr0
	ljmpl	$INMATE_CS32, $protected_mode

	.balign	8
gdt:
	.quad	0
	.quad	0x00cf9b000000ffff	/* INMATE_CS32 */
	.quad	0x00af9b000000ffff	/* INMATE_CS64 */
	.quad	0x00cf93000000ffff	/* INMATE_DS */
gdt_pointer:
	.word	. - gdt - 1
	.long	gdt

	.code32
protected_mode:
	movl	$INMATE_DS, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	movl	%eax, %fs
	movl	%eax, %gs

	movl	$1, %ebx
	lock btsl $COMM_BOOT_CPU_BIT, COMM_FLAGS
	jc	wait_for_memory
	xorl	%ebx, %ebx

	/* Clear .bss, copy .data */
	cld
	movl	$__bss_start, %edi
	movl	$__bss_end, %ecx
	subl	%edi, %ecx
	xorl	%eax, %eax
	rep stosb
	movl	$__data_image, %esi
	movl	$__data_start, %edi
	movl	$__data_end, %ecx
	subl	%edi, %ecx
	rep movsb

	/* Map the gigabyte around the image. */
#ifdef __x86_64__
	movl	$page_directory_pointers + DIRECTORY_FLAGS, page_table_root
#endif
	movl	$page_directory + DIRECTORY_FLAGS, page_directory_pointers + CONFIG_INMATE_BASE / GIGABYTE * 8
	movl	$page_directory, %edi
	movl	$(CONFIG_INMATE_BASE / GIGABYTE * GIGABYTE + PTE_PRESENT + PTE_WRITABLE + PTE_LARGE), %eax
	movl	$512, %ecx
1:	movl	%eax, (%edi)
	addl	$LARGE_PAGE_SIZE, %eax
	addl	$8, %edi
	loop	1b
	jmp	enable_paging

wait_for_memory:
	pause
	btl	$COMM_MEMORY_READY_BIT, COMM_FLAGS
	jnc	wait_for_memory

enable_paging:
	movl	$(CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT), %eax
	movl	%eax, %cr4
	movl	$page_table_root, %eax
	movl	%eax, %cr3
#ifdef __x86_64__
	movl	$MSR_EFER, %ecx
	rdmsr
	orl	$EFER_LME, %eax
	wrmsr
#endif
	movl	%cr0, %eax
	orl	$CR0_PG, %eax
	movl	%eax, %cr0
	ljmpl	$INMATE_CS, $paging_enabled

/* The same text in both modes: the stack pointer's name is all that differs. */
#ifdef __x86_64__
	.code64
#define SP	%rsp
#define AX	%rax
#else
#define SP	%esp
#define AX	%eax
#endif
paging_enabled:
	testl	%ebx, %ebx
	jnz	secondary
	mov	$__stack_top, SP
	call	x86_start
	jmp	sleep

/* Further CPUs use one stack, one after the other, until they get their own. */
secondary:
	pause
	lock btsl $0, smp_stack_lock
	jc	secondary
	mov	$smp_stack_top, SP
	call	smp_secondary_start	/* returns its own stack, or NULL if it is to sleep */
	movl	$0, smp_stack_lock
	test	AX, AX
	jz	sleep
	mov	AX, SP
	call	smp_secondary_main
sleep:
	cli
	hlt
	jmp	sleep

	.bss
	.balign	4096
page_directory:
	.skip	4096
#ifdef __x86_64__
	.globl	page_table_root
page_table_root:
	.skip	4096
page_directory_pointers:
	.skip	4096
#else
	.globl	page_table_root
page_table_root:
page_directory_pointers:
	.skip	32
#endif
	.skip	1024
smp_stack_top:
smp_stack_lock:
	.skip	4
