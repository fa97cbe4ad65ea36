/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * MSI and MSI-X as a cell sees them (PCI Local Bus 3.0, 6.8): registers that hold what it wrote. Pure: no hardware.
 * Offsets are in bytes, registers of the configuration space are handled as aligned words of 32 bits.
 */
#ifndef PCI_MSI_H
#define PCI_MSI_H

#include <jailhouse/types.h>

#define PCI_MSI_MAX_LOG2     5 /* 32 vectors */
#define PCI_MSIX_MAX_VECTORS 2048
#define PCI_MSIX_ENTRY_SIZE  16
#define PCI_MSIX_LENGTH      12 /* bytes of the capability */

/* Message control, in the upper half of the capability's first word */
#define PCI_MSI_ENABLE      0x00010000
#define PCI_MSI_CAPABLE     0x000e0000 /* log2 of vectors that the function has */
#define PCI_MSI_IN_USE      0x00700000 /* log2 of vectors that it may use */
#define PCI_MSI_64BIT       0x00800000
#define PCI_MSI_MASKABLE    0x01000000
#define PCI_MSIX_TABLE_SIZE 0x07ff0000 /* minus 1 */
#define PCI_MSIX_MASK_ALL   0x40000000
#define PCI_MSIX_ENABLE     0x80000000
#define PCI_MSIX_BIR        0x00000007 /* of the word at 4 */
#define PCI_MSIX_ENTRY_MASK 0x00000001 /* of an entry's last word */

struct pci_message {
	bool valid; /* false: nothing is to be sent */
	u64 address;
	u32 data;
};

/** Registers of MSI; where they are depends on its kind. */
enum pci_msi_register {
	PCI_MSI_CONTROL,
	PCI_MSI_ADDRESS_LOW,
	PCI_MSI_ADDRESS_HIGH,
	PCI_MSI_DATA,
	PCI_MSI_MASK,
	PCI_MSI_PENDING,
	PCI_MSI_REGISTERS,
};

struct pci_msi {
	u8 offset; /* of the capability in hardware; 0: there is none */
	bool usable; /* by the cell; else its registers are read-only */
	bool wide, maskable; /* address of 64 bits; a mask bit for each vector */
	u32 word[PCI_MSI_REGISTERS]; /* as the cell sees them; PCI_MSI_CAPABLE is what it may have */
};

/** Logarithm, rounded down; 0 of 0. */
u32 pci_log2(u32 value);

/** Bytes that the capability has. */
u32 pci_msi_length(const struct pci_msi *msi);

/** The word at offset from the capability: *bits are those that are not the hardware's, and are returned. */
u32 pci_msi_read(const struct pci_msi *msi, u32 offset, u32 *bits);

/** Write the given bits of a word. */
void pci_msi_write(struct pci_msi *msi, u32 offset, u32 bits, u32 value);

/** Vectors that are in use: 0 if disabled. */
u32 pci_msi_count(const struct pci_msi *msi);

/** What vector n < pci_msi_count() is to send. */
struct pci_message pci_msi_message(const struct pci_msi *msi, u32 n);

/** Forget what was written. */
void pci_msi_reset(struct pci_msi *msi);

struct pci_msix {
	u8 offset; /* of the capability in hardware; 0: there is none */
	u16 hw_vectors; /* entries of the hardware's table */
	u16 vectors; /* of them the cell may use and see so many, the first ones; 0: its registers are read-only */
	u64 table; /* its physical address */
	u64 trap, trap_size; /* it and what is around it on its pages, as far as the BAR reaches */
	u32 control; /* the capability's first word as the cell wrote it */
	u32 *word; /* the table as the cell wrote it: address, upper address, data, control; all again for the next vector */
};

/** As for MSI; only the first word has bits that are not the hardware's. */
u32 pci_msix_read(const struct pci_msix *msix, u32 offset, u32 *bits);
void pci_msix_write(struct pci_msix *msix, u32 offset, u32 bits, u32 value);

/** Are vectors sent, but for those that are masked? */
bool pci_msix_active(const struct pci_msix *msix);

/** Read 4 or 8 bytes, aligned, of the table. Anything else, or an entry that the cell has not: ~0. */
u64 pci_msix_table_read(const struct pci_msix *msix, u32 offset, u32 size);

/** Write likewise; false: ignored. */
bool pci_msix_table_write(struct pci_msix *msix, u32 offset, u32 size, u64 value);

/** Is vector n masked by its entry, or not the cell's? */
bool pci_msix_masked(const struct pci_msix *msix, u32 n);

/** What vector n is to send, masked or not; not valid if it is not the cell's. */
struct pci_message pci_msix_message(const struct pci_msix *msix, u32 n);

/** Forget what was written: all masked. */
void pci_msix_reset(struct pci_msix *msix);

#endif
