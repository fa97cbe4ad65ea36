// SPDX-License-Identifier: GPL-2.0-only
#include <ioapic_rules.h>
#include <iommu.h>

struct irq_message ioapic_message(u64 entry)
{
	return (struct irq_message){
		.valid = true,
		.vector = FIELD(APIC_VECTOR, entry),
		.delivery_mode = FIELD(APIC_DELIVERY, entry),
		.logical = entry & IOAPIC_LOGICAL,
		.level = entry & IOAPIC_LEVEL,
		.destination = FIELD(IOAPIC_DESTINATION, entry),
	};
}

u64 ioapic_silent_entry(u64 guest)
{
	return (guest & IOAPIC_PIN_KIND) | IOAPIC_MASKED;
}

#define UPPER_INDEX 0x100

u64 ioapic_entry(u64 guest, const struct irq_message *msg, u32 index)
{
	return (guest & (IOAPIC_PIN_KIND | IOAPIC_MASKED)) | FIELD_PREP(IOAPIC_INDEX, index) |
	       FIELD_PREP(IOAPIC_DESTINATION, (u64)msg->destination);
}

bool ioapic_index_fits(u32 index, const struct irq_message *msg)
{
	return index < IOMMU_MAX_INTERRUPTS && (!msg->level || (index & 0xff) == msg->vector);
}

u32 ioapic_choose_index(const u32 *used, const struct irq_message *msg)
{
	u32 index = msg->level ? msg->vector | UPPER_INDEX : msg->vector;

	if (!bit_test(used, index))
		return index;
	if (msg->level)
		return bit_test(used, msg->vector) ? IOAPIC_NO_INDEX : msg->vector;
	/* Vectors below 16 do not exist: no level-triggered pin will ever need these. */
	for (index = 0; index < IOMMU_MAX_INTERRUPTS; index++)
		if (index % UPPER_INDEX < APIC_FIRST_VECTOR && !bit_test(used, index))
			return index;
	return IOAPIC_NO_INDEX;
}

const struct jailhouse_irqchip *ioapic_chip_at(const struct jailhouse_cell_desc *desc, u64 address)
{
	const struct jailhouse_irqchip *chip;

	for_each_chip (chip, desc)
		if (chip->address == address)
			return chip;
	return NULL;
}

static bool chip_has_pin(const struct jailhouse_irqchip *chip, u32 pin)
{
	u32 bit = pin - chip->pin_base;

	return pin >= chip->pin_base && bit < 32 * ARRAY_SIZE(chip->pin_bitmap) &&
	       (chip->pin_bitmap[bit / 32] & BIT(bit % 32));
}

bool ioapic_config_has_pin(const struct jailhouse_cell_desc *desc, u64 address, u32 pin)
{
	const struct jailhouse_irqchip *chip;

	for_each_chip (chip, desc)
		if (chip->address == address && chip_has_pin(chip, pin))
			return true;
	return false;
}
