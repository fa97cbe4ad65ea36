/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Demo cell on qemu-x86: one CPU, 1 MiB of RAM, COM4 with its interrupt, and ACPI's events with
 * theirs. Linux has no power button meanwhile.
 */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[2];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pio pio_regions[2];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "ioapic-demo",
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pio_regions = ARRAY_SIZE(config.pio_regions),
		.console = {
			.address = 0x2e8,
			.size = 8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
			.divider = 1,
		},
	},

	.cpus = { 0x8 },

	.mem_regions = {
		/* RAM */ {
			.phys_start = 0x3a800000,
			.virt_start = 0,
			.size = 0x00100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |
				 JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_LOADABLE,
		},
		/* communication region */ {
			.virt_start = 0x00100000,
			.size = 0x00001000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_COMM_REGION,
		},
	},

	.irqchips = {
		/* IO-APIC: COM4, ACPI */ {
			.address = 0xfec00000,
			.id = 0x00a0,
			.pin_bitmap = { 1 << 3 | 1 << 9 },
		},
	},

	.pio_regions = {
		/* COM4 */ PIO_RANGE(0x2e8, 8),
		/* ACPI: PM1 event block */ PIO_RANGE(0x600, 4),
	},
};
