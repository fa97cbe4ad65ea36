/* SPDX-License-Identifier: GPL-2.0-only */
/* What the interrupt controller's driver keeps for each CPU. */
#ifndef GIC_CPU_H
#define GIC_CPU_H

#include <jailhouse/types.h>

#define VIRQ_QUEUE_SIZE 256 /* a power of two */

struct gic_cpu_public {
	u32 pending_sgis; /* bit n: SGI n is to be given to the guest; set by senders, taken by the CPU */
	u8 sgi_sources[16]; /* GICv2: bit m of byte n: CPU interface m sent SGI n */
	u8 interface; /* GICv2: number of the CPU interface */
	void *redistributor; /* GICv3: registers of this CPU's redistributor, as the core sees them */
	u64 redistributor_phys;
	u8 sgi_priority[16]; /* as the guest set them; SGIs exist in list registers only */
};

/** An interrupt that waits for a free list register. */
struct virq {
	u16 intid;
	u8 priority;
	u8 source; /* SGI on GICv2: number of the sender's CPU interface */
	bool hardware; /* deactivate the physical interrupt with the virtual one */
};

struct gic_cpu_private {
	struct virq queue[VIRQ_QUEUE_SIZE];
	u32 queue_head, queue_tail; /* head: next to give, tail: next to fill; they only grow */
};

#endif
