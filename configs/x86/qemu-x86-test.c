/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cell for the test inmates on qemu-x86. It runs beside apic-demo and has one of everything that can
 * be abused: a read-only page, a page that cannot be executed, sub-page regions, two devices that can
 * do DMA, an answer that is not waited for longer than a second. qemu-x86-test-*.c are variants of it.
 */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

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
	struct jailhouse_pio pio_regions[1];
	struct jailhouse_pci_device pci_devices[2];
	struct jailhouse_pci_capability pci_caps[3];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = TEST_NAME,
		.flags = TEST_FLAGS,
		.cpu_set_size = sizeof(config.cpus),
		.num_memory_regions = ARRAY_SIZE(config.mem_regions),
		.num_pio_regions = ARRAY_SIZE(config.pio_regions),
		.num_pci_devices = ARRAY_SIZE(config.pci_devices),
		.num_pci_caps = ARRAY_SIZE(config.pci_caps),
		.msg_reply_timeout = 1000, /* ms */
		.console = {
			.address = 0x2e8,
			.size = 8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
			.divider = 1,
		},
	},

	.cpus = { TEST_CPUS },

	.mem_regions = {
		/* RAM */ {
			.phys_start = 0x3ad00000,
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
		/* read-only RAM */ {
			.phys_start = 0x3ae00000,
			.virt_start = 0x10000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_DMA,
		},
		/* RAM without code */ {
			.phys_start = 0x3ae01000,
			.virt_start = 0x10001000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
		/* trapped RAM, accessed in all ways (mmio-access) */ {
			.phys_start = 0x3ae02000,
			.virt_start = 0x10002000,
			.size = 0x800,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_IO_UNALIGNED | JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 |
				 JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64,
		},
		/* trapped RAM, aligned and 32 bits only */ {
			.phys_start = 0x3ae03000,
			.virt_start = 0x10003000,
			.size = 0x100,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_IO_32,
		},
		/* trapped RAM, read-only, 8 or 64 bits */ {
			.phys_start = 0x3ae03800,
			.virt_start = 0x10003800,
			.size = 0x100,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_8 |
				 JAILHOUSE_MEM_IO_64,
		},
		/* registers of the e1000e, BAR 0 */ {
			.phys_start = 0xfeb00000,
			.virt_start = 0xfeb00000,
			.size = 0x20000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO,
		},
		/* registers of edu, BAR 0 */ {
			.phys_start = 0xfea00000,
			.virt_start = 0xfea00000,
			.size = 0x100000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO,
		},
	},

	.pio_regions = {
		/* COM4 */ PIO_RANGE(0x2e8, 8),
	},

	.pci_devices = {
		/* 00:02.0 e1000e */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x02 << 3 | 0,
			.bar_mask = { 0xfffe0000, 0xfffe0000, 0xffffffe0, 0xffffc000 },
			.caps_start = 0,
			.num_caps = 2,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
			.num_msix_vectors = 5,
			.msix_region_size = 0x1000,
			.msix_address = 0xfeb40000,
		},
		/* 00:04.0 edu */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x04 << 3 | 0,
			.bar_mask = { 0xfff00000 },
			.caps_start = 2,
			.num_caps = 1,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
		},
	},

	.pci_caps = {
		/* e1000e */ {
			.id = PCI_CAP_ID_MSI,
			.start = 0xd0,
			.len = 14,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_CAP_ID_MSIX,
			.start = 0xa0,
			.len = 12,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		/* edu */ {
			.id = PCI_CAP_ID_MSI,
			.start = 0x40,
			.len = 14,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
	},
};
