// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fills the x87, SSE and, where the CPU has them, AVX registers, and compares them for as long as it runs, across
 * interrupts of the timer and hypercalls: the state survives whatever the hypervisor does in between.
 *
 * Option: rounds= for each line of text (default 1000)
 */
#include <inmate.h>

CMDLINE_BUFFER(256);

#define TIMER_VECTOR 32
#define TIMER_NS     1000000
#define XCR0_ALL     7 /* x87, SSE, AVX */
#define MXCSR_OTHER  0x9f80 /* flush to zero; default 0x1f80 */
#define FCW_OTHER    0x027f /* double precision; default 0x037f */

/* As FXSAVE and stores of all YMM registers leave them. */
struct registers {
	u8 fx[512] __attribute__((aligned(16)));
	u8 ymm[16][32];
};

static struct registers before, after;
static bool have_avx;
static volatile unsigned int interrupts;
static unsigned int wrong;

static void handle_irq(unsigned int irq)
{
	interrupts++;
	apic_timer_set(TIMER_NS);
}

static void enable_avx(void)
{
	u32 features = cpuid(1, 0).ecx;

	have_avx = features & CPUID_1_ECX_AVX && features & CPUID_1_ECX_XSAVE;
	if (!have_avx)
		return;
	write_cr4(read_cr4() | CR4_OSXSAVE);
	asm volatile("xsetbv" : : "a"(XCR0_ALL), "d"(0), "c"(0));
}

#define EACH(insn)                                                                               \
	insn(0) insn(1) insn(2) insn(3) insn(4) insn(5) insn(6) insn(7) insn(8) insn(9) insn(10) \
		insn(11) insn(12) insn(13) insn(14) insn(15)
#define LOAD_YMM(n)  "vmovups 32*" #n "(%0), %%ymm" #n "\n\t"
#define STORE_YMM(n) "vmovups %%ymm" #n ", 32*" #n "(%0)\n\t"
#define LOAD_XMM(n)  "movups 32*" #n "(%0), %%xmm" #n "\n\t"

static void fill_registers(unsigned int seed)
{
	static u8 pattern[sizeof(before.ymm)];
	u32 mxcsr = MXCSR_OTHER;
	u16 fcw = FCW_OTHER;
	unsigned int n;

	for (n = 0; n < sizeof(pattern); n++)
		pattern[n] = seed * 31 + n * 7;
	asm volatile("fninit; fldcw %0; ldmxcsr %1; fldpi; fldl2e; fld1" : : "m"(fcw), "m"(mxcsr));
	if (have_avx)
		asm volatile(EACH(LOAD_YMM) : : "r"(pattern) : "memory");
	else
		asm volatile(EACH(LOAD_XMM) : : "r"(pattern) : "memory");
}

static void save_registers(struct registers *to)
{
	asm volatile("fxsave64 (%0)" : : "r"(to->fx) : "memory");
	if (have_avx)
		asm volatile(EACH(STORE_YMM) : : "r"(to->ymm) : "memory");
}

/** Lets interrupts and hypercalls happen; the compiler itself uses none of these registers. */
static void disturb(void)
{
	unsigned int seen = interrupts;

	if (jailhouse_detected())
		jailhouse_call_arg1(JAILHOUSE_HC_HYPERVISOR_GET_INFO, JAILHOUSE_INFO_NUM_CELLS);
	cpuid(0, 0);
	while (interrupts == seen && !comm_region->msg_to_cell)
		cpu_relax();
}

static bool one_round(unsigned int seed)
{
	fill_registers(seed);
	save_registers(&before);
	disturb();
	save_registers(&after);
	return memcmp(&before, &after, sizeof(before)) == 0;
}

void inmate_main(void)
{
	unsigned int n, rounds = cmdline_parse_int("rounds", 1000);

	enable_avx();
	printk("x87, SSE%s\n", have_avx ? ", AVX" : "");
	irq_init(handle_irq);
	irq_enable(TIMER_VECTOR);
	apic_timer_init(TIMER_VECTOR);
	apic_timer_set(TIMER_NS);
	for (n = 1; !comm_handle_message(true); n++) {
		wrong += !one_round(n);
		if (n % rounds == 0)
			printk("%s sse-demo rounds: %u, wrong: %u\n", wrong ? "WRONG" : "CHECK", n,
			       wrong);
	}
	printk("FINISHED sse-demo wrong=%u\n", wrong);
	comm_shut_down();
}
