// SPDX-License-Identifier: GPL-2.0-only
/* Trapped system registers: an allow-list. What is not named here ends the cell. */
#include <asm/arm64.h>
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

/* CP15 accesses of AArch32 guests, in terms of the syndrome (DDI 0487, D17.2.37) */
#define CP15_READ          BIT64(0)
#define CP15_RT(esr)       FIELD(MASK64(9, 5), esr)
#define CP15_RT2(esr)      FIELD(MASK64(14, 10), esr)
#define CP15_64(opc1, crm) (((opc1) << 16) | ((crm) << 1))
#define CP15_64_MASK       CP15_64(15, 15)
#define CP15_32(opc1, crn, crm, opc2) \
	(((opc2) << 17) | ((opc1) << 14) | ((crn) << 10) | ((crm) << 1))
#define CP15_32_MASK  CP15_32(7, 15, 15, 7)
#define CP15_SGI1R    CP15_64(0, 12)
#define CP15_ASGI1R   CP15_64(1, 12)
#define CP15_SGI0R    CP15_64(2, 12)
#define CP15_ICC_SRE  CP15_32(0, 12, 12, 5)
#define CP15_ACTLR    CP15_32(0, 1, 0, 1)
/* AArch32 condition of the trapped instruction */
#define ESR_CV        BIT64(24)
#define ESR_COND(esr) FIELD(MASK64(23, 20), esr)
#define COND_ALWAYS   14

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

void arm64_handle_sysreg(struct guest_regs *regs, u64 esr)
{
	u32 reg = esr & SYS_REG_MASK, rt = SYS_RT(esr);
	u64 value = 0;
	bool allowed;

	if (esr & SYS_READ) {
		allowed = read_allowed(reg, &value);
		if (allowed && rt != 31)
			regs->x[rt] = value;
	} else {
		allowed = write_allowed(reg, rt == 31 ? 0 : regs->x[rt]);
	}
	if (allowed)
		arm64_skip_instruction(esr);
	else
		guest_violation("%s of a forbidden system register (syndrome 0x%llx)",
				esr & SYS_READ ? "read" : "write", esr);
}

bool arm64_condition_holds(u64 esr)
{
	u64 spsr = read_sysreg(spsr_el2);
	u32 cond, n, z, c, v;
	bool holds;

	/* Without a valid condition field, the instruction was one of T32 whose IT state has it. */
	cond = esr & ESR_CV ? ESR_COND(esr) : COND_ALWAYS;
	n = SPSR_COND(spsr) >> 3 & 1, z = SPSR_COND(spsr) >> 2 & 1, c = SPSR_COND(spsr) >> 1 & 1,
	v = SPSR_COND(spsr) & 1;
	switch (cond >> 1) {
	case 0:
		holds = z;
		break;
	case 1:
		holds = c;
		break;
	case 2:
		holds = n;
		break;
	case 3:
		holds = v;
		break;
	case 4:
		holds = c && !z;
		break;
	case 5:
		holds = n == v;
		break;
	case 6:
		holds = n == v && !z;
		break;
	default:
		return true;
	}
	return holds != (cond & 1);
}

void arm64_handle_cp15_64(struct guest_regs *regs, u64 esr)
{
	u32 reg = esr & CP15_64_MASK;

	if (arm64_condition_holds(esr)) {
		if ((esr & CP15_READ) ||
		    (reg != CP15_SGI1R && reg != CP15_ASGI1R && reg != CP15_SGI0R)) {
			guest_violation(
				"access to a forbidden coprocessor register (syndrome 0x%llx)",
				esr);
			return;
		}
		if (reg == CP15_SGI1R)
			gic_guest_sgi1r((u32)regs->x[CP15_RT(esr)] | regs->x[CP15_RT2(esr)] << 32);
	}
	arm64_skip_instruction(esr);
}

void arm64_handle_cp15_32(struct guest_regs *regs, u64 esr)
{
	u32 reg = esr & CP15_32_MASK;

	if (arm64_condition_holds(esr)) {
		if (reg != CP15_ICC_SRE && reg != CP15_ACTLR) {
			guest_violation(
				"access to a forbidden coprocessor register (syndrome 0x%llx)",
				esr);
			return;
		}
		if (esr & CP15_READ)
			regs->x[CP15_RT(esr)] =
				reg == CP15_ICC_SRE ? ICC_SRE_VALUE : (u32)read_sysreg(actlr_el1);
	}
	arm64_skip_instruction(esr);
}
