// SPDX-License-Identifier: GPL-2.0-only
/* Reference: Intel 82574 Gigabit Ethernet Controller Family datasheet (82574), chapters 7 and 10; legacy descriptors. */
#include "e1000.h"

#define VENDOR_INTEL 0x8086
#define DEVICE_82574 0x10d3
#define BAR_SIZE     0x20000

#define PCI_CFG_COMMAND 0x04
#define COMMAND_MEMORY  (1 << 1)
#define COMMAND_MASTER  (1 << 2)

#define REG_CTRL   0x0000
#define CTRL_SLU   (1 << 6)
#define CTRL_RST   (1 << 26)
#define REG_STATUS 0x0008
#define STATUS_LU  (1 << 1)
#define REG_IMC    0x00d8
#define REG_RCTL   0x0100
#define RCTL_EN    (1 << 1)
#define RCTL_UPE   (1 << 3)
#define RCTL_BAM   (1 << 15) /* buffers of 2048 bytes */
#define REG_TCTL   0x0400
#define TCTL_EN    (1 << 1)
#define TCTL_PSP   (1 << 3)
#define REG_RDBAL  0x2800
#define REG_RDBAH  0x2804
#define REG_RDLEN  0x2808
#define REG_RDH    0x2810
#define REG_RDT    0x2818
#define REG_TDBAL  0x3800
#define REG_TDBAH  0x3804
#define REG_TDLEN  0x3808
#define REG_TDH    0x3810
#define REG_TDT    0x3818
#define REG_RAL0   0x5400
#define REG_RAH0   0x5404

#define TX_EOP      (1 << 0)
#define TX_IFCS     (1 << 1)
#define TX_RS       (1 << 3)
#define STATUS_DONE (1 << 0)

#define RING_SIZE   8 /* the smallest there is: 128 bytes */
#define BUFFER_SIZE 2048

struct tx_descriptor {
	u64 address;
	u16 len;
	u8 cso, cmd;
	volatile u8 status;
	u8 css;
	u16 special;
};

struct rx_descriptor {
	u64 address;
	u16 len;
	u16 checksum;
	volatile u8 status;
	u8 errors;
	u16 special;
};

static int bdf;
static u8 *regs;
static struct tx_descriptor tx_ring[RING_SIZE] __attribute__((aligned(128)));
static struct rx_descriptor rx_ring[RING_SIZE] __attribute__((aligned(128)));
static u8 rx_buffers[RING_SIZE][BUFFER_SIZE], tx_buffer[BUFFER_SIZE];
static unsigned int tx_next, rx_next;

static u32 reg_read(unsigned int reg)
{
	return mmio_read32(regs + reg);
}

static void reg_write(unsigned int reg, u32 value)
{
	mmio_write32(regs + reg, value);
}

static void reset(void)
{
	reg_write(REG_IMC, ~0U);
	reg_write(REG_RCTL, 0);
	reg_write(REG_TCTL, 0);
	reg_write(REG_CTRL, reg_read(REG_CTRL) | CTRL_RST);
	delay_us(20000);
	reg_write(REG_IMC, ~0U);
	reg_write(REG_CTRL, reg_read(REG_CTRL) | CTRL_SLU);
}

static void give_rx(unsigned int n, u64 address)
{
	rx_ring[n].address = address;
	rx_ring[n].status = 0;
}

static void start_rx(void)
{
	unsigned int n;

	for (n = 0; n < RING_SIZE; n++)
		give_rx(n, (unsigned long)rx_buffers[n]);
	reg_write(REG_RDBAL, (unsigned long)rx_ring);
	reg_write(REG_RDBAH, 0);
	reg_write(REG_RDLEN, sizeof(rx_ring));
	reg_write(REG_RDH, 0);
	reg_write(REG_RCTL, RCTL_EN | RCTL_UPE | RCTL_BAM);
	reg_write(REG_RDT, RING_SIZE - 1);
	rx_next = 0;
}

static void start_tx(void)
{
	reg_write(REG_TDBAL, (unsigned long)tx_ring);
	reg_write(REG_TDBAH, 0);
	reg_write(REG_TDLEN, sizeof(tx_ring));
	reg_write(REG_TDH, 0);
	reg_write(REG_TDT, 0);
	reg_write(REG_TCTL, TCTL_EN | TCTL_PSP);
	tx_next = 0;
}

bool e1000_init(void)
{
	bdf = pci_find_device(VENDOR_INTEL, DEVICE_82574, 0);
	if (bdf < 0)
		return false;
	regs = pci_map_bar(bdf, 0, BAR_SIZE);
	if (!regs)
		return false;
	pci_write_config(bdf, PCI_CFG_COMMAND, COMMAND_MEMORY | COMMAND_MASTER, 2);
	reset();
	start_rx();
	start_tx();
	return true;
}

void e1000_stop(void)
{
	reset();
	pci_write_config(bdf, PCI_CFG_COMMAND, 0, 2);
}

bool e1000_link_up(void)
{
	return reg_read(REG_STATUS) & STATUS_LU;
}

void e1000_get_mac(u8 *mac)
{
	u32 low = reg_read(REG_RAL0), high = reg_read(REG_RAH0);

	memcpy(mac, &low, 4);
	memcpy(mac + 4, &high, 2);
}

bool e1000_send_from(u64 address, unsigned int len)
{
	struct tx_descriptor *desc = &tx_ring[tx_next];
	unsigned int ms;

	*desc = (struct tx_descriptor){
		.address = address,
		.len = len,
		.cmd = TX_EOP | TX_IFCS | TX_RS,
	};
	tx_next = (tx_next + 1) % RING_SIZE;
	memory_barrier();
	reg_write(REG_TDT, tx_next);
	for (ms = 0; ms < 100 && !(desc->status & STATUS_DONE); ms++)
		delay_us(1000);
	return desc->status & STATUS_DONE;
}

bool e1000_send(const void *frame, unsigned int len)
{
	memcpy(tx_buffer, frame, len);
	return e1000_send_from((unsigned long)tx_buffer, len);
}

unsigned int e1000_receive(void *frame)
{
	struct rx_descriptor *desc = &rx_ring[rx_next];
	unsigned int len;

	if (!(desc->status & STATUS_DONE))
		return 0;
	len = desc->len > E1000_FRAME_MAX ? E1000_FRAME_MAX : desc->len;
	memcpy(frame, rx_buffers[rx_next], len);
	give_rx(rx_next, (unsigned long)rx_buffers[rx_next]);
	memory_barrier();
	reg_write(REG_RDT, rx_next);
	rx_next = (rx_next + 1) % RING_SIZE;
	return len;
}

void e1000_receive_to(u64 address)
{
	unsigned int n;

	for (n = 0; n < RING_SIZE; n++)
		rx_ring[n].address = address;
	memory_barrier();
}
