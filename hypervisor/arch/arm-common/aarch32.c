// SPDX-License-Identifier: GPL-2.0-only
/* Traps from AArch32 state, by the rules of aarch32_rules.c. */
#include <aarch32_rules.h>
#include <arm.h>
#include <asm/aarch32.h>
#include <asm/sysregs.h>
#include <gic.h>
#include <panic.h>

/* With the system register interface the only one: SRE, DFB, DIB read as one. */
#define ICC_SRE_VALUE 7

/* Condition of the trapped instruction */
#define ESR_CV        BIT64(24)
#define ESR_COND(esr) FIELD(MASK64(23, 20), esr)

/** Without a valid condition, the instruction was one of T32 whose IT state has it, and traps only if it is executed. */
static bool is_executed(u64 esr)
{
	return !(esr & ESR_CV) ||
	       aarch32_condition_holds(ESR_COND(esr), SPSR_COND(read_sysreg(spsr_el2)));
}

void arm_skip_instruction(u64 esr)
{
	u64 spsr = read_sysreg(spsr_el2);

	if (guest_is_t32(spsr))
		write_sysreg(aarch32_advance_it(spsr), spsr_el2);
	write_sysreg(read_sysreg(elr_el2) + (esr & ESR_IL ? 4 : 2), elr_el2);
}

void arm_handle_smc32(struct guest_regs *regs, u64 esr)
{
	if (is_executed(esr))
		arm_handle_smc(regs, esr);
	else
		arm_skip_instruction(esr);
}

static u64 value_of(enum cp_rule rule)
{
	switch (rule) {
	case CP_ICC_SRE:
		return ICC_SRE_VALUE;
	case CP_ACTLR:
		return (u32)read_sysreg(actlr_el1);
	case CP_L2CTLR:
		return read_l2ctlr();
	default:
		return 0;
	}
}

static bool is_64bit(u64 esr)
{
	return ESR_EC(esr) == EC_CP15_64 || ESR_EC(esr) == EC_CP14_64;
}

static void carry_out(struct guest_regs *regs, u64 esr, enum cp_rule rule)
{
	if (esr & CP_READ) {
		set_guest_reg(regs, CP_RT(esr), value_of(rule));
		if (is_64bit(esr))
			set_guest_reg(regs, CP_RT2(esr), 0);
	} else if (rule == CP_SGI1R) {
		gic_guest_sgi1r((u32)guest_reg(regs, CP_RT(esr)) | guest_reg(regs, CP_RT2(esr))
									   << 32);
	}
}

void arm_handle_coprocessor(struct guest_regs *regs, u64 esr)
{
	enum cp_rule rule = cp_rule_of(esr);

	count_coprocessor_exit();
	if (is_executed(esr)) {
		if (rule == CP_FORBIDDEN) {
			guest_violation("%s of a forbidden coprocessor register (syndrome 0x%llx)",
					esr & CP_READ ? "read" : "write", esr);
			return;
		}
		carry_out(regs, esr, rule);
	}
	arm_skip_instruction(esr);
}
