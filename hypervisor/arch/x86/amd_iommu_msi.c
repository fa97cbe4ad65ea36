// SPDX-License-Identifier: GPL-2.0-only
/* A unit's own interrupt, which says that there are events (48882, 2.5): an NMI, as the core takes no others. */
#include "amd_iommu.h"
#include <arch.h>
#include <asm/apic_regs.h>
#include <errno.h>
#include <pci_msi.h>
#include <printk.h>

/* Of the capability's first word: its ID, and whether addresses have 64 bits */
#define MSI_KIND (PCI_MSI_64BIT | 0xff)

static u32 msi_read(const struct amd_unit *unit, u32 reg)
{
	return arch_pci_read(unit->config->amd.bdf, unit->config->amd.msi_cap + 4 * reg, 4);
}

static void msi_write(const struct amd_unit *unit, u32 reg, u32 value)
{
	arch_pci_write(unit->config->amd.bdf, unit->config->amd.msi_cap + 4 * reg, 4, value);
}

int amd_msi_init(struct amd_unit *unit)
{
	const struct jailhouse_iommu *config = unit->config;

	if (!config->amd.msi_cap)
		return 0;
	if (!amd_has_capability(unit, config->amd.msi_cap, MSI_KIND,
				PCI_MSI_64BIT | PCI_CAP_ID_MSI))
		return refuse(-ENODEV,
			      "IOMMU unit %u: no MSI capability of 64 bits at 0x%x of " BDF_FORMAT,
			      unit->number, config->amd.msi_cap, PCI_BDF(config->amd.bdf));
	for (u32 n = 0; n < AMD_MSI_REGISTERS; n++)
		unit->found_msi[n] = msi_read(unit, n);
	return 0;
}

void amd_msi_send_to(struct amd_unit *unit, u32 apic_id)
{
	const struct irq_message msg = { .valid = true, .destination = apic_id };
	u32 control = unit->found_msi[PCI_MSI_CONTROL] & ~(PCI_MSI_ENABLE | PCI_MSI_IN_USE);
	u64 address;
	u32 data;

	if (!unit->config->amd.msi_cap)
		return;
	unit->can_interrupt = irq_to_msi(&msg, &address, &data);
	if (unit->can_interrupt) {
		control |= PCI_MSI_ENABLE;
		msi_write(unit, PCI_MSI_ADDRESS_LOW, address);
		msi_write(unit, PCI_MSI_ADDRESS_HIGH, address >> 32);
		msi_write(unit, PCI_MSI_DATA, data | FIELD_PREP(APIC_DELIVERY, DELIVERY_NMI));
	}
	msi_write(unit, PCI_MSI_CONTROL, control);
}

void amd_msi_restore(const struct amd_unit *unit)
{
	if (unit->config->amd.msi_cap)
		for (u32 n = AMD_MSI_REGISTERS; n-- > 0;)
			msi_write(unit, n, unit->found_msi[n]);
}
