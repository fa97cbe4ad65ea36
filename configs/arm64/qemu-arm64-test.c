/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cell for the test inmates on qemu-arm64, and by another architecture on qemu-arm. It runs beside
 * inmate-demo and has one of everything that can be abused: a read-only page, a page that cannot be
 * executed, sub-page regions, one of them where no device is, a page without a device, an interrupt,
 * an answer that is not waited for longer than a second. qemu-arm64-test-*.c are variants of it.
 */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#ifndef TEST_ARCHITECTURE
#define TEST_ARCHITECTURE JAILHOUSE_ARM64
#endif
#ifndef TEST_NAME
#define TEST_NAME "test"
#endif
#ifndef TEST_CPUS
#define TEST_CPUS 0x4
#endif
#ifndef TEST_FLAGS
#define TEST_FLAGS 0
#endif

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[9];
	struct jailhouse_irqchip irqchips[1];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = TEST_ARCHITECTURE,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = TEST_NAME,
		.flags = TEST_FLAGS,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.msg_reply_timeout = 1000, /* ms */
		.console = {
			.address = 0x3eff2000,
			.size = 0x1000,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_1,
		},
	},

	.cpus = { TEST_CPUS },

	.mem_regions = {
		/* RAM */ {
			.phys_start = 0x7f8f0000,
			.virt_start = 0,
			.size = 0x20000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				 JAILHOUSE_MEM_LOADABLE,
		},
		/* communication region */ {
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_COMM_REGION,
		},
		/* UART */ {
			.phys_start = 0x3eff2000,
			.virt_start = 0x3eff2000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_ROOTSHARED,
		},
		/* read-only RAM */ {
			.phys_start = 0x7f910000,
			.virt_start = 0x10000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ,
		},
		/* RAM without code */ {
			.phys_start = 0x7f911000,
			.virt_start = 0x10001000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
		/* RTC: data, match and load register, 32 bits only */ {
			.phys_start = 0x09010000,
			.virt_start = 0x09010000,
			.size = 0xc,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_ROOTSHARED,
		},
		/* RTC: identification registers, 8 or 32 bits, read-only */ {
			.phys_start = 0x09010fe0,
			.virt_start = 0x09010fe0,
			.size = 0x20,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_8 |
				 JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_ROOTSHARED,
		},
		/* where the secure UART would be, if the board had it: bus errors */ {
			.phys_start = 0x09040100,
			.virt_start = 0x09040100,
			.size = 0x20,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 |
				 JAILHOUSE_MEM_IO_64 | JAILHOUSE_MEM_IO_UNALIGNED,
		},
		/* start of the platform bus, where nothing is either, directly */ {
			.phys_start = 0x0c000000,
			.virt_start = 0x0c000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_ROOTSHARED,
		},
	},

	.irqchips = {
		/* GIC: the RTC's interrupt, INTID 34 */ {
			.address = 0x08000000,
			.pin_base = 32,
			.pin_bitmap = { 1 << 2 },
		},
	},
};
