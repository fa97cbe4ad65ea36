// SPDX-License-Identifier: GPL-2.0-only
/* IO-APICs and their pins in configurations. */
#include <apic_rules.h>
#include <errno.h>
#include <ioapic.h>
#include <ioapic_rules.h>
#include <printk.h>

static int refuse_chip(const struct jailhouse_cell_desc *desc, const struct jailhouse_irqchip *chip,
		       const char *why)
{
	return refuse(-EINVAL, "irqchip %u of cell \"%s\" (0x%llx): %s",
		      (u32)(chip - jailhouse_cell_irqchips(desc)), desc->name, chip->address, why);
}

static bool has_too_many_pins(const struct jailhouse_irqchip *chip)
{
	for (u32 n = 0; n < 32 * ARRAY_SIZE(chip->pin_bitmap); n++)
		if ((chip->pin_bitmap[n / 32] & BIT(n % 32)) &&
		    (u64)chip->pin_base + n >= IOAPIC_MAX_PINS)
			return true;
	return false;
}

static int check_root(const struct jailhouse_cell_desc *desc, const struct jailhouse_irqchip *chip)
{
	const struct jailhouse_irqchip *first = ioapic_chip_at(desc, chip->address);

	if (!chip->address || !page_aligned(chip->address) || chip->address == APIC_ADDRESS ||
	    chip->address > MASK64(51, 0))
		return refuse_chip(desc, chip, "an IO-APIC cannot be there");
	if (chip->id > 0xffff || chip->id != first->id)
		return refuse_chip(desc, chip, "its ID is not the requester ID of an IO-APIC");
	if (has_too_many_pins(chip))
		return refuse_chip(desc, chip, "it has too many pins");
	return apic_check_regions(desc, "IO-APIC", chip->address);
}

int ioapic_check_system(const struct jailhouse_system *system)
{
	const struct jailhouse_cell_desc *root = &system->root_cell;
	const struct jailhouse_irqchip *chip;
	u32 units = 0;
	int err;

	for_each_chip (chip, root) {
		err = check_root(root, chip);
		if (err)
			return err;
		if (ioapic_chip_at(root, chip->address) == chip && ++units > IOAPIC_MAX_UNITS)
			return refuse_chip(root, chip, "there are too many IO-APICs");
		if (ranges_overlap(chip->address, PAGE_SIZE, system->hypervisor_memory.phys_start,
				   system->hypervisor_memory.size))
			return refuse_chip(root, chip, "it overlaps the hypervisor memory");
	}
	return 0;
}

static const struct cell *other_owner(u64 address, u32 pin)
{
	const struct cell *cell;

	for_each_non_root_cell (cell)
		if (ioapic_config_has_pin(cell->config, address, pin))
			return cell;
	return NULL;
}

static int check_pin(const struct jailhouse_irqchip *chip, u32 pin)
{
	const struct cell *owner = other_owner(chip->address, pin);

	if (owner)
		return refuse(-EBUSY, "pin %u of the IO-APIC at 0x%llx belongs to cell \"%s\"", pin,
			      chip->address, owner->config->name);
	if (!ioapic_config_has_pin(root_cell.config, chip->address, pin))
		return refuse(-EINVAL, "pin %u of the IO-APIC at 0x%llx is not the root cell's",
			      pin, chip->address);
	return 0;
}

static int check_chip(const struct jailhouse_cell_desc *desc, const struct jailhouse_irqchip *chip)
{
	const struct jailhouse_irqchip *known = ioapic_chip_at(root_cell.config, chip->address);
	int err = 0;

	if (!known || known->id != chip->id)
		return refuse_chip(desc, chip, "the root cell has no such IO-APIC");
	if (has_too_many_pins(chip))
		return refuse_chip(desc, chip, "it has too many pins");
	for (u32 pin = 0; !err && pin < IOAPIC_MAX_PINS; pin++)
		if (ioapic_config_has_pin(desc, chip->address, pin))
			err = check_pin(chip, pin);
	return err;
}

int ioapic_check_cell(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_irqchip *chip;
	int err = 0;

	for_each_chip (chip, desc)
		err = err ? err : check_chip(desc, chip);
	/* Also those of which it gets nothing. */
	for_each_chip (chip, root_cell.config)
		err = err ? err : apic_check_regions(desc, "IO-APIC", chip->address);
	return err;
}
