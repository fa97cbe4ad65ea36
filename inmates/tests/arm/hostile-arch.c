// SPDX-License-Identifier: GPL-2.0-only
/* What hostile.c needs to know of arm. */
#include "attack_lists.h"
#include "attack_arch.h"

#define CPSR_THUMB (1 << 5)

const struct attack *const attack_lists[] = {
	memory_attacks, mmio_attacks, mmio_arch_attacks, gic_attacks,  firmware_attacks,
	cpu_attacks,    smp_attacks,  register_attacks,  cell_attacks, NULL,
};

bool quiet;

/* Its length cannot be known in Thumb code, of which only 16-bit instructions fault here. */
static u32 instruction_size(const struct exception_frame *frame)
{
	return frame->cpsr & CPSR_THUMB ? 2 : 4;
}

static void report(const struct exception_frame *frame, unsigned int vector)
{
	exception_taken();
	printk("class %u syndrome 0x%08x pc 0x%x address 0x%x\n", vector, sysreg_read(SYSREG_DFSR),
	       frame->pc, sysreg_read(SYSREG_DFAR));
}

/* Goes on behind the instruction, or at the caller if there is nothing to execute. */
static bool handle_exception(struct exception_frame *frame, unsigned int vector)
{
	if (quiet)
		exception_counted();
	else
		report(frame, vector);
	if (vector == VECTOR_PREFETCH_ABORT)
		frame->pc = frame->lr;
	else if (vector != VECTOR_SVC)
		frame->pc += instruction_size(frame);
	return true;
}

void catch_exceptions(void)
{
	exception_set_handler(handle_exception);
}
