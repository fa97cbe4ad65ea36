/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * QEMU's virt machine with CPUs of 32 bits and highmem=off: 4 CPUs, 1 GB of RAM, GICv2
 * (qemu-arm-gicv3.c: GICv3), two 8250 UARTs on PCI for the hypervisor and its inmates (scripts/lab
 * has the command line).
 *
 *   0x40000000 - 0x6fffffff  Linux (command line: mem=768M)
 *   0x70000000 - 0x7fbfffff  for inmates
 *   0x7fc00000 - 0x7fffffff  hypervisor
 */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#ifndef GIC_VERSION
#define GIC_VERSION 2
#endif

#define DEVICE (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define RAM    (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA)

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[11];
	struct jailhouse_irqchip irqchips[2];
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_ARM,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0x7fc00000,
			.size = 0x00400000,
		},
		.debug_console = {
			.address = 0x3eff1000,
			.size = 0x1000,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_1,
		},
		.platform_info = {
			.arm = {
				.gic_version = GIC_VERSION,
				.maintenance_irq = 25,
				.gicd_base = 0x08000000,
#if GIC_VERSION == 2
				.gicc_base = 0x08010000,
				.gich_base = 0x08030000,
				.gicv_base = 0x08040000,
#else
				.gicr_base = 0x080a0000,
#endif
			},
		},
		.root_cell = {
			.name = "qemu-arm",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
		},
	},

	.cpus = { 0xf },

	.mem_regions = {
		/* flash */ {
			.phys_start = 0x00000000,
			.virt_start = 0x00000000,
			.size = 0x08000000,
			.flags = DEVICE,
		},
#if GIC_VERSION == 2
		/* GICv2m */ {
			.phys_start = 0x08020000,
			.virt_start = 0x08020000,
			.size = 0x1000,
			.flags = DEVICE,
		},
#else
		/* ITS */ {
			.phys_start = 0x08080000,
			.virt_start = 0x08080000,
			.size = 0x20000,
			.flags = DEVICE,
		},
#endif
		/* UART, RTC, fw_cfg, GPIO, secure UART */ {
			.phys_start = 0x09000000,
			.virt_start = 0x09000000,
			.size = 0x50000,
			.flags = DEVICE,
		},
		/* memory hotplug, ACPI events */ {
			.phys_start = 0x09070000,
			.virt_start = 0x09070000,
			.size = 0x30000,
			.flags = DEVICE,
		},
		/* virtio-mmio */ {
			.phys_start = 0x0a000000,
			.virt_start = 0x0a000000,
			.size = 0x4000,
			.flags = DEVICE,
		},
		/* platform bus */ {
			.phys_start = 0x0c000000,
			.virt_start = 0x0c000000,
			.size = 0x02000000,
			.flags = DEVICE,
		},
		/* PCI memory, 32 bits */ {
			.phys_start = 0x10000000,
			.virt_start = 0x10000000,
			.size = 0x2eff0000,
			.flags = DEVICE,
		},
		/* PCI I/O ports, with the hypervisor's and the inmates' UART */ {
			.phys_start = 0x3eff0000,
			.virt_start = 0x3eff0000,
			.size = 0x10000,
			.flags = DEVICE,
		},
		/* PCI configuration space */ {
			.phys_start = 0x3f000000,
			.virt_start = 0x3f000000,
			.size = 0x01000000,
			.flags = DEVICE,
		},
		/* RAM of Linux */ {
			.phys_start = 0x40000000,
			.virt_start = 0x40000000,
			.size = 0x30000000,
			.flags = RAM,
		},
		/* RAM for inmates */ {
			.phys_start = 0x70000000,
			.virt_start = 0x70000000,
			.size = 0x0fc00000,
			.flags = RAM,
		},
	},

	.irqchips = {
		/* GIC, SPIs 0 to 127 */ {
			.address = 0x08000000,
			.pin_base = 32,
			.pin_bitmap = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
		},
		/* GIC, SPIs 128 to 255 */ {
			.address = 0x08000000,
			.pin_base = 160,
			.pin_bitmap = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
		},
	},
};
