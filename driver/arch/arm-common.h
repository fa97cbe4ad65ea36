/* SPDX-License-Identifier: GPL-2.0-only */
/* What arm and arm64 each provide to what they share. */
#ifndef DRIVER_ARCH_ARM_COMMON_H
#define DRIVER_ARCH_ARM_COMMON_H

#include <linux/types.h>

/* Instructions of an earlier core at the same address may still be cached: drop them on this CPU. */
void drop_instruction_cache(void);

/* Have the kernel's hyp stub jump to @entry on this CPU, with its number; what the core, or the stub, returns. */
long hvc_soft_restart(phys_addr_t entry, unsigned int cpu);

/* Bytes of the smallest data cache line. */
unsigned long cache_line_size_min(void);

/* Clean and invalidate the line that has @address, to the point of coherency. */
void clean_cache_line(unsigned long address);

#endif
