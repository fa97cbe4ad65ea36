// SPDX-License-Identifier: GPL-2.0-only
#include <bits.h>
#include <pci_msi.h>
#include <string.h>

#define ADDRESS_LOW_BITS 0xfffffffc
#define DATA_BITS        0xffff

static enum pci_msi_register register_at(const struct pci_msi *msi, u32 offset)
{
	u32 n = offset / 4;

	return n >= PCI_MSI_ADDRESS_HIGH && !msi->wide ? n + 1 : n;
}

u32 pci_log2(u32 value)
{
	return 31 - __builtin_clz(value | 1);
}

u32 pci_msi_length(const struct pci_msi *msi)
{
	return (msi->maskable ? 20 : 10) + (msi->wide ? 4 : 0);
}

u32 pci_msi_read(const struct pci_msi *msi, u32 offset, u32 *bits)
{
	static const u32 known[PCI_MSI_REGISTERS] = {
		PCI_MSI_ENABLE | PCI_MSI_CAPABLE | PCI_MSI_IN_USE, ~0U, ~0U, DATA_BITS, ~0U,
	};
	enum pci_msi_register n = register_at(msi, offset);

	*bits = known[n];
	return msi->word[n];
}

void pci_msi_write(struct pci_msi *msi, u32 offset, u32 bits, u32 value)
{
	static const u32 writable[PCI_MSI_REGISTERS] = {
		PCI_MSI_ENABLE | PCI_MSI_IN_USE, ADDRESS_LOW_BITS, ~0U, DATA_BITS, ~0U,
	};
	u32 *word = &msi->word[register_at(msi, offset)];
	u32 *control = &msi->word[PCI_MSI_CONTROL], most = FIELD(PCI_MSI_CAPABLE, *control);

	bits &= writable[register_at(msi, offset)];
	*word = (*word & ~bits) | (value & bits);
	if (FIELD(PCI_MSI_IN_USE, *control) > most)
		*control = (*control & ~PCI_MSI_IN_USE) | FIELD_PREP(PCI_MSI_IN_USE, most);
}

static u32 vectors(const struct pci_msi *msi)
{
	return 1U << FIELD(PCI_MSI_IN_USE, msi->word[PCI_MSI_CONTROL]);
}

u32 pci_msi_count(const struct pci_msi *msi)
{
	return msi->word[PCI_MSI_CONTROL] & PCI_MSI_ENABLE ? vectors(msi) : 0;
}

static u64 address_of(const u32 *word)
{
	return word[0] | (u64)word[1] << 32;
}

struct pci_message pci_msi_message(const struct pci_msi *msi, u32 n)
{
	/* The function replaces as many low bits as it may use. */
	return (struct pci_message){ true, address_of(&msi->word[PCI_MSI_ADDRESS_LOW]),
				     (msi->word[PCI_MSI_DATA] & -vectors(msi)) | n };
}

void pci_msi_reset(struct pci_msi *msi)
{
	u32 capable = msi->word[PCI_MSI_CONTROL] & PCI_MSI_CAPABLE;

	memset(msi->word, 0, sizeof(msi->word));
	msi->word[PCI_MSI_CONTROL] = capable;
}

/* --- MSI-X ---------------------------------------------------------------------------------- */

u32 pci_msix_read(const struct pci_msix *msix, u32 offset, u32 *bits)
{
	*bits = offset ? 0 : PCI_MSIX_ENABLE | PCI_MSIX_MASK_ALL | PCI_MSIX_TABLE_SIZE;
	return msix->control & *bits;
}

void pci_msix_write(struct pci_msix *msix, u32 offset, u32 bits, u32 value)
{
	bits &= offset ? 0 : PCI_MSIX_ENABLE | PCI_MSIX_MASK_ALL;
	msix->control = (msix->control & ~bits) | (value & bits);
}

bool pci_msix_active(const struct pci_msix *msix)
{
	return (msix->control & (PCI_MSIX_ENABLE | PCI_MSIX_MASK_ALL)) == PCI_MSIX_ENABLE;
}

static bool table_access_fits(const struct pci_msix *msix, u32 offset, u32 size)
{
	return (size == 4 || size == 8) && (offset & (size - 1)) == 0 &&
	       offset / PCI_MSIX_ENTRY_SIZE < msix->vectors;
}

u64 pci_msix_table_read(const struct pci_msix *msix, u32 offset, u32 size)
{
	if (!table_access_fits(msix, offset, size))
		return ~0ULL;
	return size == 8 ? address_of(&msix->word[offset / 4]) : msix->word[offset / 4];
}

bool pci_msix_table_write(struct pci_msix *msix, u32 offset, u32 size, u64 value)
{
	static const u32 writable[] = { ADDRESS_LOW_BITS, ~0U, ~0U, PCI_MSIX_ENTRY_MASK };

	if (!table_access_fits(msix, offset, size))
		return false;
	for (u32 n = offset / 4; n < (offset + size) / 4; n++, value >>= 32)
		msix->word[n] = value & writable[n % 4];
	return true;
}

bool pci_msix_masked(const struct pci_msix *msix, u32 n)
{
	return n >= msix->vectors || (msix->word[4 * n + 3] & PCI_MSIX_ENTRY_MASK);
}

struct pci_message pci_msix_message(const struct pci_msix *msix, u32 n)
{
	const u32 *word = &msix->word[4 * n];

	if (n >= msix->vectors)
		return (struct pci_message){ 0 };
	return (struct pci_message){ true, address_of(word), word[2] };
}

void pci_msix_reset(struct pci_msix *msix)
{
	msix->control &= PCI_MSIX_TABLE_SIZE;
	for (u32 n = 0; n < 4 * msix->vectors; n++)
		msix->word[n] = n % 4 == 3 ? PCI_MSIX_ENTRY_MASK : 0;
}
