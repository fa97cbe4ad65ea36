// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt messages of PCI functions. With remapping, the hardware sends the number of its vector, and the IOMMU has the route.
 * Without, it sends a message that is confined to the cell.
 */
#include <iommu.h>
#include <irq.h>

#define MSI_ADDRESS 0xfee00000

static const struct irq_message nothing;

u32 arch_pci_max_vectors(void)
{
	return iommu_present() ? IOMMU_MAX_INTERRUPTS : PCI_MSIX_MAX_VECTORS;
}

static struct irq_message confined(const struct cell *cell, const struct pci_message *guest)
{
	struct irq_message irq = irq_from_msi(guest->address, guest->data);

	irq_confine(cell, &irq);
	return irq;
}

/** Destinations of more than 8 bits cannot be said without remapping. */
static struct pci_message direct(const struct irq_message *irq)
{
	struct pci_message message = { 0 };

	message.valid = irq_to_msi(irq, &message.address, &message.data);
	return message;
}

struct pci_message arch_pci_route(const struct cell *cell, u16 bdf, u32 n,
				  const struct pci_message *guest)
{
	struct irq_message irq = confined(cell, guest);

	if (!iommu_present())
		return direct(&irq);
	iommu_set_interrupt(bdf, n, &irq);
	return (struct pci_message){ irq.valid, MSI_ADDRESS, n };
}

void arch_pci_route_raw(const struct cell *cell, u16 bdf, const struct pci_message *guest)
{
	struct irq_message irq = confined(cell, guest);

	iommu_set_interrupt(bdf, guest->data % IOMMU_MAX_INTERRUPTS, &irq);
}

void arch_pci_block(u16 bdf, u32 n)
{
	iommu_set_interrupt(bdf, n, &nothing);
}
