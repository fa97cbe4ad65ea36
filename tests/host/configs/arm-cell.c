// SPDX-License-Identifier: GPL-2.0-only
/* A cell configuration for arm. See test_blobs.py. */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[5];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pci_device pci_devices[1];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "linux-demo",
		.id = 0x11223344,
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG | JAILHOUSE_CELL_TEST_DEVICE |
			 JAILHOUSE_CELL_AARCH32 | JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |
			 JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE,

		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_irqchips = ARRAY_SIZE(config.irqchips),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),

		.vpci_irq_base = 123,
		.cpu_reset_address = 0x1122334455667788,
		.msg_reply_timeout = 0x99aabbccddeeff00,

		.console = {
			.address = 0x01c28000,
			.size = 0x400,
			.type = JAILHOUSE_CON_TYPE_IMX_LPUART,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
			.divider = 0x0d,
			.gate_nr = 16,
			.clock_reg = 0x01c2006c,
		},
	},

	.cpus = {
		0x2,
	},

	.mem_regions = {
		JAILHOUSE_SHMEM_NET_REGIONS(0x7bf00000, 1),
		/* UART */ {
			.phys_start = 0x01c28000,
			.virt_start = 0x01c28000,
			.size = 0x400,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_32,
		},
	},

	.irqchips = {
		/* GIC */ {
			.address = 0x01c81000,
			.pin_base = 32,
			.pin_bitmap = {
				1 << (33 - 32),
				0,
				0,
				1 << (155 - 128),
			},
		},
	},

	.pci_devices = {
		{
			.type = JAILHOUSE_PCI_TYPE_BRIDGE,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_CUSTOM,
		},
	},
};
