// SPDX-License-Identifier: GPL-2.0-only
/* Modes and instructions that are not a cell's business. */
#include "attack_lists.h"
#include "attack_arch.h"

#define SYSREG_CCSIDR 1, c0, c0, 0
#define SYSREG_CLIDR  1, c0, c0, 1
#define SYSREG_CSSELR 2, c0, c0, 0
#define SYSREG_DCISW  0, c7, c6, 2
#define SYSREG_VBAR   0, c12, c0, 0

#define SCTLR_M (1UL << 0)
#define SCTLR_C (1UL << 2)
#define SCTLR_I (1UL << 12)

/* Of Hyp mode and of the secure world. */
static void hyp_instructions(void)
{
	exceptions_taken();
	sysreg_write(4, c8, c7, 0, 0); /* TLBIALLH */
	sysreg_write(4, c8, c7, 4, 0); /* TLBIALLNSNH */
	sysreg_write(4, c8, c3, 0, 0); /* TLBIALLHIS */
	sysreg_write(4, c8, c3, 4, 0); /* TLBIALLNSNHIS */
	sysreg_write(4, c8, c7, 1, 0); /* TLBIMVAH */
	sysreg_write(4, c7, c8, 0, 0); /* ATS1HR */
	sysreg_write(0, c7, c8, 4, 0); /* ATS12NSOPR */
	check("UNDEF", exceptions_taken(), 7);
	survived(0);
}

/* What such an instruction does is not defined, apart from not entering the mode. */
static void check_mode(const char *how)
{
	check(how, CPSR_MODE(read_cpsr()), MODE_SVC);
}

static void enter_by_cps(void)
{
	asm volatile("cps #0x1a" : : : "memory");
	check_mode("cps to Hyp");
	asm volatile("cps #0x16" : : : "memory");
	check_mode("cps to Monitor");
}

static void enter_by_msr(u32 mode)
{
	asm volatile("msr cpsr_c, %0" : : "r"(0xc0 | mode) : "memory");
	check_mode("msr");
}

/* An exception return; should it get anywhere, then to the next instruction. */
static void enter_by_return(u32 mode)
{
	asm volatile("msr spsr_fsxc, %0\n\tadr lr, 1f\n\tmovs pc, lr\n1:\tnop"
		     :
		     : "r"(0xc0 | mode)
		     : "lr", "cc", "memory");
	check_mode("movs pc");
}

static void enter_modes(void)
{
	enter_by_cps();
	enter_by_msr(MODE_HYP);
	enter_by_msr(MODE_MONITOR);
	enter_by_return(MODE_HYP);
	enter_by_return(MODE_MONITOR);
	survived(read_cpsr());
}

/* Registers of other modes by name; what happens is not defined, except that Hyp mode's are not touched. */
static void banked_registers(void)
{
	u32 value = 0;

	asm volatile(".arch_extension virt\n\tmrs %0, elr_hyp" : "+r"(value) : : "memory");
	printk("ELR_hyp 0x%x\n", value);
	asm volatile(".arch_extension virt\n\tmrs %0, sp_hyp" : "+r"(value) : : "memory");
	printk("SP_hyp 0x%x\n", value);
	asm volatile(".arch_extension virt\n\tmrs %0, spsr_hyp" : "+r"(value) : : "memory");
	printk("SPSR_hyp 0x%x\n", value);
	asm volatile(".arch_extension virt\n\tmsr elr_hyp, %0" : : "r"(0) : "memory");
	asm volatile(".arch_extension virt\n\tmsr sp_hyp, %0" : : "r"(0) : "memory");
	asm volatile(".arch_extension virt\n\tmsr spsr_hyp, %0" : : "r"(0) : "memory");
	survived(exceptions_taken());
}

/* Every line of every cache by set and way, without writing back, which is what hurts others. */
static void cache_level(unsigned int level)
{
	u32 ccsidr, set, way, sets, ways, way_shift;

	sysreg_write(SYSREG_CSSELR, level << 1);
	isb();
	ccsidr = sysreg_read(SYSREG_CCSIDR);
	ways = ((ccsidr >> 3) & 0x3ff) + 1;
	sets = ((ccsidr >> 13) & 0x7fff) + 1;
	way_shift = ways > 1 ? __builtin_clz(ways - 1) : 0;
	for (way = 0; way < ways; way++)
		for (set = 0; set < sets; set++)
			sysreg_write(SYSREG_DCISW,
				     way << way_shift | set << ((ccsidr & 7) + 4) | level << 1);
	printk("level %u: %u sets, %u ways\n", level + 1, sets, ways);
}

static void cache_set_way(void)
{
	u32 clidr = sysreg_read(SYSREG_CLIDR);
	unsigned int level;

	for (level = 0; level < 7 && (clidr >> 3 * level & 7) >= 2; level++)
		cache_level(level);
	asm volatile("dsb sy" : : : "memory");
	sysreg_write(0, c7, c5, 0, 0); /* ICIALLU */
	sysreg_write(0, c7, c1, 0, 0); /* ICIALLUIS */
	sysreg_write(0, c8, c3, 0, 0); /* TLBIALLIS */
	asm volatile("dsb sy; isb" : : : "memory");
	survived(level);
}

/* Caches and MMU off, and on again. */
static void caches_off(void)
{
	u32 sctlr = sysreg_read(SYSREG_SCTLR);

	sysreg_write(SYSREG_SCTLR, sctlr & ~(SCTLR_M | SCTLR_C | SCTLR_I));
	isb();
	sysreg_write(SYSREG_SCTLR, sctlr);
	isb();
	survived(sysreg_read(SYSREG_SCTLR));
}

static void undefined(void)
{
	exceptions_taken();
	asm volatile("udf #0");
	asm volatile(".inst 0xe7ffffff"); /* permanently undefined */
	check("UNDEF", exceptions_taken(), 2);
	survived(0);
}

/* No vectors, and one fault after the other: the CPU is lost, but to this cell only. */
static void fault_loop(void)
{
	sysreg_write(SYSREG_VBAR, 0xffff0000);
	isb();
	asm volatile("udf #0");
	survived(0);
}

static void wfi_masked(void)
{
	asm volatile("cpsid aif");
	while (1)
		asm volatile("wfi");
}

static void wfe_masked(void)
{
	asm volatile("cpsid aif");
	while (1)
		asm volatile("wfe");
}

static void endless_loop(void)
{
	asm volatile("cpsid aif\n1:\tb 1b");
}

const struct attack cpu_attacks[] = {
	{ "hyp-instructions", hyp_instructions },
	{ "enter-modes", enter_modes },
	{ "banked-registers", banked_registers },
	{ "cache-set-way", cache_set_way },
	{ "caches-off", caches_off },
	{ "undefined", undefined },
	{ "fault-loop", fault_loop },
	{ "wfi-masked", wfi_masked },
	{ "wfe-masked", wfe_masked },
	{ "endless-loop", endless_loop },
	{ NULL, NULL },
};
