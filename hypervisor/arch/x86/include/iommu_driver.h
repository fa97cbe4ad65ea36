/* SPDX-License-Identifier: GPL-2.0-only */
/* Between iommu.c and the drivers of the kinds of IOMMUs. */
#ifndef IOMMU_DRIVER_H
#define IOMMU_DRIVER_H

#include <iommu.h>
#include <jailhouse/image.h>

/** Behind the functions of the same names in iommu.h; init() is called first. */
struct iommu_driver {
	u32 type; /* JAILHOUSE_IOMMU_* */
	u32 min_size; /* bytes of registers that it needs */
	int (*init)(const struct jailhouse_system *system);
	void (*activate)(void);
	void (*release)(void);
	void (*set_device)(u16 bdf, const struct cell *cell);
	void (*flush_cell)(const struct cell *cell);
	int (*device_prepare)(u16 bdf);
	void (*set_interrupt)(u16 bdf, u32 index, const struct irq_message *msg);
	/* One at a time. Units that report something interrupt no more; how many did, or are about to? */
	u32 (*report_events)(void);
	void (*let_interrupt)(bool on); /* when the next event comes */
	void (*interrupt_cpu)(u32 apic_id); /* by an NMI */
};

extern const struct iommu_driver amd_iommu_driver;

#define BDF_FORMAT "%02x:%02x.%x" /* of PCI_BDF() */

/** Highest requester that the root cell's configuration names: PCI devices and IO-APICs (low half of their id). Pure. */
u16 iommu_last_requester(const struct jailhouse_system *system);

/* --- events (iommu_faults.c), one at a time ------------------------------------------------- */

/** An event that a unit reported, whatever its kind. */
struct iommu_fault {
	bool has_device; /* false: it is about the unit itself */
	u16 bdf;
	u16 kind; /* JAILHOUSE_DMA_FAULT_* */
	u64 address; /* that the device used, or that the unit had trouble with */
};

/** Print it, unless there were too many of late, and put it into the report page if a device is to blame. */
void iommu_report_fault(u32 unit, const struct iommu_fault *fault);
#endif
