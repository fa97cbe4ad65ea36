// SPDX-License-Identifier: GPL-2.0-only
/* What hostile.c needs to know of arm64. */
#include "attack_lists.h"

#define SPSR_ILLEGAL   (1UL << 20)
#define ESR_EC_ILLEGAL 0x0e

const struct attack *const attack_lists[] = {
	memory_attacks, mmio_attacks, mmio_arch_attacks, gic_attacks, firmware_attacks,
	cpu_attacks,    smp_attacks,  cell_attacks,      NULL,
};

/* Goes on behind the instruction, or at the caller if there is nothing to execute. */
static bool handle_exception(struct exception_frame *frame, u64 esr, u64 far)
{
	u64 class = ESR_EC(esr);

	exception_taken();
	printk("class 0x%02llx syndrome 0x%08llx pc 0x%llx address 0x%llx\n", class, esr,
	       frame->elr, far);
	if (class == ESR_EC_ILLEGAL)
		frame->spsr &= ~SPSR_ILLEGAL;
	else if (class == ESR_EC_IABT)
		frame->elr = frame->regs[30];
	else
		frame->elr += 4;
	return true;
}

void catch_exceptions(void)
{
	exception_set_handler(handle_exception);
}
