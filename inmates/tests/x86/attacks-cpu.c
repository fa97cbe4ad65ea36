// SPDX-License-Identifier: GPL-2.0-only
/* Control and debug registers, and instructions that stop or disturb a CPU. */
#include "attack_lists.h"

#define CR0_WP       0x00010000UL
#define CR0_NW       0x20000000UL
#define CR0_CD       0x40000000UL
#define CR0_RESERVED 0x100000000UL
#define CR4_LA57     0x00001000UL
#define CR4_PCIDE    0x00020000UL
#define CR3_RESERVED (1UL << 62)

#define XCR0_X87 1
#define XCR0_SSE 2
#define XCR0_AVX 4

#define DR7_GENERAL_DETECT 0x2000
#define DR7_RESET          0x0400

#define TRY_CONTROL(name)                                                                       \
	/* Whether the value faults or not is up to the CPU; the old one is back in the end. */ \
	static void try_##name(unsigned long value)                                             \
	{                                                                                       \
		unsigned long before = read_##name();                                           \
                                                                                                \
		exceptions_taken();                                                             \
		ATTEMPT("mov %0, %%" #name, : : "r"(value) : "memory");                         \
		printk("REGISTER " #name " 0x%lx%s\n", value,                                   \
		       exceptions_taken() ? " write-undef" : "");                               \
		write_##name(before);                                                           \
	}

TRY_CONTROL(cr0)
TRY_CONTROL(cr4)

static void cr0_bad(void)
{
	unsigned long cr0 = read_cr0();

	try_cr0(cr0 | CR0_NW); /* without CD */
	try_cr0(cr0 | CR0_RESERVED);
	check("CR0", read_cr0(), cr0);
	survived(read_cr0());
}

/* Paging without protection. */
static void cr0_unprotected(void)
{
	try_cr0(read_cr0() & ~(unsigned long)CR0_PE);
	survived(read_cr0());
}

/* All bits that software may have as it likes. */
static void cr0_allowed(void)
{
	unsigned long cr0 = read_cr0();

	write_cr0(cr0 | CR0_WP | CR0_TS);
	check("CR0", read_cr0(), cr0 | CR0_WP | CR0_TS);
	write_cr0(cr0);
	survived(read_cr0());
}

/* Slows down itself only. */
static void caches_off(void)
{
	unsigned long cr0 = read_cr0();

	write_cr0(cr0 | CR0_CD);
	asm volatile("wbinvd" : : : "memory");
	serve_seconds(1);
	write_cr0(cr0);
	survived(read_cr0());
}

static void cr4_bad(void)
{
	unsigned long cr4 = read_cr4();
	unsigned int bit;

	for (bit = 0; bit < 64; bit++)
		if (1UL << bit != CR4_PAE && 1UL << bit != CR4_LA57 && 1UL << bit != CR4_PCIDE)
			try_cr4(cr4 ^ 1UL << bit);
	check("CR4", read_cr4(), cr4);
	survived(read_cr4());
}

/* What the CPU is to refuse in long mode. */
static void cr4_mode(void)
{
	try_cr4(read_cr4() & ~(unsigned long)CR4_PAE);
	try_cr4(read_cr4() ^ CR4_LA57);
	survived(read_cr4());
}

static void cr3_bad(void)
{
	exceptions_taken();
	ATTEMPT("mov %0, %%cr3", : : "r"(read_cr3() | CR3_RESERVED) : "memory");
	survived(exceptions_taken());
}

static void set_xcr0(u64 value)
{
	ATTEMPT("xsetbv", : : "a"((u32)value), "d"((u32)(value >> 32)), "c"(0) : "memory");
}

static void refuse_xcr(u32 index, u64 value)
{
	exceptions_taken();
	ATTEMPT("xsetbv", : : "a"((u32)value), "d"((u32)(value >> 32)), "c"(index) : "memory");
	check("exceptions", exceptions_taken(), 1);
}

static void xsetbv_bad(void)
{
	if (!(cpuid(1, 0).ecx & CPUID_1_ECX_XSAVE)) {
		printk("no XSAVE\n");
		return;
	}
	write_cr4(read_cr4() | CR4_OSXSAVE);
	refuse_xcr(0, 0);
	refuse_xcr(0, XCR0_SSE);
	refuse_xcr(0, XCR0_X87 | XCR0_AVX);
	refuse_xcr(0, ~0ULL);
	refuse_xcr(0, XCR0_X87 | 1ULL << 62);
	refuse_xcr(1, XCR0_X87);
	refuse_xcr(0xffffffff, XCR0_X87);
	exceptions_taken();
	set_xcr0(XCR0_X87 | XCR0_SSE);
	check("allowed", exceptions_taken(), 0);
	survived(0);
}

static void exit_to_hypervisor(void)
{
	if (jailhouse_detected())
		jailhouse_call(0xff);
}

#define TRY_DEBUG(n)                                                                         \
	do {                                                                                 \
		unsigned long value_ = 0;                                                    \
		ATTEMPT("mov %%dr" #n ", %0", : "+r"(value_) : : "memory");                  \
		printk("REGISTER dr" #n " 0x%lx\n", value_);                                 \
		ATTEMPT("mov %0, %%dr" #n, : : "r"(n < 4 ? HYPERVISOR : value_) : "memory"); \
	} while (0)

/* What it sets must not stop the hypervisor: breakpoints on its memory, and on any access to debug registers. */
static void debug_registers(void)
{
	TRY_DEBUG(0);
	TRY_DEBUG(1);
	TRY_DEBUG(2);
	TRY_DEBUG(3);
	TRY_DEBUG(6);
	TRY_DEBUG(7);
	ATTEMPT("mov %0, %%dr7", : : "r"(0xffff07ffUL) : "memory");
	exit_to_hypervisor();
	ATTEMPT("mov %0, %%dr7", : : "r"((unsigned long)DR7_RESET | DR7_GENERAL_DETECT) : "memory");
	exit_to_hypervisor();
	survived(exceptions_taken());
}

#define CPUID_CLOBBERS "rbx", "rcx", "rdx", "memory"

/* Single-steps over an exit; the trap comes behind it, in the inmate. */
static void single_step(void)
{
	exceptions_taken();
	ATTEMPT("pushfq; orl $0x100, (%%rsp); popfq; cpuid; nop", : : "a"(0) : CPUID_CLOBBERS);
	asm volatile("pushfq; andl $~0x100, (%%rsp); popfq" : : : "memory", "cc");
	survived(exceptions_taken());
}

static void wbinvd(void)
{
	ATTEMPT("wbinvd", : : : "memory");
	survived(exceptions_taken());
}

/* Would throw away what others have written. */
static void invd(void)
{
	ATTEMPT("invd", : : : "memory");
	survived(exceptions_taken());
}

static void rdpmc(void)
{
	u32 low = 0, high = 0;

	ATTEMPT("rdpmc", : "+a"(low), "+d"(high) : "c"(0) : "memory");
	survived((u64)high << 32 | low);
}

static void monitor(void)
{
	static u64 watched;

	ATTEMPT("monitor", : : "a"(&watched), "c"(0), "d"(0) : "memory");
	survived(exceptions_taken());
}

/* Waits, with interrupts off, for a change that does not come. */
static void mwait_masked(void)
{
	static u64 watched;

	disable_irqs();
	ATTEMPT("monitor; mwait", : : "a"(&watched), "c"(0), "d"(0) : "memory");
	survived(exceptions_taken());
}

static void hlt_masked(void)
{
	disable_irqs();
	while (1)
		asm volatile("hlt");
}

static void endless_loop(void)
{
	disable_irqs();
	asm volatile("1: jmp 1b");
}

/* No table of interrupts any more, then an exception. */
static void triple_fault(void)
{
	struct {
		u16 limit;
		unsigned long base;
	} __attribute__((packed)) nothing = { 0, 0 };

	asm volatile("lidt %0; ud2" : : "m"(nothing));
	survived(0);
}

/* Each exception faults in turn, as the table of gates leads to where there is no code. */
static void fault_loop(void)
{
	static u64 gates[64] __attribute__((aligned(16)));
	struct {
		u16 limit;
		unsigned long base;
	} __attribute__((packed)) table = { sizeof(gates) - 1, (unsigned long)gates };
	unsigned int n;

	for (n = 0; n < 64; n += 2)
		gates[n] = 0x00008e0000000000ULL | INMATE_CS << 16 |
			   0x10; /* the middle of some instruction */
	asm volatile("lidt %0; ud2" : : "m"(table));
	survived(0);
}

static void undefined(void)
{
	exceptions_taken();
	ATTEMPT("ud2", : : : "memory");
	ATTEMPT(".byte 0x0f, 0xff, 0xc0", : : : "memory");
	check("undefined", exceptions_taken(), 2);
	survived(0);
}

/* A stack that is not the cell's, and an exception. */
static void stack_outside(void)
{
	asm volatile("mov %0, %%rsp; ud2" : : "r"(ROOT_RAM));
	survived(0);
}

static void cpuid_range(u32 first, u32 count)
{
	u32 leaf, subleaf;

	for (leaf = first; leaf < first + count; leaf++)
		for (subleaf = 0; subleaf < 4; subleaf++)
			cpuid(leaf, subleaf);
}

static void cpuid_sweep(void)
{
	struct cpuid features;

	cpuid_range(0, 0x40);
	cpuid_range(0x40000000, 0x100);
	cpuid_range(0x80000000, 0x40);
	cpuid_range(0xfffffff0, 0xf);
	check("hypervisor", jailhouse_detected(), 1);
	features = cpuid(JAILHOUSE_CPUID_FEATURES, 0);
	check("features", features.eax | features.ebx | features.ecx | features.edx, 0);
	survived(0);
}

const struct attack cpu_attacks[] = {
	{ "cr0-bad", cr0_bad },
	{ "cr0-unprotected", cr0_unprotected },
	{ "cr0-allowed", cr0_allowed },
	{ "cr3-bad", cr3_bad },
	{ "cr4-bad", cr4_bad },
	{ "cr4-mode", cr4_mode },
	{ "caches-off", caches_off },
	{ "xsetbv-bad", xsetbv_bad },
	{ "debug-registers", debug_registers },
	{ "single-step", single_step },
	{ "wbinvd", wbinvd },
	{ "invd", invd },
	{ "rdpmc", rdpmc },
	{ "monitor", monitor },
	{ "mwait-masked", mwait_masked },
	{ "hlt-masked", hlt_masked },
	{ "endless-loop", endless_loop },
	{ "triple-fault", triple_fault },
	{ "fault-loop", fault_loop },
	{ "undefined", undefined },
	{ "stack-outside", stack_outside },
	{ "cpuid-sweep", cpuid_sweep },
	{ NULL, NULL },
};
