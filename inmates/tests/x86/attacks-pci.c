// SPDX-License-Identifier: GPL-2.0-only
/* Configuration space of own and foreign devices, and messages that a device is told to send. */
#include "attack_lists.h"
#include "edu.h"
#include <asm/pio.h>

#define CFG_COMMAND 0x04
#define CFG_BAR0    0x10
#define CFG_LAST    0xfc
#define FUNCTIONS   0x100 /* of bus 0 */

#define CAP_ID_MSI     0x05
#define MSI_CONTROL    2
#define MSI_ADDRESS    4
#define MSI_64BIT_DATA 12
#define MSI_ENABLE     1
#define MSI_TO(id)     (0xfee00000 | (id) << 12)
#define MSI_LOGICAL    (1 << 2)
#define MSI_REDIRECT   (1 << 3)
#define MSI_MODE(mode) ((mode) << 8)
#define MSI_LEVEL      0xc000
#define OWN_VECTOR     80

static bool is_visible(u16 bdf)
{
	return pci_read_config(bdf, 0, 4) != 0xffffffff;
}

static void list(void)
{
	unsigned int bdf, count = 0;

	for (bdf = 0; bdf < FUNCTIONS; bdf++) {
		if (!is_visible(bdf))
			continue;
		printk("device %02x.%x: %08x\n", bdf >> 3, bdf & 7, pci_read_config(bdf, 0, 4));
		count++;
	}
	survived(count);
}

/* Switches off and moves whatever it does not see; that is to have no effect, and nothing to be read. */
static void foreign(void)
{
	unsigned int bdf, reg, seen = 0;

	for (bdf = 0; bdf < FUNCTIONS; bdf++) {
		if (is_visible(bdf))
			continue;
		pci_write_config(bdf, CFG_COMMAND, 0, 2);
		for (reg = CFG_BAR0; reg <= CFG_LAST; reg += 4) {
			pci_write_config(bdf, reg, 0, 4);
			if (pci_read_config(bdf, reg, 4) != 0xffffffff)
				seen++;
		}
	}
	check("registers seen", seen, 0);
	survived(seen);
}

/** Returns the edu's bdf, or -1 and complains. */
static int find_edu(void)
{
	int bdf = edu_init();

	check("edu", bdf >= 0, 1);
	return bdf;
}

/* All bits of all registers of its own device, as far as they can be set; in all widths. */
static void own_registers(void)
{
	int bdf = find_edu();
	unsigned int reg;

	if (bdf < 0)
		return;
	for (reg = 0; reg <= CFG_LAST; reg += 4) {
		u32 before = pci_read_config(bdf, reg, 4);

		pci_write_config(bdf, reg, 0xffffffff, 4);
		pci_write_config(bdf, reg + 2, 0, 2);
		pci_write_config(bdf, reg + 1, 0, 1);
		printk("register 0x%02x 0x%08x 0x%08x\n", reg, before,
		       pci_read_config(bdf, reg, 4));
		pci_write_config(bdf, reg, before, 4);
	}
	survived(0);
}

/* Moves its device over the hypervisor, and over the local APIC. */
static void move_bar(void)
{
	int bdf = find_edu();

	if (bdf < 0)
		return;
	pci_write_config(bdf, CFG_BAR0, HYPERVISOR, 4);
	serve_seconds(1);
	pci_write_config(bdf, CFG_BAR0, 0xfee00000, 4);
	serve_seconds(1);
	survived(pci_read_config(bdf, CFG_BAR0, 4));
}

/* The address port in other widths, and data without an address. */
static void odd_ports(void)
{
	outb(0x80, 0xcfb);
	outw(0x8000, 0xcfa);
	outl(0, 0xcf8);
	check("disabled", inl(0xcfc), 0xffffffff);
	outl(0, 0xcfc);
	outl(0x80ffff00, 0xcf8);
	outl(0, 0xcfc);
	survived(inl(0xcf8));
}

/* By memory, where the communication region says so. */
static void mapped(void)
{
	u8 *base = (u8 *)(unsigned long)comm_region->pci_mmconfig_base;
	unsigned int bdf, seen = 0;

	if (!base) {
		printk("no MMCONFIG\n");
		return;
	}
	map_range(base, FUNCTIONS << 12, MAP_UNCACHED);
	for (bdf = 0; bdf < FUNCTIONS; bdf++) {
		if (is_visible(bdf))
			continue;
		mmio_write16(base + (bdf << 12) + CFG_COMMAND, 0);
		if (mmio_read32(base + (bdf << 12)) != 0xffffffff)
			seen++;
	}
	check("devices seen", seen, 0);
	survived(seen);
}

/** Has the device send that message, as far as it may. */
static void send_message(int bdf, u64 address, u32 data)
{
	int cap = pci_find_cap(bdf, CAP_ID_MSI);

	pci_write_config(bdf, cap + MSI_CONTROL, 0, 2);
	pci_write_config(bdf, cap + MSI_ADDRESS, address, 4);
	pci_write_config(bdf, cap + MSI_ADDRESS + 4, address >> 32, 4);
	pci_write_config(bdf, cap + MSI_64BIT_DATA, data, 2);
	pci_write_config(bdf, cap + MSI_CONTROL, MSI_ENABLE, 2);
	edu_raise();
	delay_us(1000);
}

/** Checks that just its own messages arrive. Returns the device, or -1. */
static int prepare_messages(void)
{
	int bdf = find_edu();

	if (bdf < 0)
		return bdf;
	count_interrupts();
	send_message(bdf, MSI_TO(cpu_id()), OWN_VECTOR);
	check("own message", interrupts_counted(), 1);
	return bdf;
}

static void messages_sent(unsigned int expected)
{
	serve_seconds(1);
	check("interrupts", interrupts_counted(), 1 + expected);
	check("NMIs", nmis_taken(), 0);
	survived(interrupts_counted());
}

static void msi_foreign(void)
{
	int bdf = prepare_messages();
	unsigned int id, vector;

	if (bdf < 0)
		return;
	for (id = 0; id < 8; id++)
		for (vector = 0; id != cpu_id() && vector < 256; vector += 8)
			send_message(bdf, MSI_TO(id), vector);
	messages_sent(0);
}

static void msi_broadcast(void)
{
	int bdf = prepare_messages();

	if (bdf < 0)
		return;
	send_message(bdf, MSI_TO(0xff), OWN_VECTOR);
	send_message(bdf, MSI_TO(0xff) | MSI_LOGICAL, OWN_VECTOR);
	send_message(bdf, MSI_TO(0xff) | MSI_LOGICAL | MSI_REDIRECT, OWN_VECTOR);
	send_message(bdf, MSI_TO(0) | 0xff00000000ULL, OWN_VECTOR);
	serve_seconds(1);
	/* To itself they may come. */
	check("NMIs", nmis_taken(), 0);
	survived(interrupts_counted());
}

/* To its own CPU: SMI, NMI, INIT and the like, and the vectors of exceptions. */
static void msi_modes(void)
{
	int bdf = prepare_messages();
	unsigned int n;

	if (bdf < 0)
		return;
	for (n = 2; n < 8; n++)
		send_message(bdf, MSI_TO(cpu_id()), MSI_MODE(n) | OWN_VECTOR);
	for (n = 0; n < 16; n++)
		send_message(bdf, MSI_TO(cpu_id()), n);
	messages_sent(0);
}

/* A message is a write to memory, as any other. */
static void msi_address(void)
{
	int bdf = prepare_messages();

	if (bdf < 0)
		return;
	send_message(bdf, cmdline_parse_int("addr", HYPERVISOR), 0xdead);
	send_message(bdf, ROOT_RAM, 0xdead);
	send_message(bdf, 0xfed80000, 0xdead);
	messages_sent(0);
}

/* Each index that the remapping hardware could look up. */
static void msi_indices(void)
{
	int bdf = prepare_messages();
	unsigned int n;

	if (bdf < 0)
		return;
	for (n = 0; n < 0x800; n += 7)
		send_message(bdf, MSI_TO(0) | (n & 0xff) << 4, n);
	serve_seconds(1);
	check("NMIs", nmis_taken(), 0);
	survived(interrupts_counted());
}

/** Has the device write a message as data: nobody asks its capability. */
static void write_message(u64 address, u32 data)
{
	static u32 message __attribute__((aligned(16)));

	message = data;
	edu_dma_read((unsigned long)&message, sizeof(message));
	edu_dma_write(address, sizeof(message));
	delay_us(1000);
}

/* To the remapping hardware the data is an index, of an entry that is not there. QEMU takes the IO-APIC for the sender. */
static void msi_written(void)
{
	static const u32 forged[] = { OWN_VECTOR, 0xec, MSI_MODE(4), MSI_MODE(5) | MSI_LEVEL };
	unsigned int id, n;

	if (prepare_messages() < 0)
		return;
	for (id = 0; id < 4; id++)
		for (n = 0; n < ARRAY_SIZE(forged); n++)
			write_message(MSI_TO(id), forged[n]);
	messages_sent(0);
}

const struct attack pci_attacks[] = {
	{ "pci-list", list },
	{ "pci-foreign", foreign },
	{ "pci-own-registers", own_registers },
	{ "pci-move-bar", move_bar },
	{ "pci-odd-ports", odd_ports },
	{ "pci-mapped", mapped },
	{ "msi-foreign", msi_foreign },
	{ "msi-broadcast", msi_broadcast },
	{ "msi-modes", msi_modes },
	{ "msi-address", msi_address },
	{ "msi-indices", msi_indices },
	{ "msi-written", msi_written },
	{ NULL, NULL },
};
