// SPDX-License-Identifier: GPL-2.0-only
/*
 * The numbers of the published interface, checked by the compiler. Nothing here runs:
 * test_headers.py compiles this file for each architecture. A failing line means that existing
 * configurations, guests or programs break.
 */
#include <jailhouse/cell-config.h>
#include <jailhouse/hypercall.h>
#include <jailhouse/image.h>
#ifdef TEST_HOSTED
#include <jailhouse/ioctl.h>
#endif

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), "size of " #type)
#define FIELD(type, member, offset_) \
	_Static_assert(offsetof(type, member) == (offset_), #type "." #member)
#define VALUE(name, value) _Static_assert((name) == (value), #name)

SIZE(u8, 1);
SIZE(u16, 2);
SIZE(u32, 4);
SIZE(u64, 8);
SIZE(__u64, 8);

VALUE(JAILHOUSE_X86, 0);
VALUE(JAILHOUSE_ARM, 1);
VALUE(JAILHOUSE_ARM64, 2);
VALUE(JAILHOUSE_CONFIG_REVISION, 14);
VALUE(JAILHOUSE_CELL_NAME_MAXLEN, 31);
VALUE(JAILHOUSE_MAX_IOMMU_UNITS, 8);

SIZE(struct jailhouse_console, 32);
FIELD(struct jailhouse_console, address, 0);
FIELD(struct jailhouse_console, size, 8);
FIELD(struct jailhouse_console, type, 12);
FIELD(struct jailhouse_console, flags, 14);
FIELD(struct jailhouse_console, divider, 16);
FIELD(struct jailhouse_console, gate_nr, 20);
FIELD(struct jailhouse_console, clock_reg, 24);

VALUE(JAILHOUSE_CON_TYPE_NONE, 0);
VALUE(JAILHOUSE_CON_TYPE_EFIFB, 1);
VALUE(JAILHOUSE_CON_TYPE_8250, 2);
VALUE(JAILHOUSE_CON_TYPE_PL011, 3);
VALUE(JAILHOUSE_CON_TYPE_XUARTPS, 4);
VALUE(JAILHOUSE_CON_TYPE_MVEBU, 5);
VALUE(JAILHOUSE_CON_TYPE_HSCIF, 6);
VALUE(JAILHOUSE_CON_TYPE_SCIFA, 7);
VALUE(JAILHOUSE_CON_TYPE_IMX, 8);
VALUE(JAILHOUSE_CON_TYPE_IMX_LPUART, 9);
VALUE(JAILHOUSE_CON_TYPE_SCIF, 10);
VALUE(CON_IS_MMIO(JAILHOUSE_CON_ACCESS_MMIO), 1);
VALUE(CON_IS_MMIO(JAILHOUSE_CON_ACCESS_PIO), 0);
VALUE(CON_USES_REGDIST_1(JAILHOUSE_CON_REGDIST_1), 1);
VALUE(CON_USES_REGDIST_1(2), 0);
VALUE(FB_IS_1920x1080(4), 1);
VALUE(FB_IS_1920x1080(JAILHOUSE_CON_FB_1024x768), 0);
VALUE(CON_HAS_INVERTED_GATE(0x1000), 1);
VALUE(CON_HAS_MDR_QUIRK(0x2000), 1);

SIZE(struct jailhouse_memory, 32);
FIELD(struct jailhouse_memory, phys_start, 0);
FIELD(struct jailhouse_memory, virt_start, 8);
FIELD(struct jailhouse_memory, size, 16);
FIELD(struct jailhouse_memory, flags, 24);
VALUE(JAILHOUSE_MEM_READ, 1);
VALUE(JAILHOUSE_MEM_WRITE, 2);
VALUE(JAILHOUSE_MEM_EXECUTE, 4);
VALUE(JAILHOUSE_MEM_DMA, 8);
VALUE(JAILHOUSE_MEM_IO, 0x10);
VALUE(JAILHOUSE_MEM_COMM_REGION, 0x20);
VALUE(JAILHOUSE_MEM_LOADABLE, 0x40);
VALUE(JAILHOUSE_MEM_ROOTSHARED, 0x80);
VALUE(JAILHOUSE_MEM_NO_HUGEPAGES, 0x100);
VALUE(JAILHOUSE_MEM_IO_UNALIGNED, 0x8000);
VALUE(JAILHOUSE_MEM_IO_8, 0x10000);
VALUE(JAILHOUSE_MEM_IO_16, 0x20000);
VALUE(JAILHOUSE_MEM_IO_32, 0x40000);
VALUE(JAILHOUSE_MEM_IO_64, 0x80000);

SIZE(struct jailhouse_cache, 12);
FIELD(struct jailhouse_cache, start, 0);
FIELD(struct jailhouse_cache, size, 4);
FIELD(struct jailhouse_cache, type, 8);
FIELD(struct jailhouse_cache, padding, 9);
FIELD(struct jailhouse_cache, flags, 10);
VALUE(JAILHOUSE_CACHE_L3_CODE, 1);
VALUE(JAILHOUSE_CACHE_L3_DATA, 2);
VALUE(JAILHOUSE_CACHE_L3, 3);
VALUE(JAILHOUSE_CACHE_ROOTSHARED, 1);

SIZE(struct jailhouse_irqchip, 32);
FIELD(struct jailhouse_irqchip, address, 0);
FIELD(struct jailhouse_irqchip, id, 8);
FIELD(struct jailhouse_irqchip, pin_base, 12);
FIELD(struct jailhouse_irqchip, pin_bitmap, 16);

SIZE(struct jailhouse_pci_device, 56);
FIELD(struct jailhouse_pci_device, type, 0);
FIELD(struct jailhouse_pci_device, iommu, 1);
FIELD(struct jailhouse_pci_device, domain, 2);
FIELD(struct jailhouse_pci_device, bdf, 4);
FIELD(struct jailhouse_pci_device, bar_mask, 6);
FIELD(struct jailhouse_pci_device, caps_start, 30);
FIELD(struct jailhouse_pci_device, num_caps, 32);
FIELD(struct jailhouse_pci_device, num_msi_vectors, 34);
FIELD(struct jailhouse_pci_device, num_msix_vectors, 36);
FIELD(struct jailhouse_pci_device, msix_region_size, 38);
FIELD(struct jailhouse_pci_device, msix_address, 40);
FIELD(struct jailhouse_pci_device, shmem_regions_start, 48);
FIELD(struct jailhouse_pci_device, shmem_dev_id, 52);
FIELD(struct jailhouse_pci_device, shmem_peers, 53);
FIELD(struct jailhouse_pci_device, shmem_protocol, 54);
VALUE(JAILHOUSE_PCI_TYPE_DEVICE, 1);
VALUE(JAILHOUSE_PCI_TYPE_BRIDGE, 2);
VALUE(JAILHOUSE_PCI_TYPE_IVSHMEM, 3);
VALUE(JAILHOUSE_SHMEM_PROTO_UNDEFINED, 0);
VALUE(JAILHOUSE_SHMEM_PROTO_VETH, 1);
VALUE(JAILHOUSE_SHMEM_PROTO_CUSTOM, 0x4000);
VALUE(JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT, 0x8000);
VALUE(JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK, 0xc000);
VALUE(VIRTIO_DEV_NET, 1);
VALUE(VIRTIO_DEV_BLOCK, 2);
VALUE(VIRTIO_DEV_CONSOLE, 3);

SIZE(struct jailhouse_pci_capability, 8);
FIELD(struct jailhouse_pci_capability, id, 0);
FIELD(struct jailhouse_pci_capability, start, 2);
FIELD(struct jailhouse_pci_capability, len, 4);
FIELD(struct jailhouse_pci_capability, flags, 6);
VALUE(JAILHOUSE_PCI_EXT_CAP, 0x8000);
VALUE(JAILHOUSE_PCICAPS_WRITE, 1);
VALUE(PCI_CAP_ID_MSIX, 0x11);
VALUE(PCI_EXT_CAP_ID_ERR, 1);

SIZE(struct jailhouse_iommu, 28);
FIELD(struct jailhouse_iommu, type, 0);
FIELD(struct jailhouse_iommu, base, 4);
FIELD(struct jailhouse_iommu, size, 12);
FIELD(struct jailhouse_iommu, amd.bdf, 16);
FIELD(struct jailhouse_iommu, amd.base_cap, 18);
FIELD(struct jailhouse_iommu, amd.msi_cap, 19);
FIELD(struct jailhouse_iommu, amd.features, 20);
FIELD(struct jailhouse_iommu, tipvu.tlb_base, 16);
FIELD(struct jailhouse_iommu, tipvu.tlb_size, 24);
VALUE(JAILHOUSE_IOMMU_AMD, 1);
VALUE(JAILHOUSE_IOMMU_INTEL, 2);
VALUE(JAILHOUSE_IOMMU_SMMUV3, 3);
VALUE(JAILHOUSE_IOMMU_PVU, 4);
VALUE(JAILHOUSE_IOMMU_ARM_MMU500, 5);

SIZE(union jailhouse_stream_id, 4);
FIELD(union jailhouse_stream_id, mmu500.id, 0);
FIELD(union jailhouse_stream_id, mmu500.mask_out, 2);

SIZE(struct jailhouse_pio, 4);
FIELD(struct jailhouse_pio, base, 0);
FIELD(struct jailhouse_pio, length, 2);

SIZE(struct jailhouse_cell_desc, 132);
FIELD(struct jailhouse_cell_desc, signature, 0);
FIELD(struct jailhouse_cell_desc, architecture, 5);
FIELD(struct jailhouse_cell_desc, revision, 6);
FIELD(struct jailhouse_cell_desc, name, 8);
FIELD(struct jailhouse_cell_desc, id, 40);
FIELD(struct jailhouse_cell_desc, flags, 44);
FIELD(struct jailhouse_cell_desc, cpu_set_size, 48);
FIELD(struct jailhouse_cell_desc, num_memory_regions, 52);
FIELD(struct jailhouse_cell_desc, num_cache_regions, 56);
FIELD(struct jailhouse_cell_desc, num_irqchips, 60);
FIELD(struct jailhouse_cell_desc, num_pio_regions, 64);
FIELD(struct jailhouse_cell_desc, num_pci_devices, 68);
FIELD(struct jailhouse_cell_desc, num_pci_caps, 72);
FIELD(struct jailhouse_cell_desc, num_stream_ids, 76);
FIELD(struct jailhouse_cell_desc, vpci_irq_base, 80);
FIELD(struct jailhouse_cell_desc, cpu_reset_address, 84);
FIELD(struct jailhouse_cell_desc, msg_reply_timeout, 92);
FIELD(struct jailhouse_cell_desc, console, 100);
VALUE(JAILHOUSE_CELL_PASSIVE_COMMREG, 1);
VALUE(JAILHOUSE_CELL_TEST_DEVICE, 2);
VALUE(JAILHOUSE_CELL_AARCH32, 4);
VALUE(JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED, 0x40000000);
VALUE(JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE, 0x80000000);

SIZE(struct jailhouse_system, 488);
FIELD(struct jailhouse_system, signature, 0);
FIELD(struct jailhouse_system, architecture, 5);
FIELD(struct jailhouse_system, revision, 6);
FIELD(struct jailhouse_system, flags, 8);
FIELD(struct jailhouse_system, hypervisor_memory, 12);
FIELD(struct jailhouse_system, debug_console, 44);
FIELD(struct jailhouse_system, platform_info, 76);
FIELD(struct jailhouse_system, platform_info.pci_mmconfig_base, 76);
FIELD(struct jailhouse_system, platform_info.pci_mmconfig_end_bus, 84);
FIELD(struct jailhouse_system, platform_info.pci_is_virtual, 85);
FIELD(struct jailhouse_system, platform_info.pci_domain, 86);
FIELD(struct jailhouse_system, platform_info.iommu_units, 88);
FIELD(struct jailhouse_system, platform_info.x86.pm_timer_address, 312);
FIELD(struct jailhouse_system, platform_info.x86.apic_mode, 314);
FIELD(struct jailhouse_system, platform_info.x86.vtd_interrupt_limit, 316);
FIELD(struct jailhouse_system, platform_info.x86.tsc_khz, 320);
FIELD(struct jailhouse_system, platform_info.x86.apic_khz, 324);
FIELD(struct jailhouse_system, platform_info.arm.maintenance_irq, 312);
FIELD(struct jailhouse_system, platform_info.arm.gic_version, 313);
FIELD(struct jailhouse_system, platform_info.arm.gicd_base, 316);
FIELD(struct jailhouse_system, platform_info.arm.gicc_base, 324);
FIELD(struct jailhouse_system, platform_info.arm.gich_base, 332);
FIELD(struct jailhouse_system, platform_info.arm.gicv_base, 340);
FIELD(struct jailhouse_system, platform_info.arm.gicr_base, 348);
FIELD(struct jailhouse_system, root_cell, 356);
VALUE(JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE, 1);
VALUE(JAILHOUSE_APIC_MODE_AUTO, 0);
VALUE(JAILHOUSE_APIC_MODE_XAPIC, 1);
VALUE(JAILHOUSE_APIC_MODE_X2APIC, 2);

VALUE(JAILHOUSE_HC_DISABLE, 0);
VALUE(JAILHOUSE_HC_CELL_CREATE, 1);
VALUE(JAILHOUSE_HC_CELL_START, 2);
VALUE(JAILHOUSE_HC_CELL_SET_LOADABLE, 3);
VALUE(JAILHOUSE_HC_CELL_DESTROY, 4);
VALUE(JAILHOUSE_HC_HYPERVISOR_GET_INFO, 5);
VALUE(JAILHOUSE_HC_CELL_GET_STATE, 6);
VALUE(JAILHOUSE_HC_CPU_GET_INFO, 7);
VALUE(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, 8);
VALUE(JAILHOUSE_INFO_MEM_POOL_SIZE, 0);
VALUE(JAILHOUSE_INFO_MEM_POOL_USED, 1);
VALUE(JAILHOUSE_INFO_REMAP_POOL_SIZE, 2);
VALUE(JAILHOUSE_INFO_REMAP_POOL_USED, 3);
VALUE(JAILHOUSE_INFO_NUM_CELLS, 4);
VALUE(JAILHOUSE_CPU_INFO_STATE, 0);
VALUE(JAILHOUSE_CPU_INFO_STAT_BASE, 1000);
VALUE(JAILHOUSE_CPU_RUNNING, 0);
VALUE(JAILHOUSE_CPU_FAILED, 2);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_TOTAL, 0);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_MMIO, 1);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT, 2);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL, 3);

VALUE(JAILHOUSE_MSG_SHUTDOWN_REQUEST, 1);
VALUE(JAILHOUSE_MSG_RECONFIG_COMPLETED, 2);
VALUE(JAILHOUSE_MSG_UNKNOWN, 1);
VALUE(JAILHOUSE_MSG_REQUEST_DENIED, 2);
VALUE(JAILHOUSE_MSG_REQUEST_APPROVED, 3);
VALUE(JAILHOUSE_MSG_RECEIVED, 4);
VALUE(JAILHOUSE_CELL_RUNNING, 0);
VALUE(JAILHOUSE_CELL_RUNNING_LOCKED, 1);
VALUE(JAILHOUSE_CELL_SHUT_DOWN, 2);
VALUE(JAILHOUSE_CELL_FAILED, 3);
VALUE(JAILHOUSE_CELL_FAILED_COMM_REV, 4);
VALUE(JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED, 1);
VALUE(JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE, 2);
VALUE(COMM_REGION_ABI_REVISION, 2);

FIELD(struct jailhouse_comm_region, signature, 0);
FIELD(struct jailhouse_comm_region, revision, 6);
FIELD(struct jailhouse_comm_region, cell_state, 8);
FIELD(struct jailhouse_comm_region, msg_to_cell, 12);
FIELD(struct jailhouse_comm_region, reply_from_cell, 16);
FIELD(struct jailhouse_comm_region, flags, 20);
FIELD(struct jailhouse_comm_region, console, 24);
FIELD(struct jailhouse_comm_region, pci_mmconfig_base, 56);

#if defined(TEST_x86)
SIZE(struct jailhouse_comm_region, 76);
FIELD(struct jailhouse_comm_region, pm_timer_address, 64);
FIELD(struct jailhouse_comm_region, num_cpus, 66);
FIELD(struct jailhouse_comm_region, tsc_khz, 68);
FIELD(struct jailhouse_comm_region, apic_khz, 72);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_PIO, 4);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_XAPIC, 5);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_CR, 6);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_CPUID, 7);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_XSETBV, 8);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_EXCEPTION, 9);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_MSR_OTHER, 10);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_MSR_X2APIC_ICR, 11);
#else
SIZE(struct jailhouse_comm_region, 100);
FIELD(struct jailhouse_comm_region, gic_version, 64);
FIELD(struct jailhouse_comm_region, gicd_base, 72);
FIELD(struct jailhouse_comm_region, gicc_base, 80);
FIELD(struct jailhouse_comm_region, gicr_base, 88);
FIELD(struct jailhouse_comm_region, vpci_irq_base, 96);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE, 4);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_VIRT_IRQ, 5);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_VIRT_SGI, 6);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_PSCI, 7);
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_SMCCC, 8);
#if defined(TEST_arm)
VALUE(JAILHOUSE_CPU_STAT_VMEXITS_CP15, 9);
#endif
#endif

#ifdef TEST_HOSTED
SIZE(struct jailhouse_cell_create, 16);
SIZE(struct jailhouse_cell_id, 40);
FIELD(struct jailhouse_cell_id, name, 8);
SIZE(struct jailhouse_cell_load, 48);
SIZE(struct jailhouse_preload_image, 32);
FIELD(struct jailhouse_preload_image, target_address, 16);
SIZE(struct jailhouse_reason, 256);
VALUE(JAILHOUSE_ENABLE, _IOW(0, 0, void *));
VALUE(JAILHOUSE_DISABLE, 1);
VALUE(JAILHOUSE_CELL_CREATE, 0x40100002);
VALUE(JAILHOUSE_CELL_LOAD, 0x40300003);
VALUE(JAILHOUSE_CELL_START, 0x40280004);
VALUE(JAILHOUSE_CELL_DESTROY, 0x40280005);
VALUE(JAILHOUSE_GET_REASON, 0x81000010);
#endif

/* Driver and core. */
SIZE(struct jailhouse_dma_faults, 24);
FIELD(struct jailhouse_dma_faults, count, 4);
FIELD(struct jailhouse_dma_faults, address, 8);
FIELD(struct jailhouse_dma_faults, device, 16);
FIELD(struct jailhouse_dma_faults, kind, 18);
FIELD(struct jailhouse_report, text, 4);
FIELD(struct jailhouse_report, dma_faults, 256);
SIZE(struct jailhouse_report, 280);

/* Each inline function is compiled, too. */
u32 use_inlines(const struct jailhouse_system *system, struct jailhouse_comm_region *comm_region);
u32 use_inlines(const struct jailhouse_system *system, struct jailhouse_comm_region *comm_region)
{
	const struct jailhouse_cell_desc *cell = &system->root_cell;
	const struct jailhouse_memory *mem = jailhouse_cell_mem_regions(cell);

#ifndef TEST_NO_CALL
	jailhouse_call(JAILHOUSE_HC_DISABLE);
	jailhouse_call_arg1(JAILHOUSE_HC_CELL_START, 1);
	jailhouse_call_arg2(JAILHOUSE_HC_CPU_GET_INFO, 1, 2);
#endif
	jailhouse_send_msg_to_cell(comm_region, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	jailhouse_send_reply_from_cell(comm_region, JAILHOUSE_MSG_RECEIVED);

	return jailhouse_system_config_size(system) + *(const u8 *)jailhouse_cell_cpu_set(cell) +
	       JAILHOUSE_MEMORY_IS_SUBPAGE(mem) + jailhouse_cell_cache_regions(cell)->size +
	       jailhouse_cell_irqchips(cell)->id + jailhouse_cell_pio(cell)->base +
	       jailhouse_cell_pci_devices(cell)->bdf + jailhouse_cell_pci_caps(cell)->id +
	       jailhouse_cell_stream_ids(cell)->id;
}
