/* SPDX-License-Identifier: GPL-2.0-only */
/* GICv3's list registers by their numbers, which instructions cannot compute. */
#ifndef GICV3_LR_H
#define GICV3_LR_H

#include <asm/gicv3_regs.h>

#define VTR_PREBITS MASK64(28, 26)

/* clang-format off */
#define FOR_EACH_LR(do) \
	do(0, LOW, 0) do(1, LOW, 1) do(2, LOW, 2) do(3, LOW, 3) \
	do(4, LOW, 4) do(5, LOW, 5) do(6, LOW, 6) do(7, LOW, 7) \
	do(8, HIGH, 0) do(9, HIGH, 1) do(10, HIGH, 2) do(11, HIGH, 3) \
	do(12, HIGH, 4) do(13, HIGH, 5) do(14, HIGH, 6) do(15, HIGH, 7)
/* clang-format on */

#define GET_LR(n, half, op2) \
	case n:              \
		return READ_LR(half, op2);
#define SET_LR(n, half, op2)                \
	case n:                             \
		WRITE_LR(value, half, op2); \
		return;

/** List register n, which must exist. */
static inline u64 gicv3_get_lr(u32 n)
{
	switch (n) {
		FOR_EACH_LR(GET_LR)
	}
	return 0;
}

static inline void gicv3_set_lr(u32 n, u64 value)
{
	switch (n) {
		FOR_EACH_LR(SET_LR)
	}
}

/** Forget the priorities of what the guest was handling; how many registers there are follows from VTR.PREbits. */
static inline void gicv3_clear_active_priorities(void)
{
	u32 bits = FIELD(VTR_PREBITS, read_sysreg(ICH_VTR_EL2)) + 1;

	write_sysreg(0, ICH_AP0R0_EL2);
	write_sysreg(0, ICH_AP1R0_EL2);
	if (bits >= 6)
		write_sysreg(0, ICH_AP1R1_EL2);
	if (bits >= 7) {
		write_sysreg(0, ICH_AP1R2_EL2);
		write_sysreg(0, ICH_AP1R3_EL2);
	}
}

#endif
