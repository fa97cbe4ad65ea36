/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What of a write to configuration space passes, and what is not read from hardware. Pure: no hardware.
 * Configuration space is looked at in aligned words of 32 bits; reg is the offset of one.
 *
 * The header: the bits of a table. BARs: only in shadow, they never move. Capabilities: those that the configuration
 * marks PCICAPS_WRITE, but for those that would move memory or make functions, and MSI and MSI-X, which are in shadow wherever the
 * hardware has them. All else ignores writes.
 */
#ifndef PCI_CONFIG_H
#define PCI_CONFIG_H

#include <pci.h>

/* Type 0 and 1 headers (PCI Local Bus 3.0, 6.1; PCI-to-PCI Bridge 1.2, 3.2) */
#define PCI_ID             0x00
#define PCI_COMMAND        0x04
#define PCI_STATUS         0x06
#define PCI_CACHE_LINE     0x0c
#define PCI_HEADER_TYPE    0x0e
#define PCI_BAR0           0x10
#define PCI_ROM            0x30 /* type 0 */
#define PCI_CAP_POINTER    0x34
#define PCI_INTERRUPT_LINE 0x3c
#define PCI_HEADER_END     0x40
#define PCI_STANDARD_SIZE  0x100 /* without the extended registers */

#define PCI_COMMAND_IO           0x0001
#define PCI_COMMAND_MEMORY       0x0002
#define PCI_COMMAND_MASTER       0x0004
#define PCI_COMMAND_INTX_DISABLE 0x0400
#define PCI_STATUS_CAPS          0x0010
#define PCI_HEADER_LAYOUT        0x7f /* of the header type: 0 or 1 */
#define PCI_ROM_ENABLE           0x1

#define PCI_BAR_IO        0x1
#define PCI_BAR_MEM_TYPE  0x6
#define PCI_BAR_MEM_64    0x4
#define PCI_BAR_MEM_FLAGS 0xf

/** Number of BARs of this kind of function. */
u32 pci_num_bars(const struct pci_device *device);

/** Where a memory BAR decodes, and how much: false if it is none. */
bool pci_bar_range(const struct pci_device *device, u32 n, u64 *start, u64 *size);

/** Bits of the word that the core answers; these are in *value. The others are the hardware's. */
u32 pci_shadow_bits(const struct pci_device *device, u32 reg, u32 *value);

/**
 * Is this capability, with JAILHOUSE_PCI_EXT_CAP if extended, for no cell to write? Such move or resize memory, make functions or
 * requests as another, or are an IOMMU; or they are MSI and MSI-X.
 */
bool pci_is_forbidden(u16 id);

/** Bits of the word that the cell may write to the hardware. */
u32 pci_writable_bits(const struct pci_device *device, u32 reg);

/** What to write to the hardware where it has old: the given bits come from value. */
u32 pci_merge(const struct pci_device *device, u32 reg, u32 old, u32 bits, u32 value);

/** Cell writes some bits of a BAR. True: that is where it belongs, and the hardware may be told so. */
bool pci_bar_write(struct pci_device *device, u32 n, u32 bits, u32 value);

/** The number of the BAR at reg, PCI_BARS if there is none. */
u32 pci_bar_at(const struct pci_device *device, u32 reg);

/** Of the vectors that are there, leave those that the configuration lets the cell use. */
void pci_limit(struct pci_device *device);

/** Forget what the cell wrote; the hardware is not told. */
void pci_forget(struct pci_device *device);

/** Is reg a word of the hardware's MSI (MSI-X) capability? */
bool pci_in_msi(const struct pci_device *device, u32 reg);
bool pci_in_msix(const struct pci_device *device, u32 reg);

#endif
