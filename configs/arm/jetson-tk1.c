/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * NVIDIA Jetson TK1: Tegra K1 with 4 Cortex-A15, 2 GB of RAM, GICv2. All print to UARTD, which is on
 * the board's DE-9 connector. Linux has to be started in HYP mode (U-Boot with PSCI).
 *
 *   0x80000000 - 0xfeffffff  Linux (command line: mem=2032M)
 *   0xff000000 - 0xff9fffff  for inmates
 *   0xffa00000 - 0xffdfffff  hypervisor
 *   0xffe00000 - 0xffffffff  firmware
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
	struct jailhouse_memory mem_regions[25];
	struct jailhouse_irqchip irqchips[2];
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_ARM,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0xffa00000,
			.size = 0x00400000,
		},
		.debug_console = {
			.address = 0x70006300,
			.size = 0x40,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
			/* UARTD: clock 65; this register has 64 to 95 */
			.clock_reg = 0x60006018, /* CLK_OUT_ENB_U */
			.gate_nr = 65 % 32,
		},
		.platform_info = {
			.arm = {
				.gic_version = 2,
				.maintenance_irq = 25,
				.gicd_base = 0x50041000,
				.gicc_base = 0x50042000,
				.gich_base = 0x50044000,
				.gicv_base = 0x50046000,
			},
		},
		.root_cell = {
			.name = "Jetson-TK1",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
		},
	},

	.cpus = { 0xf },

	.mem_regions = {
		/* PCIe: ports, pads */ {
			.phys_start = 0x01000000,
			.virt_start = 0x01000000,
			.size = 0x00004000,
			.flags = DEVICE,
		},
		/* PCIe: configuration space */ {
			.phys_start = 0x02000000,
			.virt_start = 0x02000000,
			.size = 0x10000000,
			.flags = DEVICE,
		},
		/* PCIe: I/O ports */ {
			.phys_start = 0x12000000,
			.virt_start = 0x12000000,
			.size = 0x00010000,
			.flags = DEVICE,
		},
		/* PCIe: memory, not prefetchable */ {
			.phys_start = 0x13000000,
			.virt_start = 0x13000000,
			.size = 0x0d000000,
			.flags = DEVICE,
		},
		/* PCIe: memory, prefetchable */ {
			.phys_start = 0x20000000,
			.virt_start = 0x20000000,
			.size = 0x20000000,
			.flags = DEVICE,
		},
		/* internal RAM */ {
			.phys_start = 0x40000000,
			.virt_start = 0x40000000,
			.size = 0x00040000,
			.flags = DEVICE | JAILHOUSE_MEM_EXECUTE,
		},
		/* host1x */ {
			.phys_start = 0x50000000,
			.virt_start = 0x50000000,
			.size = 0x00034000,
			.flags = DEVICE,
		},
		/* video, display, DSI, encoders */ {
			.phys_start = 0x54000000,
			.virt_start = 0x54000000,
			.size = 0x01000000,
			.flags = DEVICE,
		},
		/* GPU */ {
			.phys_start = 0x57000000,
			.virt_start = 0x57000000,
			.size = 0x02000000,
			.flags = DEVICE,
		},
		/* semaphores, legacy interrupt controller, timers, clock and reset, flow control */ {
			.phys_start = 0x60001000,
			.virt_start = 0x60001000,
			.size = 0x00007000,
			.flags = DEVICE,
		},
		/* AHB, activity monitor, GPIO, exception vectors */ {
			.phys_start = 0x6000c000,
			.virt_start = 0x6000c000,
			.size = 0x00004000,
			.flags = DEVICE,
		},
		/* APB DMA */ {
			.phys_start = 0x60020000,
			.virt_start = 0x60020000,
			.size = 0x00002000,
			.flags = DEVICE,
		},
		/* APB: pins, UARTs, PWM, I2C, SPI */ {
			.phys_start = 0x70000000,
			.virt_start = 0x70000000,
			.size = 0x0000e000,
			.flags = DEVICE,
		},
		/* APB: RTC, power management, fuses */ {
			.phys_start = 0x7000e000,
			.virt_start = 0x7000e000,
			.size = 0x00002000,
			.flags = DEVICE,
		},
		/* CEC, memory controllers */ {
			.phys_start = 0x70015000,
			.virt_start = 0x70015000,
			.size = 0x00007000,
			.flags = DEVICE,
		},
		/* SATA */ {
			.phys_start = 0x70020000,
			.virt_start = 0x70020000,
			.size = 0x00009000,
			.flags = DEVICE,
		},
		/* HD audio */ {
			.phys_start = 0x70030000,
			.virt_start = 0x70030000,
			.size = 0x00010000,
			.flags = DEVICE,
		},
		/* USB 3, its pads */ {
			.phys_start = 0x70090000,
			.virt_start = 0x70090000,
			.size = 0x00010000,
			.flags = DEVICE,
		},
		/* SD and MMC */ {
			.phys_start = 0x700b0000,
			.virt_start = 0x700b0000,
			.size = 0x00001000,
			.flags = DEVICE,
		},
		/* thermal sensors, MIPI calibration */ {
			.phys_start = 0x700e2000,
			.virt_start = 0x700e2000,
			.size = 0x00002000,
			.flags = DEVICE,
		},
		/* CPU clock */ {
			.phys_start = 0x70110000,
			.virt_start = 0x70110000,
			.size = 0x00001000,
			.flags = DEVICE,
		},
		/* audio hub */ {
			.phys_start = 0x70300000,
			.virt_start = 0x70300000,
			.size = 0x00002000,
			.flags = DEVICE,
		},
		/* USB 2 */ {
			.phys_start = 0x7d000000,
			.virt_start = 0x7d000000,
			.size = 0x0000c000,
			.flags = DEVICE,
		},
		/* RAM of Linux */ {
			.phys_start = 0x80000000,
			.virt_start = 0x80000000,
			.size = 0x7f000000,
			.flags = RAM,
		},
		/* RAM for inmates */ {
			.phys_start = 0xff000000,
			.virt_start = 0xff000000,
			.size = 0x00a00000,
			.flags = RAM,
		},
	},

	.irqchips = {
		/* GIC, SPIs 0 to 127 */ {
			.address = 0x50041000,
			.pin_base = 32,
			.pin_bitmap = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
		},
		/* GIC, SPIs 128 to 159 */ {
			.address = 0x50041000,
			.pin_base = 160,
			.pin_bitmap = { 0xffffffff },
		},
	},
};
