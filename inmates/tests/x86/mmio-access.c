// SPDX-License-Identifier: GPL-2.0-only
/*
 * Moves of all widths and addressing forms to trapped memory, which a hypervisor has to decode: the 48 bytes from
 * mmio_target on. Compiled for 64 and for 32 bit.
 *
 * Prints "CHECK mmio-access INSTRUCTION: VALUE" or "WRONG mmio-access INSTRUCTION: VALUE, expected VALUE" for each, and
 * "FINISHED mmio-access wrong=N".
 */
#include <inmate.h>
#include "mmio-target.h"

#define FIXED   "mmio_target" /* in mmio-target.S */
#define PATTERN 0x8182838485868788ULL
#define FILL    0x5a5a5a5a5a5a5a5aULL

#ifdef __x86_64__
#define AX   "%%rax"
#define BX   "%%rbx"
#define CX   "%%rcx"
#define FULL ((unsigned long)FILL)
#else
#define AX   "%%eax"
#define BX   "%%ebx"
#define CX   "%%ecx"
#define FULL ((unsigned long)(u32)FILL)
#endif

static u8 *target;
static unsigned int wrong;

static void check(const char *what, u64 value, u64 expected)
{
	if (value == expected) {
		printk("CHECK mmio-access %s: 0x%llx\n", what, value);
		return;
	}
	wrong++;
	printk("WRONG mmio-access %s: 0x%llx, expected 0x%llx\n", what, value, expected);
}

/** The value that the register has after the low bits of it were loaded. */
static unsigned long merged(unsigned int bits)
{
	return (FULL & ~((1UL << bits) - 1)) | (PATTERN & ((1UL << bits) - 1));
}

/*
 * Loads into the AX register, which holds FILL before. BX is the target, CX is 2, BP and SI are free
 * for the instruction.
 */
#define LOAD(instruction, expected)                            \
	do {                                                   \
		unsigned long value_ = FULL;                   \
		mmio_write64(target, PATTERN);                 \
		asm volatile(instruction                       \
			     : "+a"(value_)                    \
			     : "b"(target), "c"(2UL)           \
			     : "memory", "esi", "edi", "edx"); \
		check(instruction, value_, expected);          \
	} while (0)

/* Stores of the AX register, which holds PATTERN, or of an immediate value, to memory that holds FILL. */
#define STORE(instruction, bits, expected)                                                       \
	do {                                                                                     \
		u64 mask_ = (bits) == 64 ? ~0ULL : (1ULL << (bits) % 64) - 1;                    \
		mmio_write64(target, FILL);                                                      \
		asm volatile(instruction                                                         \
			     :                                                                   \
			     : "a"((unsigned long)PATTERN), "b"(target), "c"(2UL)                \
			     : "memory", "esi", "edi", "edx");                                   \
		check(instruction, mmio_read64(target), (FILL & ~mask_) | (mask_ & (expected))); \
	} while (0)

static void loads(void)
{
	LOAD("movb (" BX "), %%al", merged(8));
	LOAD("movb (" BX "), %%ah", (FULL & ~0xff00UL) | 0x8800);
	LOAD("movw (" BX "), %%ax", merged(16));
	LOAD("movl (" BX "), %%eax", 0x85868788);
	LOAD("movzbw (" BX "), %%ax", (FULL & ~0xffffUL) | 0x88);
	LOAD("movzbl (" BX "), %%eax", 0x88);
	LOAD("movzwl (" BX "), %%eax", 0x8788);
	LOAD("movsbw (" BX "), %%ax", (FULL & ~0xffffUL) | 0xff88);
	LOAD("movsbl (" BX "), %%eax", 0xffffff88);
	LOAD("movswl (" BX "), %%eax", 0xffff8788);
	LOAD("movb 1(" BX "), %%al", (FULL & ~0xffUL) | 0x87);
	LOAD("movl 2(" BX "), %%eax", 0x83848586);
	LOAD("movl 4(" BX "), %%eax", 0x81828384);
}

static void addressing(void)
{
	LOAD("sub $0x40, " BX "; movl 0x40(" BX "), %%eax", 0x85868788);
	LOAD("add $0x40, " BX "; movl -0x40(" BX "), %%eax; sub $0x40, " BX, 0x85868788);
	LOAD("movl -0x12345678+0x12345678(" BX "), %%eax", 0x85868788);
	LOAD("sub $0x12345, " BX "; movl 0x12345(" BX "), %%eax", 0x85868788);
	LOAD("movl (" BX "," CX "), %%eax", 0x83848586);
	LOAD("movl (" BX "," CX ",2), %%eax", 0x81828384);
	LOAD("movl -4(" BX "," CX ",4), %%eax", 0x81828384);
	LOAD("movl -16(" BX "," CX ",8), %%eax", 0x85868788);
	LOAD("movl 0x1000-0x1010(" BX "," CX ",8), %%eax", 0x85868788);
	LOAD("movl " FIXED "-16(," CX ",8), %%eax", 0x85868788);
	LOAD("movl " FIXED "(," CX ",1), %%eax", 0x83848586);
	LOAD("mov " BX ", " AX "; movl (" AX "), %%eax", 0x85868788);
	LOAD("mov " BX ", " CX "; movl (" CX "), %%eax", 0x85868788);
	LOAD("movl %%ds:(" BX "), %%eax", 0x85868788);
	LOAD("movl %%es:(" BX "), %%eax", 0x85868788);
	LOAD("movl %%ss:(" BX "), %%eax", 0x85868788);
	LOAD("movl %%fs:(" BX "), %%eax", 0x85868788);
	LOAD("movl %%gs:(" BX "), %%eax", 0x85868788);
}

static void stores(void)
{
	STORE("movb %%al, (" BX ")", 8, PATTERN);
	STORE("movb %%ah, (" BX ")", 8, 0x87);
	STORE("movw %%ax, (" BX ")", 16, PATTERN);
	STORE("movl %%eax, (" BX ")", 32, PATTERN);
	STORE("movl %%eax, 4(" BX "," CX ",2)", 0, 0);
	STORE("movl %%eax, -4(" BX "," CX ",2)", 32, PATTERN);
	STORE("movb $0x12, (" BX ")", 8, 0x12);
	STORE("movw $0x1234, (" BX ")", 16, 0x1234);
	STORE("movl $0x12345678, (" BX ")", 32, 0x12345678);
	STORE("movl $-2, -16(" BX "," CX ",8)", 32, 0xfffffffe);
	STORE("movb $-1, -0x400+0x400(" BX ")", 8, 0xff);
}

/* CX, SI and DI count; what they hold in the end is checked as well. */
static void strings(void)
{
	static u8 memory[8];
	unsigned long count = 8;
	void *to = target, *from;

	mmio_write64(target, FILL);
	asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(0x77) : "memory");
	check("rep stosb", mmio_read64(target), 0x7777777777777777ULL);
	check("rep stosb, count", count, 0);
	check("rep stosb, end", (unsigned long)to, (unsigned long)target + 8);

	to = target;
	asm volatile("stosl; stosw" : "+D"(to) : "a"(0x12345678) : "memory");
	check("stosl; stosw", mmio_read64(target), 0x7777567812345678ULL);

	mmio_write64(target, PATTERN);
	from = target;
	to = memory;
	count = 2;
	asm volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
	check("rep movsl from it", *(u64 *)memory, PATTERN);

	mmio_write64(target, FILL);
	from = memory;
	to = target;
	count = 8;
	asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
	check("rep movsb to it", mmio_read64(target), PATTERN);

	mmio_write64(target, PATTERN);
	from = target + 4;
	to = target + 0x24;
	count = 2;
	asm volatile("std; rep movsl; cld" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
	check("rep movsl within it, downwards", mmio_read64(target + 0x20), PATTERN);
}

#ifdef __x86_64__
static void mode_specific(void)
{
	LOAD("movq (%%rbx), %%rax", PATTERN);
	LOAD("movzbq (%%rbx), %%rax", 0x88);
	LOAD("movzwq (%%rbx), %%rax", 0x8788);
	LOAD("movsbq (%%rbx), %%rax", 0xffffffffffffff88);
	LOAD("movswq (%%rbx), %%rax", 0xffffffffffff8788);
	LOAD("movslq (%%rbx), %%rax", 0xffffffff85868788);
	LOAD("push %%r12; mov %%rbx, %%r12; movl (%%r12), %%eax; pop %%r12", 0x85868788);
	LOAD("push %%r13; mov %%rbx, %%r13; movl (%%r13), %%eax; pop %%r13", 0x85868788);
	LOAD("push %%r12; mov %%rcx, %%r12; movl (%%rbx,%%r12,2), %%eax; pop %%r12", 0x81828384);
	LOAD("push %%rbp; mov %%rbx, %%rbp; movl (%%rbp), %%eax; pop %%rbp", 0x85868788);
	LOAD("mov %%rsp, %%rdx; mov %%rbx, %%rsp; movl (%%rsp), %%eax; mov %%rdx, %%rsp",
	     0x85868788);
	LOAD("push %%r9; mov $0, %%r9; movb (%%rbx), %%r9b; mov %%r9, %%rax; pop %%r9", 0x88);
	LOAD("mov $0, %%rsi; movb (%%rbx), %%sil; mov %%rsi, %%rax", 0x88);
	LOAD("push %%r15; movq (%%rbx), %%r15; mov %%r15, %%rax; pop %%r15", PATTERN);
	LOAD("movl " FIXED "(%%rip), %%eax", 0x85868788);
	LOAD("movl " FIXED ", %%eax", 0x85868788);
	LOAD("movabs " FIXED ", %%eax", 0x85868788);
	LOAD("movabs " FIXED ", %%al", merged(8));
	LOAD("movabs " FIXED ", %%rax", PATTERN);
	LOAD("addr32 movl (%%ebx), %%eax", 0x85868788);
	LOAD("mov $-1, %%rdx; mov %%ebx, %%esi; sub %%edx, %%esi; movl -1(%%rsi), %%eax",
	     0x85868788);
	STORE("movq %%rax, (%%rbx)", 64, PATTERN);
	STORE("movq $-2, (%%rbx)", 64, 0xfffffffffffffffe);
	STORE("movq $0x12345678, (%%rbx)", 64, 0x12345678);
	STORE("movabs %%al, " FIXED, 8, PATTERN);
	STORE("movabs %%eax, " FIXED, 32, PATTERN);
	STORE("movabs %%rax, " FIXED, 64, PATTERN);
	STORE("movl $0x12345678, " FIXED "(%%rip)", 32, 0x12345678);
	STORE("push %%r9; mov %%rax, %%r9; movb %%r9b, (%%rbx); pop %%r9", 8, PATTERN);
	STORE("mov %%rax, %%rsi; movb %%sil, (%%rbx)", 8, PATTERN);
	STORE("push %%r13; mov %%rbx, %%r13; movw %%ax, (%%r13); pop %%r13", 16, PATTERN);
	STORE("mov %%rbx, %%rdi; stosq", 64, PATTERN);
}
#else
static void mode_specific(void)
{
	LOAD("push %%ebp; mov %%ebx, %%ebp; movl (%%ebp), %%eax; pop %%ebp", 0x85868788);
	LOAD("mov %%esp, %%edx; mov %%ebx, %%esp; movl (%%esp), %%eax; mov %%edx, %%esp",
	     0x85868788);
	LOAD("movl " FIXED ", %%eax", 0x85868788);
	LOAD("movb " FIXED ", %%al", merged(8));
	LOAD("movw " FIXED ", %%ax", merged(16));
	LOAD("movl " FIXED ", %%edx; mov %%edx, %%eax", 0x85868788);
	STORE("movl %%eax, " FIXED, 32, PATTERN);
	STORE("movb %%al, " FIXED, 8, PATTERN);
	STORE("movl $0x12345678, " FIXED, 32, 0x12345678);
}
#endif

void inmate_main(void)
{
	map_range((void *)TARGET_PAGE, PAGE_SIZE, MAP_UNCACHED);
	target = (u8 *)TARGET_PAGE + TARGET_OFFSET;
	loads();
	addressing();
	stores();
	strings();
	mode_specific();
	printk("FINISHED mmio-access wrong=%u\n", wrong);
	while (!comm_handle_message(true))
		delay_us(1000);
	comm_shut_down();
}
