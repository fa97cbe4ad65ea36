/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Format of system and cell configurations (*.cell files). Everything is packed and in native byte
 * order.
 *
 *   system: struct jailhouse_system { header, ..., struct jailhouse_cell_desc root_cell }, then the
 * root cell's arrays cell:   struct jailhouse_cell_desc, then its arrays
 *
 * The arrays follow each other without gaps, in the order of their counters in struct
 * jailhouse_cell_desc.
 */
#ifndef JAILHOUSE_CELL_CONFIG_H
#define JAILHOUSE_CELL_CONFIG_H

#include <jailhouse/console.h>
#include <jailhouse/pci_defs.h>
#include <jailhouse/types.h>

/* Architectures */
#define JAILHOUSE_X86   0
#define JAILHOUSE_ARM   1
#define JAILHOUSE_ARM64 2

/* Changes with every incompatible change of this file. */
#define JAILHOUSE_CONFIG_REVISION 14

/* 5 characters each; the terminating NUL is not part of the signature. */
#define JAILHOUSE_SYSTEM_SIGNATURE    "JHSYS"
#define JAILHOUSE_CELL_DESC_SIGNATURE "JHCLL"

/* Characters in a cell's name, without the terminating NUL. */
#define JAILHOUSE_CELL_NAME_MAXLEN 31

/*
 * Memory regions
 */

#define JAILHOUSE_MEM_READ         0x0001
#define JAILHOUSE_MEM_WRITE        0x0002
#define JAILHOUSE_MEM_EXECUTE      0x0004
#define JAILHOUSE_MEM_DMA          0x0008
#define JAILHOUSE_MEM_IO           0x0010
#define JAILHOUSE_MEM_COMM_REGION  0x0020
#define JAILHOUSE_MEM_LOADABLE     0x0040
#define JAILHOUSE_MEM_ROOTSHARED   0x0080
#define JAILHOUSE_MEM_NO_HUGEPAGES 0x0100

/* For sub-page regions: unaligned accesses are let through as well. */
#define JAILHOUSE_MEM_IO_UNALIGNED   0x8000
/* For sub-page regions: access widths that are let through. */
#define JAILHOUSE_MEM_IO_WIDTH_SHIFT 16
#define JAILHOUSE_MEM_IO_8           (1 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)
#define JAILHOUSE_MEM_IO_16          (2 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)
#define JAILHOUSE_MEM_IO_32          (4 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)
#define JAILHOUSE_MEM_IO_64          (8 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)

/* Nonzero if the region cannot be mapped, so that each access traps and is dispatched. */
#define JAILHOUSE_MEMORY_IS_SUBPAGE(mem) \
	(((mem)->virt_start & 0xfff) != 0 || ((mem)->size & 0xfff) != 0)

/*
 * The four regions of an ivshmem network device of 1 MiB: state table, no section that both may
 * write, output section of peer 0, of peer 1. dev_id: which of the two this one is, 0 or 1.
 */
/* clang-format off */
#define JAILHOUSE_SHMEM_NET_REGIONS(start, dev_id)				\
	{									\
		.phys_start = (start),						\
		.virt_start = (start),						\
		.size = 0x1000,							\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED,		\
	},									\
	{ 0 },									\
	{									\
		.phys_start = (start) + 0x1000,					\
		.virt_start = (start) + 0x1000,					\
		.size = 0x7f000,						\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED |	\
			((dev_id) == 0 ? JAILHOUSE_MEM_WRITE : 0),		\
	},									\
	{									\
		.phys_start = (start) + 0x80000,				\
		.virt_start = (start) + 0x80000,				\
		.size = 0x7f000,						\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED |	\
			((dev_id) == 1 ? JAILHOUSE_MEM_WRITE : 0),		\
	}
/* clang-format on */

#ifndef __ASSEMBLER__
struct jailhouse_memory {
	__u64 phys_start;
	__u64 virt_start; /* in the cell's physical address space */
	__u64 size;
	__u64 flags; /* JAILHOUSE_MEM_* */
} __attribute__((packed));
#endif

/*
 * Cache regions (x86)
 */

#define JAILHOUSE_CACHE_L3_CODE 0x01
#define JAILHOUSE_CACHE_L3_DATA 0x02
#define JAILHOUSE_CACHE_L3      (JAILHOUSE_CACHE_L3_CODE | JAILHOUSE_CACHE_L3_DATA)

#define JAILHOUSE_CACHE_ROOTSHARED 0x0001

#ifndef __ASSEMBLER__
struct jailhouse_cache {
	__u32 start;
	__u32 size;
	__u8 type; /* JAILHOUSE_CACHE_L3* */
	__u8 padding;
	__u16 flags; /* JAILHOUSE_CACHE_ROOTSHARED */
} __attribute__((packed));
#endif

/*
 * Interrupt controllers
 */

#ifndef __ASSEMBLER__
struct jailhouse_irqchip {
	__u64 address;
	__u32 id;
	__u32 pin_base; /* number of the pin that bit 0 of pin_bitmap[0] stands for */
	__u32 pin_bitmap[4];
} __attribute__((packed));
#endif

/*
 * PCI devices
 */

#define JAILHOUSE_PCI_TYPE_DEVICE  0x01
#define JAILHOUSE_PCI_TYPE_BRIDGE  0x02
#define JAILHOUSE_PCI_TYPE_IVSHMEM 0x03

#define JAILHOUSE_SHMEM_PROTO_UNDEFINED    0x0000
#define JAILHOUSE_SHMEM_PROTO_VETH         0x0001
#define JAILHOUSE_SHMEM_PROTO_CUSTOM       0x4000 /* 0x4000..0x7fff */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT 0x8000 /* 0x8000..0xbfff, plus VIRTIO_DEV_* */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK  0xc000 /* 0xc000..0xffff, plus VIRTIO_DEV_* */

#define VIRTIO_DEV_NET     1
#define VIRTIO_DEV_BLOCK   2
#define VIRTIO_DEV_CONSOLE 3

/* clang-format off */
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX     { 0xfffff000, 0, 0, 0, 0, 0 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX     { 0xfffff000, 0xfffff000, 0, 0, 0, 0 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX_64K { 0xffff0000, 0, 0, 0, 0, 0 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K { 0xffff0000, 0xffff0000, 0, 0, 0, 0 }
/* clang-format on */

#define JAILHOUSE_PCI_EXT_CAP 0x8000 /* or'ed into the id of an extended capability */

#define JAILHOUSE_PCICAPS_WRITE 0x0001 /* the cell may write to the capability */

#ifndef __ASSEMBLER__
struct jailhouse_pci_device {
	__u8 type; /* JAILHOUSE_PCI_TYPE_* */
	__u8 iommu; /* index of the IOMMU in platform_info */
	__u16 domain;
	__u16 bdf; /* bus << 8 | device << 3 | function */
	__u32 bar_mask[6];
	__u16 caps_start; /* index of the first capability in the cell's array */
	__u16 num_caps;
	__u8 num_msi_vectors;
	__u8 msi_64bits : 1;
	__u8 msi_maskable : 1;
	__u16 num_msix_vectors;
	__u16 msix_region_size;
	__u64 msix_address;
	/* JAILHOUSE_PCI_TYPE_IVSHMEM only */
	__u32 shmem_regions_start; /* index of the first memory region in the cell's array */
	__u8 shmem_dev_id;
	__u8 shmem_peers;
	__u16 shmem_protocol; /* JAILHOUSE_SHMEM_PROTO_* */
} __attribute__((packed));

struct jailhouse_pci_capability {
	__u16 id; /* PCI_CAP_ID_*, or PCI_EXT_CAP_ID_* | JAILHOUSE_PCI_EXT_CAP */
	__u16 start; /* offset in the configuration space */
	__u16 len;
	__u16 flags; /* JAILHOUSE_PCICAPS_* */
} __attribute__((packed));
#endif

/*
 * IOMMUs
 */

#define JAILHOUSE_MAX_IOMMU_UNITS 8

#define JAILHOUSE_IOMMU_AMD        1
#define JAILHOUSE_IOMMU_INTEL      2
#define JAILHOUSE_IOMMU_SMMUV3     3
#define JAILHOUSE_IOMMU_PVU        4
#define JAILHOUSE_IOMMU_ARM_MMU500 5

#ifndef __ASSEMBLER__
struct jailhouse_iommu {
	__u32 type; /* JAILHOUSE_IOMMU_*; 0: unused entry */
	__u64 base;
	__u32 size;

	union {
		struct {
			__u16 bdf;
			__u8 base_cap;
			__u8 msi_cap;
			__u32 features;
		} __attribute__((packed)) amd;

		struct {
			__u64 tlb_base;
			__u32 tlb_size;
		} __attribute__((packed)) tipvu;
	};
} __attribute__((packed));

union jailhouse_stream_id {
	__u32 id;
	struct {
		/* 15 bits each; a bit set in mask_out is ignored when IDs are compared. */
		__u16 id;
		__u16 mask_out;
	} __attribute__((packed)) mmu500;
} __attribute__((packed));
#endif

/*
 * I/O ports (x86)
 */

/* clang-format off */
#define PIO_RANGE(__base, __length) { .base = (__base), .length = (__length) }
/* clang-format on */

#ifndef __ASSEMBLER__
struct jailhouse_pio {
	__u16 base;
	__u16 length;
} __attribute__((packed));
#endif

/*
 * Cells
 */

/* The cell is never asked; shutting it down or reconfiguring others needs no agreement. */
#define JAILHOUSE_CELL_PASSIVE_COMMREG           0x00000001
/* For tests, if the hypervisor was built for that: trapped memory behind the communication region. */
#define JAILHOUSE_CELL_TEST_DEVICE               0x00000002
/* The cell starts in AArch32 (arm64 only). */
#define JAILHOUSE_CELL_AARCH32                   0x00000004
/* The cell may write to the hypervisor's console by hypercall. */
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED 0x40000000
/* It shall use that as its console; implies the permission. */
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE    0x80000000

#define CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(flags) \
	((JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE & (flags)) != 0)
#define CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(flags)                   \
	((JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED & (flags)) != 0 || \
	 CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(flags))

#ifndef __ASSEMBLER__
struct jailhouse_cell_desc {
	char signature[5]; /* JAILHOUSE_CELL_DESC_SIGNATURE */
	__u8 architecture;
	__u16 revision; /* JAILHOUSE_CONFIG_REVISION */

	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	__u32 id; /* set by the driver */
	__u32 flags; /* JAILHOUSE_CELL_* */

	__u32 cpu_set_size; /* in bytes */
	__u32 num_memory_regions;
	__u32 num_cache_regions;
	__u32 num_irqchips;
	__u32 num_pio_regions;
	__u32 num_pci_devices;
	__u32 num_pci_caps;
	__u32 num_stream_ids;

	__u32 vpci_irq_base;

	__u64 cpu_reset_address;
	__u64 msg_reply_timeout; /* 0: wait for ever */

	struct jailhouse_console console;
} __attribute__((packed));
#endif

/*
 * The system
 */

#define JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE 0x0001

#define SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(flags) \
	((JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE & (flags)) != 0)

#define JAILHOUSE_APIC_MODE_AUTO   0
#define JAILHOUSE_APIC_MODE_XAPIC  1
#define JAILHOUSE_APIC_MODE_X2APIC 2

#ifndef __ASSEMBLER__
struct jailhouse_system {
	char signature[5]; /* JAILHOUSE_SYSTEM_SIGNATURE */
	__u8 architecture;
	__u16 revision; /* JAILHOUSE_CONFIG_REVISION */
	__u32 flags; /* JAILHOUSE_SYS_* */

	struct jailhouse_memory hypervisor_memory; /* virt_start and flags are not used */
	struct jailhouse_console debug_console;

	struct {
		__u64 pci_mmconfig_base; /* 0: none */
		__u8 pci_mmconfig_end_bus;
		__u8 pci_is_virtual; /* no such host in hardware, only ivshmem devices */
		__u16 pci_domain; /* of the virtual host */

		struct jailhouse_iommu iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];

		union {
			struct {
				__u16 pm_timer_address;
				__u8 apic_mode; /* JAILHOUSE_APIC_MODE_* */
				__u8 padding;
				__u32 vtd_interrupt_limit;
				__u32 tsc_khz;
				__u32 apic_khz;
			} __attribute__((packed)) x86;

			struct {
				__u8 maintenance_irq; /* INTID */
				__u8 gic_version; /* 2 or 3 */
				__u8 padding[2];
				__u64 gicd_base;
				__u64 gicc_base;
				__u64 gich_base;
				__u64 gicv_base;
				__u64 gicr_base;
			} __attribute__((packed)) arm;
		} __attribute__((packed));
	} __attribute__((packed)) platform_info;

	struct jailhouse_cell_desc root_cell;
} __attribute__((packed));

/*
 * Where the arrays are. These only add up what the counters say: whoever reads a configuration from
 * elsewhere bounds the counters first.
 */

static inline __u32 jailhouse_cell_config_size(const struct jailhouse_cell_desc *cell)
{
	return sizeof(struct jailhouse_cell_desc) + cell->cpu_set_size +
	       cell->num_memory_regions * sizeof(struct jailhouse_memory) +
	       cell->num_cache_regions * sizeof(struct jailhouse_cache) +
	       cell->num_irqchips * sizeof(struct jailhouse_irqchip) +
	       cell->num_pio_regions * sizeof(struct jailhouse_pio) +
	       cell->num_pci_devices * sizeof(struct jailhouse_pci_device) +
	       cell->num_pci_caps * sizeof(struct jailhouse_pci_capability) +
	       cell->num_stream_ids * sizeof(union jailhouse_stream_id);
}

static inline __u32 jailhouse_system_config_size(const struct jailhouse_system *system)
{
	return sizeof(*system) - sizeof(system->root_cell) +
	       jailhouse_cell_config_size(&system->root_cell);
}

/*
 * Little-endian bitmap: CPU n is bit n % 8 of byte n / 8. It is not aligned to anything wider than
 * that.
 */
static inline const void *jailhouse_cell_cpu_set(const struct jailhouse_cell_desc *cell)
{
	return (const char *)cell + sizeof(*cell);
}

static inline const struct jailhouse_memory *
jailhouse_cell_mem_regions(const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_memory *)((const char *)cell + sizeof(*cell) +
						 cell->cpu_set_size);
}

static inline const struct jailhouse_cache *
jailhouse_cell_cache_regions(const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_cache *)(jailhouse_cell_mem_regions(cell) +
						cell->num_memory_regions);
}

static inline const struct jailhouse_irqchip *
jailhouse_cell_irqchips(const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_irqchip *)(jailhouse_cell_cache_regions(cell) +
						  cell->num_cache_regions);
}

static inline const struct jailhouse_pio *jailhouse_cell_pio(const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_pio *)(jailhouse_cell_irqchips(cell) + cell->num_irqchips);
}

static inline const struct jailhouse_pci_device *
jailhouse_cell_pci_devices(const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_pci_device *)(jailhouse_cell_pio(cell) +
						     cell->num_pio_regions);
}

static inline const struct jailhouse_pci_capability *
jailhouse_cell_pci_caps(const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_pci_capability *)(jailhouse_cell_pci_devices(cell) +
							 cell->num_pci_devices);
}

static inline const union jailhouse_stream_id *
jailhouse_cell_stream_ids(const struct jailhouse_cell_desc *cell)
{
	return (const union jailhouse_stream_id *)(jailhouse_cell_pci_caps(cell) +
						   cell->num_pci_caps);
}
#endif /* !__ASSEMBLER__ */

#endif
