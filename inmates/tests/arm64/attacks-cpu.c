// SPDX-License-Identifier: GPL-2.0-only
/* System registers and instructions that are not a cell's business. */
#include "attack_lists.h"

#define SPSR_EL2H_MASKED 0x3c9

/* Read, then write the value back, or zero if the read failed. */
#define TRY_REGISTER(name)                                                    \
	do {                                                                  \
		u64 value_ = 0;                                               \
		unsigned int read_, written_;                                 \
		exceptions_taken();                                           \
		asm volatile("mrs %0, " #name : "+r"(value_) : : "memory");   \
		read_ = exceptions_taken();                                   \
		asm volatile("msr " #name ", %0" : : "r"(value_) : "memory"); \
		written_ = exceptions_taken();                                \
		try_result(#name, value_, read_, written_);                   \
	} while (0)

static unsigned int permitted;

static void try_result(const char *name, u64 value, unsigned int read_exceptions,
		       unsigned int write_exceptions)
{
	printk("REGISTER %s 0x%llx%s%s\n", name, value, read_exceptions ? " read-undef" : "",
	       write_exceptions ? " write-undef" : "");
	if (!read_exceptions || !write_exceptions)
		permitted++;
}

static void el2_registers(void)
{
	TRY_REGISTER(hcr_el2);
	TRY_REGISTER(vbar_el2);
	TRY_REGISTER(vttbr_el2);
	TRY_REGISTER(vtcr_el2);
	TRY_REGISTER(ttbr0_el2);
	TRY_REGISTER(tcr_el2);
	TRY_REGISTER(mair_el2);
	TRY_REGISTER(sctlr_el2);
	TRY_REGISTER(elr_el2);
	TRY_REGISTER(spsr_el2);
	TRY_REGISTER(sp_el1);
	TRY_REGISTER(esr_el2);
	TRY_REGISTER(far_el2);
	TRY_REGISTER(hpfar_el2);
	TRY_REGISTER(tpidr_el2);
	TRY_REGISTER(vpidr_el2);
	TRY_REGISTER(vmpidr_el2);
	TRY_REGISTER(cptr_el2);
	TRY_REGISTER(hstr_el2);
	TRY_REGISTER(mdcr_el2);
	TRY_REGISTER(cnthctl_el2);
	TRY_REGISTER(cntvoff_el2);
	TRY_REGISTER(cnthp_ctl_el2);
	TRY_REGISTER(S3_4_C12_C11_0); /* ICH_HCR_EL2 */
	TRY_REGISTER(S3_4_C12_C12_0); /* ICH_LR0_EL2 */
	TRY_REGISTER(S3_4_C12_C9_5); /* ICC_SRE_EL2 */
	TRY_REGISTER(scr_el3);
	TRY_REGISTER(vbar_el3);
	check("registers permitted", permitted, 0);
	survived(permitted);
}

static void debug_registers(void)
{
	TRY_REGISTER(mdscr_el1);
	TRY_REGISTER(dbgbvr0_el1);
	TRY_REGISTER(dbgbcr0_el1);
	TRY_REGISTER(dbgwvr0_el1);
	TRY_REGISTER(dbgwcr0_el1);
	TRY_REGISTER(dbgclaimset_el1);
	TRY_REGISTER(dbgprcr_el1);
	TRY_REGISTER(osdlr_el1);
	TRY_REGISTER(osdtrrx_el1);
	TRY_REGISTER(osdtrtx_el1);
	TRY_REGISTER(oseccr_el1);
	TRY_REGISTER(pmcr_el0);
	TRY_REGISTER(pmcntenset_el0);
	TRY_REGISTER(pmccntr_el0);
	survived(permitted);
}

/* Implementation-defined ones of Cortex-A57, -A72 and Neoverse. */
static void impdef_registers(void)
{
	TRY_REGISTER(actlr_el1);
	TRY_REGISTER(S3_1_C11_C0_2); /* L2CTLR_EL1 */
	TRY_REGISTER(S3_1_C11_C0_3); /* L2ECTLR_EL1 */
	TRY_REGISTER(S3_1_C15_C2_0); /* CPUACTLR_EL1 */
	TRY_REGISTER(S3_1_C15_C2_1); /* CPUECTLR_EL1 */
	TRY_REGISTER(S3_1_C15_C2_2); /* CPUMERRSR_EL1 */
	TRY_REGISTER(S3_0_C15_C1_0); /* CPUACTLR_EL1 */
	TRY_REGISTER(S3_0_C15_C1_4); /* CPUECTLR_EL1 */
	survived(permitted);
}

/* Instructions of EL2 and EL3. */
static void el2_instructions(void)
{
	exceptions_taken();
	asm volatile("tlbi alle2" : : : "memory");
	asm volatile("tlbi alle1is" : : : "memory");
	asm volatile("tlbi vmalls12e1is" : : : "memory");
	asm volatile("tlbi ipas2e1is, %0" : : "r"(0UL) : "memory");
	asm volatile("at s12e1r, %0" : : "r"(0UL) : "memory");
	asm volatile("at s1e2r, %0" : : "r"(0UL) : "memory");
	check("UNDEF", exceptions_taken(), 6);
	survived(0);
}

/* Asks the CPU to return to EL2, where it did not come from. */
static void eret_to_el2(void)
{
	exceptions_taken();
	asm volatile("adr x9, 1f\n\tmsr elr_el1, x9\n\tmsr spsr_el1, %0\n\tisb\n\teret\n1:\tnop"
		     :
		     : "r"((u64)SPSR_EL2H_MASKED)
		     : "x9", "memory");
	check("illegal state", exceptions_taken(), 1);
	survived(sysreg_read(currentel));
}

/* Every line of every cache by set and way, without writing back, which is what hurts others. */
static void cache_level(unsigned int level)
{
	u64 ccsidr, set, way, sets, ways;
	unsigned int way_shift;

	sysreg_write(csselr_el1, level << 1);
	isb();
	ccsidr = sysreg_read(ccsidr_el1);
	ways = ((ccsidr >> 3) & 0x3ff) + 1;
	sets = ((ccsidr >> 13) & 0x7fff) + 1;
	way_shift = ways > 1 ? __builtin_clz((unsigned int)ways - 1) : 0;
	for (way = 0; way < ways; way++)
		for (set = 0; set < sets; set++)
			asm volatile(
				"dc isw, %0"
				:
				: "r"(way << way_shift | set << ((ccsidr & 7) + 4) | level << 1)
				: "memory");
	printk("level %u: %llu sets, %llu ways\n", level + 1, sets, ways);
}

static void cache_set_way(void)
{
	u64 clidr = sysreg_read(clidr_el1);
	unsigned int level;

	for (level = 0; level < 7 && (clidr >> 3 * level & 7) >= 2; level++)
		cache_level(level);
	asm volatile("dsb sy; ic iallu; ic ialluis; tlbi vmalle1is; dsb sy; isb" : : : "memory");
	survived(level);
}

/* Caches and MMU off, and on again. */
static void caches_off(void)
{
	u64 sctlr = sysreg_read(sctlr_el1);

	sysreg_write(sctlr_el1, sctlr & ~(SCTLR_M | SCTLR_C | SCTLR_I));
	isb();
	sysreg_write(sctlr_el1, sctlr);
	isb();
	survived(sysreg_read(sctlr_el1));
}

static void undefined(void)
{
	exceptions_taken();
	asm volatile(".inst 0");
	asm volatile("hlt #0");
	check("UNDEF", exceptions_taken(), 2);
	survived(0);
}

/* No vectors, and one fault after the other: the CPU is lost, but to this cell only. */
static void fault_loop(void)
{
	sysreg_write(vbar_el1, 0xffff0000000UL);
	isb();
	asm volatile(".inst 0");
	survived(0);
}

static void wfi_masked(void)
{
	asm volatile("msr daifset, #15");
	while (1)
		asm volatile("wfi");
}

static void wfe_masked(void)
{
	asm volatile("msr daifset, #15");
	while (1)
		asm volatile("wfe");
}

static void endless_loop(void)
{
	asm volatile("msr daifset, #15\n1:\tb 1b");
}

const struct attack cpu_attacks[] = {
	{ "el2-registers", el2_registers },
	{ "debug-registers", debug_registers },
	{ "impdef-registers", impdef_registers },
	{ "el2-instructions", el2_instructions },
	{ "eret-to-el2", eret_to_el2 },
	{ "cache-set-way", cache_set_way },
	{ "caches-off", caches_off },
	{ "undefined", undefined },
	{ "fault-loop", fault_loop },
	{ "wfi-masked", wfi_masked },
	{ "wfe-masked", wfe_masked },
	{ "endless-loop", endless_loop },
	{ NULL, NULL },
};
