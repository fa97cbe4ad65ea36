// SPDX-License-Identifier: GPL-2.0-only
/* Trapped system registers: an allow-list. What is not named here ends the cell. */
#include <arm.h>
#include <asm/sysregs.h>
#include <gic.h>
#include <panic.h>

#define REG_ICC_SGI1R  SYS_REG(3, 0, 12, 11, 5)
#define REG_ICC_ASGI1R SYS_REG(3, 0, 12, 11, 6)
#define REG_ICC_SGI0R  SYS_REG(3, 0, 12, 11, 7)
#define REG_ICC_SRE    SYS_REG(3, 0, 12, 12, 5)
#define REG_ACTLR      SYS_REG(3, 0, 1, 0, 1)
#define REG_OSLAR      SYS_REG(2, 0, 1, 0, 4)
#define REG_OSDLR      SYS_REG(2, 0, 1, 3, 4)
#define REG_MDSCR      SYS_REG(2, 0, 0, 2, 2)

/* With the system register interface the only one: SRE, DFB, DIB read as one. */
#define ICC_SRE_VALUE 7

/** DBGBVR0 to 15, DBGBCR, DBGWVR, DBGWCR: (2, 0, 0, n, 4 to 7) */
static bool is_debug_point(u32 reg)
{
	return (reg & SYS_REG(3, 7, 15, 0, 4)) == SYS_REG(2, 0, 0, 0, 4);
}

/** Debug is the core's in non-root cells: registers that guests touch routinely read as zero. */
static bool reads_zero(u32 reg)
{
	return reg == REG_OSLAR || reg == REG_OSDLR || reg == REG_MDSCR || is_debug_point(reg);
}

/** Value of an allowed register; false if it is not one. */
static bool read_allowed(u32 reg, u64 *value)
{
	*value = 0;
	if (reg == REG_ICC_SRE)
		*value = ICC_SRE_VALUE;
	else if (reg == REG_ACTLR)
		*value = read_sysreg(actlr_el1);
	else
		return reads_zero(reg);
	return true;
}

static bool write_allowed(u32 reg, u64 value)
{
	if (reg == REG_ICC_SGI1R)
		gic_guest_sgi1r(value);
	else
		/* Group 0 and the other security state have no interrupts here: nothing happens. */
		return reg == REG_ICC_SGI0R || reg == REG_ICC_ASGI1R || reg == REG_ICC_SRE ||
		       reg == REG_ACTLR || reads_zero(reg);
	return true;
}

static void handle_sysreg(struct guest_regs *regs, u64 esr)
{
	u32 reg = esr & SYS_REG_MASK, rt = SYS_RT(esr);
	u64 value = 0;
	bool allowed;

	if (esr & SYS_READ) {
		allowed = read_allowed(reg, &value);
		if (allowed)
			set_guest_reg(regs, rt, value);
	} else {
		allowed = write_allowed(reg, guest_reg(regs, rt));
	}
	if (allowed)
		arm_skip_instruction(esr);
	else
		guest_violation("%s of a forbidden system register (syndrome 0x%llx)",
				esr & SYS_READ ? "read" : "write", esr);
}

const sync_handler sync_handlers[64] = {
	[EC_CP15_32] = arm_handle_coprocessor,
	[EC_CP15_64] = arm_handle_coprocessor,
	[EC_CP14_32] = arm_handle_coprocessor,
	[EC_CP14_64] = arm_handle_coprocessor,
	[EC_HVC32] = arm_handle_hvc,
	[EC_SMC32] = arm_handle_smc32,
	[EC_HVC64] = arm_handle_hvc,
	[EC_SMC64] = arm_handle_smc,
	[EC_SYS64] = handle_sysreg,
	[EC_IABT_LOW] = arm_handle_instruction_abort,
	[EC_DABT_LOW] = arm_handle_data_abort,
};
