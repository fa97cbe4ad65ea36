/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Banana Pi (M1): Allwinner A20 with 2 Cortex-A7, 1 GB of RAM, GICv2. All print to UART0. Linux has
 * to be started in HYP mode (U-Boot with PSCI).
 *
 *   0x40000000 - 0x7dffffff  Linux (command line: mem=992M)
 *   0x7e000000 - 0x7fbfffff  for inmates
 *   0x7fc00000 - 0x7fffffff  hypervisor
 *
 * Addresses are those of Linux's device tree for the board, in whole pages. Untested on hardware.
 */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#define DEVICE (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define RAM    (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA)

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[15];
	struct jailhouse_irqchip irqchips[1];
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
			.address = 0x01c28000,
			.size = 0x400,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
			.clock_reg = 0x01c2006c, /* APB clock gates; UART n has bit 16 + n */
			.gate_nr = 16,
		},
		.platform_info = {
			.arm = {
				.gic_version = 2,
				.maintenance_irq = 25,
				.gicd_base = 0x01c81000,
				.gicc_base = 0x01c82000,
				.gich_base = 0x01c84000,
				.gicv_base = 0x01c86000,
			},
		},
		.root_cell = {
			.name = "Banana-Pi",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
		},
	},

	.cpus = { 0x3 },

	.mem_regions = {
		/* SRAM A */ {
			.phys_start = 0x00000000,
			.virt_start = 0x00000000,
			.size = 0x0000c000,
			.flags = DEVICE,
		},
		/* SRAM D */ {
			.phys_start = 0x00010000,
			.virt_start = 0x00010000,
			.size = 0x00001000,
			.flags = DEVICE,
		},
		/* system control */ {
			.phys_start = 0x01c00000,
			.virt_start = 0x01c00000,
			.size = 0x00001000,
			.flags = DEVICE,
		},
		/* DMA, NAND */ {
			.phys_start = 0x01c02000,
			.virt_start = 0x01c02000,
			.size = 0x00002000,
			.flags = DEVICE,
		},
		/* SPI 0 and 1 */ {
			.phys_start = 0x01c05000,
			.virt_start = 0x01c05000,
			.size = 0x00002000,
			.flags = DEVICE,
		},
		/* camera 0 */ {
			.phys_start = 0x01c09000,
			.virt_start = 0x01c09000,
			.size = 0x00001000,
			.flags = DEVICE,
		},
		/* EMAC, LCD, video engine, MMC, USB 0 and 1, SATA, HDMI */ {
			.phys_start = 0x01c0b000,
			.virt_start = 0x01c0b000,
			.size = 0x0000e000,
			.flags = DEVICE,
		},
		/* USB 2, camera 1 */ {
			.phys_start = 0x01c1c000,
			.virt_start = 0x01c1c000,
			.size = 0x00002000,
			.flags = DEVICE,
		},
		/* SPI 3, clocks, pins, timers, audio, CPU configuration */ {
			.phys_start = 0x01c1f000,
			.virt_start = 0x01c1f000,
			.size = 0x00007000,
			.flags = DEVICE,
		},
		/* UARTs, PS/2, I2C, CAN */ {
			.phys_start = 0x01c28000,
			.virt_start = 0x01c28000,
			.size = 0x00005000,
			.flags = DEVICE,
		},
		/* GPU, GMAC, fast timers */ {
			.phys_start = 0x01c40000,
			.virt_start = 0x01c40000,
			.size = 0x00021000,
			.flags = DEVICE,
		},
		/* SRAM C */ {
			.phys_start = 0x01d00000,
			.virt_start = 0x01d00000,
			.size = 0x000d0000,
			.flags = DEVICE,
		},
		/* display */ {
			.phys_start = 0x01e00000,
			.virt_start = 0x01e00000,
			.size = 0x00080000,
			.flags = DEVICE,
		},
		/* RAM of Linux */ {
			.phys_start = 0x40000000,
			.virt_start = 0x40000000,
			.size = 0x3e000000,
			.flags = RAM,
		},
		/* RAM for inmates */ {
			.phys_start = 0x7e000000,
			.virt_start = 0x7e000000,
			.size = 0x01c00000,
			.flags = RAM,
		},
	},

	.irqchips = {
		/* GIC, SPIs 0 to 127 */ {
			.address = 0x01c81000,
			.pin_base = 32,
			.pin_bitmap = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
		},
	},
};
