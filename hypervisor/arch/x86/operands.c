// SPDX-License-Identifier: GPL-2.0-only
/* What decoded instructions do with registers and addresses. */
#include <bits.h>
#include <decode.h>

static u64 size_mask(u32 size)
{
	return MASK64(size * 8 - 1, 0);
}

u64 x86_effective_address(const struct x86_address *address, const u64 regs[16], u64 next_rip)
{
	u64 sum = address->displacement;

	if (address->rip_relative)
		sum += next_rip;
	if (address->base != X86_NO_REG)
		sum += regs[address->base];
	if (address->index != X86_NO_REG)
		sum += regs[address->index] << address->shift;
	return sum & size_mask(address->size);
}

u64 x86_read_operand(const struct x86_access *access, const u64 regs[16])
{
	u64 value = access->immediate;

	if (access->reg != X86_NO_REG)
		value = regs[access->reg] >> (access->high_byte ? 8 : 0);
	return value & size_mask(access->size);
}

/** Registers keep their other bits, unless 32 bits are written. */
static void write_register(u64 *reg, u32 shift, u32 size, u64 value)
{
	u64 mask = size_mask(size) << shift;

	*reg = ((value << shift) & mask) | (size == 4 ? 0 : *reg & ~mask);
}

void x86_write_operand(const struct x86_access *access, u64 regs[16], u64 value)
{
	u32 unused = 64 - access->size * 8;

	value <<= unused;
	value = access->sign_extend ? (s64)value >> unused : value >> unused;
	write_register(&regs[access->reg], access->high_byte ? 8 : 0, access->reg_size, value);
}

bool x86_string_step(const struct x86_access *access, u64 regs[16], bool backwards)
{
	u32 size = access->memory.size;
	u64 step = backwards ? -(u64)access->size : access->size;

	write_register(&regs[REG_RDI], 0, size, regs[REG_RDI] + step);
	if (access->kind == X86_COPY)
		write_register(&regs[REG_RSI], 0, size, regs[REG_RSI] + step);
	if (!access->repeat)
		return true;
	write_register(&regs[REG_RCX], 0, size, regs[REG_RCX] - 1);
	return (regs[REG_RCX] & size_mask(size)) == 0;
}
