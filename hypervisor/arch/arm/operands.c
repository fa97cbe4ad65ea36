// SPDX-License-Identifier: GPL-2.0-only
/* What a trapped instruction works on: the guest's registers by number, and the instruction itself. */
#include "banked.h"
#include <arm.h>

#define KEY(mode, n) ((mode) << 4 | (n))
#define GET(mode, n, name) \
	case KEY(mode, n): \
		return read_banked(name);
#define SET(mode, n, name)                 \
	case KEY(mode, n):                 \
		write_banked(value, name); \
		return;

#define REG_LR 14
#define REG_PC 15

static u32 key_of(u32 n)
{
	u32 mode = read_sysreg(spsr_el2) & SPSR_MODE32;

	return KEY(mode == MODE_SYS ? MODE_USR : mode, n);
}

/** Where Hyp mode's entry stored what it shares with the guest: registers 0 to 12, and user mode's r14. */
static u32 shared_index(u32 n)
{
	return n == REG_LR ? 13 : n;
}

u64 guest_reg(const struct guest_regs *regs, u32 n)
{
	if (n == REG_PC)
		return read_sysreg(elr_el2) + (guest_is_t32(read_sysreg(spsr_el2)) ? 4 : 8);
	switch (key_of(n)) {
		FOR_EACH_BANKED(GET)
	}
	return regs->x[shared_index(n)];
}

void set_guest_reg(struct guest_regs *regs, u32 n, u64 value)
{
	if (n == REG_PC)
		return; /* not with what hardware describes or is decoded */
	switch (key_of(n)) {
		FOR_EACH_BANKED(SET)
	}
	regs->x[shared_index(n)] = value;
}

u64 guest_base_reg(const struct guest_regs *regs, u32 n)
{
	return guest_reg(regs, n);
}

void set_guest_base_reg(struct guest_regs *regs, u32 n, u64 value)
{
	set_guest_reg(regs, n, value);
}

/* Of the first half. DDI 0406C, A6.1 */
#define T32_IS_WIDE(half) ((half) >> 11 >= 0x1d)

bool arm_fetch_instruction(u64 esr, u32 *instruction)
{
	u64 pc = read_sysreg(elr_el2);
	u32 second;

	if (!guest_is_t32(read_sysreg(spsr_el2)))
		return arm_fetch(pc, 4, instruction);
	/* Hardware describes all that have 16 bits and are decoded here. */
	if (!arm_fetch(pc, 2, instruction) || !T32_IS_WIDE(*instruction) ||
	    !arm_fetch(pc + 2, 2, &second))
		return false;
	*instruction = *instruction << 16 | second;
	return true;
}
