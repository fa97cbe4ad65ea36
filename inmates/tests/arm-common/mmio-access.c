// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads (and first writes, if asked to) registers and prints what they hold, to see what a region, mostly a sub-page
 * one, lets through.
 *
 * Options: addr=, count= (default 1), width=8|16|32|64 (default 32), write=VALUE
 */
#include <inmate.h>

CMDLINE_BUFFER(256);

static u64 read_width(void *addr, unsigned int width)
{
	switch (width) {
	case 8:
		return mmio_read8(addr);
	case 16:
		return mmio_read16(addr);
	case 64:
		return mmio_read64(addr);
	default:
		return mmio_read32(addr);
	}
}

static void write_width(void *addr, unsigned int width, u64 value)
{
	switch (width) {
	case 8:
		mmio_write8(addr, value);
		break;
	case 16:
		mmio_write16(addr, value);
		break;
	case 64:
		mmio_write64(addr, value);
		break;
	default:
		mmio_write32(addr, value);
	}
}

void inmate_main(void)
{
	u8 *addr = (u8 *)(unsigned long)cmdline_parse_int("addr", COMM_REGION_BASE);
	unsigned int width = cmdline_parse_int("width", 32);
	unsigned int count = cmdline_parse_int("count", 1);
	long long value = cmdline_parse_int("write", -1);
	char text[20];
	bool write = cmdline_parse_str("write", text, sizeof(text), NULL);

	map_range(addr, count * width / 8,
		  addr == (u8 *)COMM_REGION_BASE ? MAP_CACHED : MAP_UNCACHED);
	for (; count > 0; count--, addr += width / 8) {
		if (write) {
			printk("write%u 0x%lx 0x%llx\n", width, (unsigned long)addr, value);
			write_width(addr, width, value);
		}
		printk("read%u 0x%lx\n", width, (unsigned long)addr);
		printk("value 0x%llx\n", read_width(addr, width));
	}
	printk("FINISHED mmio-access\n");
	while (!comm_handle_message(true))
		delay_us(1000);
	comm_shut_down();
}
