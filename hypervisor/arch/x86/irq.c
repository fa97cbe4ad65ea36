// SPDX-License-Identifier: GPL-2.0-only
#include <apic_rules.h>
#include <asm/apic_regs.h>
#include <irq.h>

/* Message address and data (Intel SDM 3, 11.11) */
#define MSI_ADDRESS_TOP MASK64(63, 20)
#define MSI_DESTINATION MASK64(19, 12)
#define MSI_LOGICAL     BIT64(2)
#define MSI_ASSERT      BIT(14)
#define MSI_LEVEL       BIT(15)

static bool may_be_sent(const struct irq_message *msg)
{
	return msg->valid && msg->vector >= APIC_FIRST_VECTOR &&
	       (msg->delivery_mode == DELIVERY_FIXED || msg->delivery_mode == DELIVERY_LOWEST);
}

void irq_confine(const struct cell *cell, struct irq_message *msg)
{
	u32 targets[CPU_SET_WORDS], first;

	msg->valid = may_be_sent(msg);
	if (!msg->valid)
		return;
	apic_targets(cell, msg->destination, msg->logical, targets);
	first = cpu_set_next(targets, 0);
	msg->valid = first < MAX_CPUS;
	if (!msg->valid)
		return;
	msg->delivery_mode = DELIVERY_FIXED;
	msg->logical = false;
	msg->destination = cpu_public(first)->arch.apic_id;
}

struct irq_message irq_from_msi(u64 address, u32 data)
{
	return (struct irq_message){
		.valid = (address & MSI_ADDRESS_TOP) == APIC_ADDRESS,
		.vector = FIELD(APIC_VECTOR, data),
		.delivery_mode = FIELD(APIC_DELIVERY, data),
		.logical = address & MSI_LOGICAL,
		.level = data & MSI_LEVEL,
		.destination = FIELD(MSI_DESTINATION, address),
	};
}

bool irq_to_msi(const struct irq_message *msg, u64 *address, u32 *data)
{
	if (!msg->valid || msg->destination >= XAPIC_BROADCAST)
		return false;
	*address = APIC_ADDRESS | FIELD_PREP(MSI_DESTINATION, msg->destination);
	*data = msg->vector | (msg->level ? MSI_LEVEL | MSI_ASSERT : 0);
	return true;
}
