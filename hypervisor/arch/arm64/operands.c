// SPDX-License-Identifier: GPL-2.0-only
/* What a trapped instruction works on: the guest's registers by number, and the instruction itself. */
#include <arm.h>
#include <asm/sysregs.h>

u64 guest_reg(const struct guest_regs *regs, u32 n)
{
	return n == 31 ? 0 : regs->x[n];
}

void set_guest_reg(struct guest_regs *regs, u32 n, u64 value)
{
	if (n != 31)
		regs->x[n] = value;
}

static bool has_own_stack_pointer(void)
{
	u64 spsr = read_sysreg(spsr_el2);

	return SPSR_EL(spsr) && (spsr & SPSR_SPSEL);
}

u64 guest_base_reg(const struct guest_regs *regs, u32 n)
{
	if (n != 31)
		return regs->x[n];
	return has_own_stack_pointer() ? read_sysreg(sp_el1) : read_sysreg(sp_el0);
}

void set_guest_base_reg(struct guest_regs *regs, u32 n, u64 value)
{
	if (n != 31)
		regs->x[n] = value;
	else if (has_own_stack_pointer())
		write_sysreg(value, sp_el1);
	else
		write_sysreg(value, sp_el0);
}

bool arm_fetch_instruction(u64 esr, u32 *instruction)
{
	(void)esr;
	return !guest_is_aarch32(read_sysreg(spsr_el2)) &&
	       arm_fetch(read_sysreg(elr_el2), sizeof(*instruction), instruction);
}
