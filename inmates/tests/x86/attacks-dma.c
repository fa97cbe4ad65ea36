// SPDX-License-Identifier: GPL-2.0-only
/* Devices of the cell that reach for memory outside it: QEMU's edu and an 82574L. */
#include "attack_lists.h"
#include "edu.h"
#include "../../demos/x86/e1000.h"

#define LEN         256
#define FRAME_MIN   60
#define COMM_UNUSED (COMM_REGION_BASE + 0x800)
#define READ_ONLY   0x10000000

static u8 buffer[LEN] __attribute__((aligned(16)));

static bool have_edu(void)
{
	return check("edu", edu_init() >= 0, 1);
}

static bool have_e1000(void)
{
	unsigned int ms;

	if (!check("82574L", e1000_init(), 1))
		return false;
	for (ms = 0; ms < 3000 && !e1000_link_up(); ms++)
		serve_seconds(0), delay_us(1000);
	return check("link", e1000_link_up(), 1);
}

/** How many bytes of memory are not that value. */
static unsigned int count_others(const u8 *bytes, unsigned int len, u8 value)
{
	unsigned int count = 0;

	while (len-- > 0)
		count += *(const volatile u8 *)bytes++ != value;
	return count;
}

/** Has the edu's buffer filled. */
static void fill_edu(u8 value)
{
	memset(buffer, value, LEN);
	edu_dma_read((unsigned long)buffer, LEN);
}

/* Within the cell it works. */
static void inside(void)
{
	if (!have_edu())
		return;
	fill_edu(0xa5);
	memset(buffer, 0, LEN);
	edu_dma_write((unsigned long)buffer, LEN);
	check("bytes that differ", count_others(buffer, LEN, 0xa5), 0);
	survived(0);
}

/* What is blocked reads as zero. */
static void read_outside(void)
{
	if (!have_edu())
		return;
	fill_edu(0xa5);
	edu_dma_read(cmdline_parse_int("addr", ROOT_RAM), LEN);
	memset(buffer, 0xff, LEN);
	edu_dma_write((unsigned long)buffer, LEN);
	survived(*(u32 *)buffer);
	printk("bytes that are not 0: %u\n", count_others(buffer, LEN, 0));
}

/* Nobody but the root cell can see whether it had an effect. */
static void write_outside(void)
{
	if (!have_edu())
		return;
	fill_edu(0xa5);
	edu_dma_write(cmdline_parse_int("addr", ROOT_RAM), LEN);
	survived(0);
}

/* Not for devices, though the cell may read and write it. */
static void write_comm(void)
{
	if (!have_edu())
		return;
	memset((u8 *)COMM_UNUSED, 0, LEN);
	fill_edu(0xa5);
	edu_dma_write(COMM_UNUSED, LEN);
	check("bytes changed", count_others((u8 *)COMM_UNUSED, LEN, 0), 0);
	survived(0);
}

/* From the cell's last bytes on to what is not the cell's. */
static void write_straddle(void)
{
	u8 *last = (u8 *)COMM_REGION_BASE - LEN / 2;

	if (!have_edu())
		return;
	memset((u8 *)COMM_UNUSED, 0, LEN);
	fill_edu(0xa5);
	edu_dma_write((unsigned long)last, LEN);
	survived(*last);
	check("signature", memcmp(comm_region->signature, COMM_REGION_MAGIC, 6), 0);
}

static void bus_master_off(void)
{
	int bdf = edu_init();

	if (!check("edu", bdf >= 0, 1))
		return;
	fill_edu(0xa5);
	memset(buffer, 0, LEN);
	pci_write_config(bdf, 0x04, 1 << 1, 2);
	edu_dma_write((unsigned long)buffer, LEN);
	check("bytes changed", count_others(buffer, LEN, 0), 0);
	survived(0);
}

/* Sends what lies elsewhere to the network. */
static void send_from(u64 address)
{
	if (!have_e1000())
		return;
	memset(buffer, 0xff, FRAME_MIN);
	check("sent from inside", e1000_send(buffer, FRAME_MIN), 1);
	survived(e1000_send_from(address, FRAME_MIN));
	e1000_stop();
}

static void send_outside(void)
{
	send_from(cmdline_parse_int("addr", ROOT_RAM));
}

static void send_hypervisor(void)
{
	send_from(HYPERVISOR);
}

/** A request of ARP for QEMU's gateway, so that something comes back. */
static void send_arp_request(void)
{
	static const u8 arp[] = {
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0,  0, 0x08, 0x06,
		0,    1,    0x08, 0,    6,    4,    0, 1, 0, 0, 0,  0, 0,    0,
		10,   0,    2,    15,   0,    0,    0, 0, 0, 0, 10, 0, 2,    2,
	};
	u8 frame[FRAME_MIN] = { 0 };

	memcpy(frame, arp, sizeof(arp));
	e1000_get_mac(frame + 6);
	e1000_get_mac(frame + 22);
	e1000_send(frame, sizeof(frame));
}

static void receive_to(u64 address)
{
	unsigned int n;

	if (!have_e1000())
		return;
	e1000_receive_to(address);
	for (n = 0; n < 20; n++) {
		send_arp_request();
		delay_us(50000);
	}
	survived(0);
	e1000_stop();
}

static void receive_outside(void)
{
	receive_to(cmdline_parse_int("addr", ROOT_RAM));
}

static void receive_hypervisor(void)
{
	receive_to(HYPERVISOR);
}

/* As the CPU may not write it, so may no device. */
static void receive_readonly(void)
{
	u8 *target = option_address(READ_ONLY, MAP_CACHED);
	u64 before = mmio_read64(target);

	receive_to((unsigned long)target);
	check("memory", mmio_read64(target), before);
}

/* The ring itself out there: the device reads and writes it. */
static void rings_outside(void)
{
	u8 *regs;
	int bdf;

	if (!have_e1000())
		return;
	bdf = pci_find_device(0x8086, 0x10d3, 0);
	regs = pci_map_bar(bdf, 0, 0x20000);
	mmio_write32(regs + 0x3800, HYPERVISOR); /* TDBAL */
	mmio_write32(regs + 0x3818, 4); /* TDT */
	serve_seconds(1);
	survived(mmio_read32(regs + 0x3810)); /* TDH */
	e1000_stop();
}

const struct attack dma_attacks[] = {
	{ "dma-inside", inside },
	{ "dma-read-outside", read_outside },
	{ "dma-write-outside", write_outside },
	{ "dma-write-comm", write_comm },
	{ "dma-write-straddle", write_straddle },
	{ "dma-master-off", bus_master_off },
	{ "dma-send-outside", send_outside },
	{ "dma-send-hypervisor", send_hypervisor },
	{ "dma-receive-outside", receive_outside },
	{ "dma-receive-hypervisor", receive_hypervisor },
	{ "dma-receive-readonly", receive_readonly },
	{ "dma-rings-outside", rings_outside },
	{ NULL, NULL },
};
