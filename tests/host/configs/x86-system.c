// SPDX-License-Identifier: GPL-2.0-only
/* A system configuration with something in each field that x86 has. See test_blobs.py. */
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

struct {
	struct jailhouse_system header;
	__u64 cpus[1];
	struct jailhouse_memory mem_regions[6];
	struct jailhouse_cache cache_regions[2];
	struct jailhouse_irqchip irqchips[1];
	struct jailhouse_pio pio_regions[2];
	struct jailhouse_pci_device pci_devices[2];
	struct jailhouse_pci_capability pci_caps[3];
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
		.hypervisor_memory = {
			.phys_start = 0x3a000000,
			.size = 0x600000,
		},
		.debug_console = {
			.address = 0x3f8,
			.size = 8,
			.type = JAILHOUSE_CON_TYPE_8250,
			.flags = JAILHOUSE_CON_ACCESS_PIO | JAILHOUSE_CON_FB_1920x1080,
			.divider = 1,
			.gate_nr = 2,
			.clock_reg = 3,
		},
		.platform_info = {
			.pci_mmconfig_base = 0xb0000000,
			.pci_mmconfig_end_bus = 0xff,
			.pci_is_virtual = 1,
			.pci_domain = 0x1234,
			.iommu_units = {
				{
					.type = JAILHOUSE_IOMMU_AMD,
					.base = 0xfed80000,
					.size = 0x4000,
					.amd.bdf = 0x08,
					.amd.base_cap = 0x40,
					.amd.msi_cap = 0x60,
					.amd.features = 0x29d3,
				},
				{
					.type = JAILHOUSE_IOMMU_INTEL,
					.base = 0xfed90000,
					.size = 0x1000,
				},
			},
			.x86 = {
				.pm_timer_address = 0x608,
				.apic_mode = JAILHOUSE_APIC_MODE_X2APIC,
				.vtd_interrupt_limit = 256,
				.tsc_khz = 2400000,
				.apic_khz = 1000000,
			},
		},
		.root_cell = {
			.name = "Root",
			.cpu_set_size = sizeof(config.cpus),
			.num_memory_regions = ARRAY_SIZE(config.mem_regions),
			.num_cache_regions = ARRAY_SIZE(config.cache_regions),
			.num_irqchips = ARRAY_SIZE(config.irqchips),
			.num_pio_regions = ARRAY_SIZE(config.pio_regions),
			.num_pci_devices = ARRAY_SIZE(config.pci_devices),
			.num_pci_caps = ARRAY_SIZE(config.pci_caps),
		},
	},

	.cpus = {
		0b1111,
	},

	.mem_regions = {
		JAILHOUSE_SHMEM_NET_REGIONS(0x3f000000, 0),
		{
			.phys_start = 0x0,
			.virt_start = 0x0,
			.size = 0x3a000000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA,
		},
		{
			.phys_start = 0xfed00000,
			.virt_start = 0xfed00100,
			.size = 0x40,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION |
				JAILHOUSE_MEM_LOADABLE | JAILHOUSE_MEM_NO_HUGEPAGES |
				JAILHOUSE_MEM_IO_UNALIGNED | JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 |
				JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64,
		},
	},

	.cache_regions = {
		{
			.start = 0,
			.size = 2,
			.type = JAILHOUSE_CACHE_L3,
		},
		{
			.start = 2,
			.size = 4,
			.type = JAILHOUSE_CACHE_L3_DATA,
			.flags = JAILHOUSE_CACHE_ROOTSHARED,
		},
	},

	.irqchips = {
		/* IOAPIC */ {
			.address = 0xfec00000,
			.id = 0xff00,
			.pin_bitmap = {
				(1 << 3) | (1 << 4), 0, 0x80000000
			},
		},
	},

	.pio_regions = {
		PIO_RANGE(0x0, 0xcf8),
		PIO_RANGE(0xd00, 0xf300),
	},

	.pci_devices = {
		{
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.iommu = 1,
			.domain = 0x2345,
			.bdf = 0x00fa,
			.bar_mask = {
				0xfffff000, 0x00000000, 0xffffff80,
				0xffffffff, 0xffffffe0, 0xfffff001,
			},
			.caps_start = 1,
			.num_caps = 2,
			.num_msi_vectors = 1,
			.msi_64bits = 1,
			.msi_maskable = 0,
			.num_msix_vectors = 5,
			.msix_region_size = 0x1000,
			.msix_address = 0xfeb80000,
		},
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0x0f << 3,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_MSIX,
			.num_msix_vectors = 16,
			.msi_maskable = 1,
			.shmem_regions_start = 7,
			.shmem_dev_id = 1,
			.shmem_peers = 2,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		},
	},

	.pci_caps = {
		{
			.id = PCI_CAP_ID_PM,
			.start = 0xc8,
			.len = 8,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = PCI_CAP_ID_MSIX,
			.start = 0x70,
			.len = 12,
			.flags = 0,
		},
		{
			.id = PCI_EXT_CAP_ID_ERR | JAILHOUSE_PCI_EXT_CAP,
			.start = 0x100,
			.len = 64,
			.flags = 0,
		},
	},
};
