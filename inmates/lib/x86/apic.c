// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Interrupts, all through the local APIC. */
#include <inmate.h>
#include <arch/apic.h>

static irq_handler_t handler;
static u32 enabled[VECTORS / 32];

void x2apic_enable(void)
{
	u64 base = read_msr(MSR_APIC_BASE);

	/* In a cell it is so from the beginning; on a bare machine it need not be. */
	if (!(base & APIC_BASE_X2APIC))
		write_msr(MSR_APIC_BASE, base | APIC_BASE_ENABLE | APIC_BASE_X2APIC);
}

unsigned int cpu_id(void)
{
	return read_msr(X2APIC_ID);
}

void irq_init_cpu(void)
{
	write_msr(X2APIC_TPR, 0);
	write_msr(X2APIC_SVR, SVR_ENABLE | SPURIOUS_VECTOR);
	enable_irqs();
}

void irq_init(irq_handler_t irq_handler)
{
	handler = irq_handler;
	irq_init_cpu();
}

void irq_enable(unsigned int irq)
{
	__atomic_fetch_or(&enabled[irq % VECTORS / 32], 1U << irq % 32, __ATOMIC_RELAXED);
}

void irq_send_ipi(unsigned int cpu_id, unsigned int irq)
{
	write_msr(X2APIC_ICR, ICR_TO(cpu_id) | ICR_ASSERT | irq);
}

/* Called by the exception vectors. */
void irq_dispatch(unsigned int vector)
{
	if (vector == SPURIOUS_VECTOR)
		return;
	if (handler && enabled[vector / 32] & 1U << vector % 32)
		handler(vector);
	write_msr(X2APIC_EOI, 0);
	ioapic_end(vector);
}
