// SPDX-License-Identifier: GPL-2.0-only
/*
 * Odd accesses to trapped memory: the sub-page region of the test cell, or addr=. What the hypervisor
 * does not decode is to end the cell; what it does must have exactly the instruction's effect.
 */
#include "attack_lists.h"

#define TARGET      0x10002000UL
#define TARGET_SIZE 0x800
#define OFFSET      0x10

#define PATTERN 0x1122334455667788ULL
#define OTHER   0x0101010101010101ULL

static u64 registers_of_16[2] __attribute__((aligned(16)));

/** The target, holding the pattern. */
static u8 *target(void)
{
	u8 *addr = (u8 *)option_address(TARGET, MAP_UNCACHED) + OFFSET;

	mmio_write64(addr, PATTERN);
	return addr;
}

static void check_memory(u8 *addr, u64 expected)
{
	check("memory", mmio_read64(addr), expected);
}

/* Instructions that read, change and write memory. */
#define READ_MODIFY_WRITE(name, instruction, expected)                                 \
	static void name(void)                                                         \
	{                                                                              \
		u8 *addr = target();                                                   \
		u64 a = PATTERN, c = OTHER;                                            \
                                                                                       \
		exceptions_taken();                                                    \
		ATTEMPT(instruction, : "+a"(a), "+c"(c) : "b"(addr) : "memory", "cc"); \
		check("exceptions", exceptions_taken(), 0);                            \
		survived(a);                                                           \
		check_memory(addr, expected);                                          \
	}

READ_MODIFY_WRITE(add, "addq %%rcx, (%%rbx)", PATTERN + OTHER)
READ_MODIFY_WRITE(locked_or, "lock orq %%rcx, (%%rbx)", PATTERN | OTHER)
READ_MODIFY_WRITE(exchange, "xchgq %%rcx, (%%rbx)", OTHER)
READ_MODIFY_WRITE(compare_exchange, "lock cmpxchgq %%rcx, (%%rbx)", OTHER)
READ_MODIFY_WRITE(exchange_add, "lock xaddq %%rcx, (%%rbx)", PATTERN + OTHER)
READ_MODIFY_WRITE(increment, "incl (%%rbx)", PATTERN + 1)
READ_MODIFY_WRITE(bit_set, "btsq $63, (%%rbx)", PATTERN | 1ULL << 63)
READ_MODIFY_WRITE(shift, "shlq $4, (%%rbx)", PATTERN << 4)
READ_MODIFY_WRITE(compare, "cmpq %%rcx, (%%rbx)", PATTERN)
READ_MODIFY_WRITE(test_bits, "testl $1, (%%rbx)", PATTERN)
READ_MODIFY_WRITE(push_memory, "pushq (%%rbx); popq %%rax", PATTERN)
READ_MODIFY_WRITE(set_byte, "cmp %%eax, %%eax; sete (%%rbx)", (PATTERN & ~0xffULL) | 1)
READ_MODIFY_WRITE(prefixes, ".byte 0x66, 0x66, 0x2e; movl (%%rbx), %%eax", PATTERN)
READ_MODIFY_WRITE(
	prefix_flood,
	".byte 0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66,0x66; movw (%%rbx), %%ax",
	PATTERN)
READ_MODIFY_WRITE(store_gdt, "sgdt (%%rbx)", mmio_read64(addr))

static void sse_load(void)
{
	u8 *addr = target();

	mmio_write64(addr + 8, OTHER);
	asm volatile("movups (%0), %%xmm0; movaps %%xmm0, %1"
		     :
		     : "r"(addr), "m"(registers_of_16[0])
		     : "memory");
	survived(registers_of_16[0]);
	check("low", registers_of_16[0], PATTERN);
	check("high", registers_of_16[1], OTHER);
}

static void sse_store(void)
{
	u8 *addr = target();

	asm volatile("pxor %%xmm0, %%xmm0; movups %%xmm0, (%0)" : : "r"(addr) : "memory");
	survived(0);
	check_memory(addr, 0);
	check_memory(addr + 8, 0);
}

static void x87_store(void)
{
	u8 *addr = target();

	asm volatile("fninit; fld1; fstpl (%0)" : : "r"(addr) : "memory");
	survived(0);
	check_memory(addr, 0x3ff0000000000000ULL);
}

/* 300 bytes with one instruction, each of them a trap. */
static void repeated_store(void)
{
	u8 *addr = target();
	void *to = addr;
	unsigned long count = 300;

	asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(0xa5) : "memory");
	survived(count);
	check("count", count, 0);
	check("end", (unsigned long)to, (unsigned long)addr + 300);
	check_memory(addr, 0xa5a5a5a5a5a5a5a5ULL);
}

static void move_within(void)
{
	u8 *addr = target();
	void *from = addr, *to = addr + 0x100;
	unsigned long count = 2;

	asm volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
	survived(count);
	check_memory(addr + 0x100, PATTERN);
}

/* Downwards, out of the region, into RAM without traps. */
static void repeated_down(void)
{
	void *to = target();
	unsigned long count = 0x1000;

	asm volatile("std; rep stosb; cld" : "+D"(to), "+c"(count) : "a"(0) : "memory");
	survived(count);
	check("count", count, 0);
}

static void unaligned(void)
{
	u8 *addr = target();

	survived(mmio_read32(addr + 1));
	check("value", mmio_read32(addr + 1), (u32)(PATTERN >> 8));
}

static void unaligned_write(void)
{
	u8 *addr = target();

	mmio_write32(addr + 1, 0);
	survived(0);
	check_memory(addr, PATTERN & 0xffffff00000000ffULL);
}

/* The last two bytes of the region and two bytes behind it. */
static void straddle(void)
{
	survived(mmio_read32(target() - OFFSET + TARGET_SIZE - 2));
}

/* Half of it in the page behind, which is not the cell's. */
static void page_straddle(void)
{
	survived(mmio_read32(target() - OFFSET + PAGE_SIZE - 2));
}

/* Half of it in the page before, which is plain memory. */
static void page_straddle_before(void)
{
	survived(mmio_read32(target() - OFFSET - 2));
}

static u64 read_width(void *addr, unsigned int width)
{
	return width == 8  ? mmio_read8(addr) :
	       width == 16 ? mmio_read16(addr) :
	       width == 64 ? mmio_read64(addr) :
			     mmio_read32(addr);
}

static void write_width(void *addr, unsigned int width, u64 value)
{
	if (width == 8)
		mmio_write8(addr, value);
	else if (width == 16)
		mmio_write16(addr, value);
	else if (width == 64)
		mmio_write64(addr, value);
	else
		mmio_write32(addr, value);
}

/* width=8|16|32|64 bits, write to write value=; for regions that allow some widths only. */
static void access_width(void)
{
	void *addr = option_address(TARGET, MAP_UNCACHED);
	unsigned int width = cmdline_parse_int("width", 8);

	if (cmdline_parse_bool("write", false))
		write_width(addr, width, cmdline_parse_int("value", 0));
	survived(read_width(addr, width));
}

/* Executes what is there: 'ret'. */
static void jump(void)
{
	u8 *addr = target();

	mmio_write8(addr, 0xc3);
	((void (*)(void))addr)();
	survived(0);
}

/*
 * The page table entry of this very code leads into the hypervisor now, but the CPU still has the old
 * one. Whoever looks up the instruction there must not believe it.
 */
static void stale_code(void)
{
	extern u64 page_table_root[];
	u64 *pointers = (u64 *)(unsigned long)(page_table_root[0] & ~0xfffULL);
	volatile u64 *directory = (u64 *)(unsigned long)(pointers[0] & ~0xfffULL);
	u8 *addr = target();
	u64 entry = directory[0];
	u32 value;

	disable_irqs();
	directory[0] = HYPERVISOR | (entry & 0xfff);
	value = mmio_read32(addr);
	directory[0] = entry;
	survived(value);
}

const struct attack mmio_attacks[] = {
	{ "mmio-add", add },
	{ "mmio-locked-or", locked_or },
	{ "mmio-exchange", exchange },
	{ "mmio-compare-exchange", compare_exchange },
	{ "mmio-exchange-add", exchange_add },
	{ "mmio-increment", increment },
	{ "mmio-bit-set", bit_set },
	{ "mmio-shift", shift },
	{ "mmio-compare", compare },
	{ "mmio-test", test_bits },
	{ "mmio-push", push_memory },
	{ "mmio-set-byte", set_byte },
	{ "mmio-prefixes", prefixes },
	{ "mmio-prefix-flood", prefix_flood },
	{ "mmio-sgdt", store_gdt },
	{ "mmio-sse-load", sse_load },
	{ "mmio-sse-store", sse_store },
	{ "mmio-x87-store", x87_store },
	{ "mmio-rep-stos", repeated_store },
	{ "mmio-rep-movs", move_within },
	{ "mmio-rep-down", repeated_down },
	{ "mmio-unaligned", unaligned },
	{ "mmio-unaligned-write", unaligned_write },
	{ "mmio-straddle", straddle },
	{ "mmio-page-straddle", page_straddle },
	{ "mmio-page-straddle-before", page_straddle_before },
	{ "mmio-width", access_width },
	{ "mmio-jump", jump },
	{ "mmio-stale-code", stale_code },
	{ NULL, NULL },
};
