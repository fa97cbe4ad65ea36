/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * QEMU's q35 machine: 4 AMD CPUs, 1 GB of RAM, AMD IOMMU, four 8250 UARTs, e1000e and edu on PCI
 * (scripts/lab has the command line). COM1 is Linux's, COM2 the hypervisor's, COM3 and COM4 are
 * for inmates.
 *
 *   0x00100000 - 0x39ffffff  Linux
 *   0x3a000000 - 0x3a5fffff  hypervisor      (command line: memmap=82M$0x3a000000)
 *   0x3a600000 - 0x3f1fffff  for inmates
 *   0x3f200000 - 0x3ffdffff  Linux
 *
 * The core has local APICs, IO-APIC, IOMMU and PCI configuration space in its own hands, and so
 * the MSI-X table of the e1000e: no region covers them.
 */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

#define DEVICE (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define RAM    (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA)

/* Where the capabilities of a device begin in pci_caps. */
enum {
	CAPS_E1000E = 0,
	CAPS_EDU = 6,
	CAPS_AHCI = 7,
	NUM_CAPS = 9,
};

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[12];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pio pio_regions[11];
	struct jailhouse_pci_device pci_devices[6];
	struct jailhouse_pci_capability pci_caps[NUM_CAPS];
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0x3a000000,
			.size = 0x00600000,
		},
		.debug_console = {
			.address = 0x2f8,
			.size = 8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO,
			.divider = 1,
		},
		.platform_info = {
			.pci_mmconfig_base = 0xb0000000,
			.pci_mmconfig_end_bus = 0xff,
			.iommu_units = {
				{
					.type = JAILHOUSE_IOMMU_AMD,
					.base = 0xfed80000,
					.size = 0x4000,
					.amd.bdf = 0x08,
					.amd.base_cap = 0x40,
					.amd.msi_cap = 0x60,
				},
			},
			.x86 = {
				.pm_timer_address = 0x608,
				.apic_mode = JAILHOUSE_APIC_MODE_AUTO,
				/* The TSC is the host's; the timer of QEMU's APICs counts nanoseconds. */
				.apic_khz = 1000000,
			},
		},
		.root_cell = {
			.name = "qemu-x86",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
			.num_pio_regions = ARRAY_SIZE(config.pio_regions),
			.num_pci_devices = ARRAY_SIZE(config.pci_devices),
			.num_pci_caps = ARRAY_SIZE(config.pci_caps),
		},
	},

	.cpus = { 0xf },

	.mem_regions = {
		/* RAM below 640 KB */ {
			.phys_start = 0x00000000,
			.virt_start = 0x00000000,
			.size = 0xa0000,
			.flags = RAM,
		},
		/* VGA's window */ {
			.phys_start = 0x000a0000,
			.virt_start = 0x000a0000,
			.size = 0x20000,
			.flags = DEVICE,
		},
		/* firmware, copied to RAM */ {
			.phys_start = 0x000c0000,
			.virt_start = 0x000c0000,
			.size = 0x40000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE,
		},
		/* RAM of Linux */ {
			.phys_start = 0x00100000,
			.virt_start = 0x00100000,
			.size = 0x39f00000,
			.flags = RAM,
		},
		/* RAM for inmates */ {
			.phys_start = 0x3a600000,
			.virt_start = 0x3a600000,
			.size = 0x04c00000,
			.flags = RAM,
		},
		/* more RAM of Linux */ {
			.phys_start = 0x3f200000,
			.virt_start = 0x3f200000,
			.size = 0x00de0000,
			.flags = RAM,
		},
		/* ACPI tables */ {
			.phys_start = 0x3ffe0000,
			.virt_start = 0x3ffe0000,
			.size = 0x20000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,
		},
		/* PCI memory, up to the MSI-X table of the e1000e */ {
			.phys_start = 0xc0000000,
			.virt_start = 0xc0000000,
			.size = 0x3eb40000,
			.flags = DEVICE,
		},
		/* PCI memory, behind that table */ {
			.phys_start = 0xfeb41000,
			.virt_start = 0xfeb41000,
			.size = 0xbf000,
			.flags = DEVICE,
		},
		/* HPET */ {
			.phys_start = 0xfed00000,
			.virt_start = 0xfed00000,
			.size = 0x1000,
			.flags = DEVICE,
		},
		/* chipset configuration */ {
			.phys_start = 0xfed1c000,
			.virt_start = 0xfed1c000,
			.size = 0x4000,
			.flags = DEVICE,
		},
		/* flash */ {
			.phys_start = 0xfffc0000,
			.virt_start = 0xfffc0000,
			.size = 0x40000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO,
		},
	},

	.irqchips = {
		/* IO-APIC */ {
			.address = 0xfec00000,
			.id = 0x00a0,
			.pin_bitmap = { 0xffffff },
		},
	},

	.pio_regions = {
		/* DMA, PIC, PIT, keyboard, RTC, POST, A20, FPU */ PIO_RANGE(0x0000, 0x100),
		/* COM4 */ PIO_RANGE(0x2e8, 8),
		/* VGA */ PIO_RANGE(0x3b0, 0x30),
		/* COM3 */ PIO_RANGE(0x3e8, 8),
		/* COM1 */ PIO_RANGE(0x3f8, 8),
		/* edge and level of the PIC */ PIO_RANGE(0x4d0, 2),
		/* fw_cfg */ PIO_RANGE(0x510, 0xc),
		/* ACPI: power management, PM timer, GPEs, watchdog */ PIO_RANGE(0x600, 0x80),
		/* SMBus */ PIO_RANGE(0x700, 0x40),
		/* ACPI: hotplug of PCI devices and CPUs */ PIO_RANGE(0xcc0, 0x38),
		/* PCI */ PIO_RANGE(0xd00, 0xf300),
	},

	.pci_devices = {
		/* 00:00.0 host bridge */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x00 << 3 | 0,
		},
		/* 00:02.0 e1000e */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x02 << 3 | 0,
			.bar_mask = { 0xfffe0000, 0xfffe0000, 0xffffffe0, 0xffffc000 },
			.caps_start = CAPS_E1000E,
			.num_caps = CAPS_EDU - CAPS_E1000E,
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
			.caps_start = CAPS_EDU,
			.num_caps = CAPS_AHCI - CAPS_EDU,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
		},
		/* 00:1f.0 LPC bridge */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x1f << 3 | 0,
		},
		/* 00:1f.2 AHCI */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x1f << 3 | 2,
			.bar_mask = { 0, 0, 0, 0, 0xffffffe0, 0xfffff000 },
			.caps_start = CAPS_AHCI,
			.num_caps = NUM_CAPS - CAPS_AHCI,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
		},
		/* 00:1f.3 SMBus */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x1f << 3 | 3,
			.bar_mask = { 0, 0, 0, 0, 0xffffffc0 },
		},
	},

	.pci_caps = {
		[CAPS_E1000E] = {
			.id = PCI_CAP_ID_PM,
			.start = 0xc8,
			.len = 8,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_CAP_ID_MSI,
			.start = 0xd0,
			.len = 14,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_CAP_ID_EXP,
			.start = 0xe0,
			.len = 20,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_CAP_ID_MSIX,
			.start = 0xa0,
			.len = 12,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_EXT_CAP_ID_ERR | JAILHOUSE_PCI_EXT_CAP,
			.start = 0x100,
			.len = 64,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_EXT_CAP_ID_DSN | JAILHOUSE_PCI_EXT_CAP,
			.start = 0x140,
			.len = 12,
		},
		[CAPS_EDU] = {
			.id = PCI_CAP_ID_MSI,
			.start = 0x40,
			.len = 14,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		[CAPS_AHCI] = {
			.id = PCI_CAP_ID_MSI,
			.start = 0x80,
			.len = 14,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_CAP_ID_SATA,
			.start = 0xa8,
			.len = 8,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
	},
};
