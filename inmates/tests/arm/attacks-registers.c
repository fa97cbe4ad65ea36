// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers of coprocessors 14 and 15. Those that are listed are read, then written with what was read, or zero if that
 * failed. Others are found by trying all there could be.
 */
#include "attack_lists.h"
#include "attack_arch.h"

/* For an instruction that is made up, and a return. */
static u32 code[2] __attribute__((aligned(64)));

static unsigned int permitted;

static u32 run(u32 instruction, u32 value)
{
	code[0] = instruction;
	code[1] = RETURN_INSTRUCTION;
	dcache_clean(code, sizeof(code));
	drop_instruction(&code[0]);
	return ((u32(*)(u32))code)(value);
}

/* Reference: Arm DDI 0406, A8.8.107 (MRC), A8.8.98 (MCR), A8.8.108 (MRRC), A8.8.99 (MCRR). The register is r0, or r0 and r1. */
#define COPROCESSOR(number)       ((u32)(number) << 8)
#define MCR(opc1, crn, crm, opc2) (0xee000010 | (opc1) << 21 | (crn) << 16 | (opc2) << 5 | (crm))
#define MRC(opc1, crn, crm, opc2) (MCR(opc1, crn, crm, opc2) | 1 << 20)
#define MCRR(opc1, crm)           (0xec410000 | (opc1) << 4 | (crm))
#define MRRC(opc1, crm)           (MCRR(opc1, crm) | 1 << 20)

struct name_and_code {
	const char *name;
	u32 write; /* MCR or MCRR; reading has one bit more */
};

/* Versions of clang-format disagree about macros that are lists. */
/* clang-format off */
#define CP15(name, opc1, crn, crm, opc2) { name, COPROCESSOR(15) | MCR(opc1, crn, crm, opc2) }
#define CP15_64(name, opc1, crm)         { name, COPROCESSOR(15) | MCRR(opc1, crm) }
#define CP14(name, opc1, crn, crm, opc2) { name, COPROCESSOR(14) | MCR(opc1, crn, crm, opc2) }
/* clang-format on */

static void try_registers(const struct name_and_code *list, unsigned int count)
{
	unsigned int n;

	for (n = 0; n < count; n++) {
		unsigned int read, written;
		u32 value;

		exceptions_taken();
		value = run(list[n].write | 1 << 20, 0);
		read = exceptions_taken();
		run(list[n].write, read ? 0 : value);
		written = exceptions_taken();
		printk("REGISTER %s 0x%x%s%s\n", list[n].name, value, read ? " read-undef" : "",
		       written ? " write-undef" : "");
		if (!read || !written)
			permitted++;
	}
}

/* Of Hyp mode, and what only the secure world may write. */
static const struct name_and_code hyp[] = {
	CP15("VPIDR", 4, 0, 0, 0),      CP15("VMPIDR", 4, 0, 0, 5),
	CP15("HSCTLR", 4, 1, 0, 0),     CP15("HACTLR", 4, 1, 0, 1),
	CP15("HCR", 4, 1, 1, 0),        CP15("HDCR", 4, 1, 1, 1),
	CP15("HCPTR", 4, 1, 1, 2),      CP15("HSTR", 4, 1, 1, 3),
	CP15("HACR", 4, 1, 1, 7),       CP15("HTCR", 4, 2, 0, 2),
	CP15("VTCR", 4, 2, 1, 2),       CP15("HSR", 4, 5, 2, 0),
	CP15("HDFAR", 4, 6, 0, 0),      CP15("HIFAR", 4, 6, 0, 2),
	CP15("HPFAR", 4, 6, 0, 4),      CP15("HMAIR0", 4, 10, 2, 0),
	CP15("HVBAR", 4, 12, 0, 0),     CP15("HTPIDR", 4, 13, 0, 2),
	CP15("CNTHCTL", 4, 14, 1, 0),   CP15("CNTHP_TVAL", 4, 14, 2, 0),
	CP15("CNTHP_CTL", 4, 14, 2, 1), CP15("ICC_HSRE", 4, 12, 9, 5),
	CP15("ICH_HCR", 4, 12, 11, 0),  CP15("ICH_LR0", 4, 12, 12, 0),
	CP15_64("HTTBR", 4, 2),         CP15_64("VTTBR", 6, 2),
	CP15_64("CNTVOFF", 4, 14),      CP15_64("CNTHP_CVAL", 6, 14),
	CP15("SCR", 0, 1, 1, 0),        CP15("SDER", 0, 1, 1, 1),
	CP15("MVBAR", 0, 12, 0, 1),
};

static const struct name_and_code debug[] = {
	CP14("DBGDSCRint", 0, 0, 1, 0),  CP14("DBGDTRint", 0, 0, 5, 0),
	CP14("DBGWFAR", 0, 0, 6, 0),     CP14("DBGVCR", 0, 0, 7, 0),
	CP14("DBGDTRRXext", 0, 0, 0, 2), CP14("DBGDSCRext", 0, 0, 2, 2),
	CP14("DBGDTRTXext", 0, 0, 3, 2), CP14("DBGBVR0", 0, 0, 0, 4),
	CP14("DBGBCR0", 0, 0, 0, 5),     CP14("DBGWVR0", 0, 0, 0, 6),
	CP14("DBGWCR0", 0, 0, 0, 7),     CP14("DBGDRAR", 0, 1, 0, 0),
	CP14("DBGOSLAR", 0, 1, 0, 4),    CP14("DBGOSLSR", 0, 1, 1, 4),
	CP14("DBGOSDLR", 0, 1, 3, 4),    CP14("DBGPRCR", 0, 1, 4, 4),
	CP14("DBGDSAR", 0, 2, 0, 0),     CP14("DBGCLAIMSET", 0, 7, 8, 6),
	CP14("TEECR", 6, 0, 0, 0),       CP14("JIDR", 7, 0, 0, 0),
	CP14("JOSCR", 7, 1, 0, 0),       CP15("PMCR", 0, 9, 12, 0),
	CP15("PMCNTENSET", 0, 9, 12, 1), CP15("PMSELR", 0, 9, 12, 5),
	CP15("PMCCNTR", 0, 9, 13, 0),    CP15("PMUSERENR", 0, 9, 14, 0),
	CP15("PMINTENSET", 0, 9, 14, 1),
};

/* Of particular CPUs: Cortex-A7, A15, A17. */
static const struct name_and_code impdef[] = {
	CP15("ACTLR", 0, 1, 0, 1),      CP15("L2CTLR", 1, 9, 0, 2),
	CP15("L2ECTLR", 1, 9, 0, 3),    CP15("TLB lockdown", 0, 10, 0, 0),
	CP15("TCM select", 0, 9, 2, 0), CP15("DMA", 0, 11, 0, 0),
	CP15("PLE", 0, 11, 0, 2),       CP15("L2ACTLR", 1, 15, 0, 0),
	CP15("CP15 c15", 0, 15, 0, 0),  CP15("CBAR", 4, 15, 0, 0),
	CP15("RAMINDEX", 0, 15, 4, 0),  CP15("FILASTARTR", 1, 15, 0, 1),
	CP15_64("CPUMERRSR", 0, 15),    CP15_64("L2MERRSR", 1, 15),
};

static void hyp_registers(void)
{
	try_registers(hyp, ARRAY_SIZE(hyp));
	check("registers permitted", permitted, 0);
	survived(permitted);
}

static void debug_registers(void)
{
	try_registers(debug, ARRAY_SIZE(debug));
	survived(permitted);
}

static void impdef_registers(void)
{
	try_registers(impdef, ARRAY_SIZE(impdef));
	survived(permitted);
}

/* Reads what is there; reading acknowledges an interrupt at most. */
static unsigned int sweep(unsigned int coprocessor)
{
	unsigned int opc1, crn, crm, opc2, found = 0;

	for (opc1 = 0; opc1 < 8; opc1++)
		for (crn = 0; crn < 16; crn++)
			for (crm = 0; crm < 16; crm++)
				for (opc2 = 0; opc2 < 8; opc2++) {
					run(COPROCESSOR(coprocessor) | MRC(opc1, crn, crm, opc2),
					    0);
					found += exceptions_taken() == 0;
				}
	return found;
}

static void sweep_cp14(void)
{
	quiet = true;
	survived(sweep(14));
}

static void sweep_cp15(void)
{
	quiet = true;
	survived(sweep(15));
}

/* Coprocessors that there are none of. */
static void other_coprocessors(void)
{
	unsigned int number;

	for (number = 0; number < 8; number++) {
		exceptions_taken();
		run(COPROCESSOR(number) | MRC(0, 0, 0, 0), 0);
		check("UNDEF", exceptions_taken(), 1);
	}
	survived(0);
}

/* Trapped or not, an instruction whose condition fails does nothing. */
static void condition_fails(void)
{
	u32 sctlr = sysreg_read(SYSREG_SCTLR), actlr = 0x12345678, smc = 0x12345678;

	exceptions_taken();
	asm volatile("cmp r0, r0\n\tmrcne p15, 0, %0, c1, c0, 1" : "+r"(actlr) : : "cc", "memory");
	asm volatile("cmp r0, r0\n\tmcrne p15, 0, %0, c1, c0, 0" : : "r"(0) : "cc", "memory");
	asm volatile(".arch_extension sec\n\tmov r0, %0\n\tcmp r0, r0\n\tsmcne #0\n\tmov %0, r0"
		     : "+r"(smc)
		     :
		     : "r0", "r1", "r2", "r3", "cc", "memory");
	check("exceptions", exceptions_taken(), 0);
	check("ACTLR", actlr, 0x12345678);
	check("SCTLR", sysreg_read(SYSREG_SCTLR), sctlr);
	check("smc", smc, 0x12345678);
	survived(0);
}

const struct attack register_attacks[] = {
	{ "hyp-registers", hyp_registers },
	{ "debug-registers", debug_registers },
	{ "impdef-registers", impdef_registers },
	{ "sweep-cp14", sweep_cp14 },
	{ "sweep-cp15", sweep_cp15 },
	{ "other-coprocessors", other_coprocessors },
	{ "condition-fails", condition_fails },
	{ NULL, NULL },
};
