// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Interrupts, whatever the controller. */
#include <arch/gic.h>

/* GICv2 adds the sender's CPU number above the ID of an SGI. */
#define IRQ_ID_MASK 0x3ff

static const struct gic *gic;
static irq_handler_t handler;

void irq_init(irq_handler_t irq_handler)
{
	handler = irq_handler;
	gic = comm_region->gic_version >= 3 ? &gic_v3 : &gic_v2;
	gic->init();
	irq_init_cpu();
}

void irq_init_cpu(void)
{
	gic->init_cpu();
	enable_irqs();
}

void irq_enable(unsigned int irq)
{
	gic->enable(irq);
}

void irq_send_ipi(unsigned int cpu_id, unsigned int irq)
{
	gic->send_ipi(cpu_id, irq);
}

/* Called by the exception vectors. */
void irq_dispatch(void)
{
	unsigned int acknowledged = gic->acknowledge();
	unsigned int irq = acknowledged & IRQ_ID_MASK;

	if (irq >= GIC_FIRST_SPECIAL)
		return;
	handler(irq);
	gic->end(acknowledged);
}
