// SPDX-License-Identifier: GPL-2.0-only
/* Events of IOMMUs, on their way to a person: a device that misbehaves shall be named, but must not flood the console. */
#include <arch.h>
#include <iommu_driver.h>
#include <printk.h>

#define PERIOD_MS        1000
#define LINES_PER_PERIOD 16

extern struct jailhouse_report report_page;

static u64 period_end; /* arch_time() */
static u32 reported; /* events in this period */

static void begin_period(void)
{
	if (reported > LINES_PER_PERIOD)
		printk("IOMMU: %u more events\n", reported - LINES_PER_PERIOD);
	reported = 0;
	period_end = arch_time() + PERIOD_MS * arch_time_per_ms();
}

static void print_fault(u32 unit, const struct iommu_fault *fault)
{
	static const char *const kinds[] = { "blocked read", "blocked write", "blocked interrupt",
					     "broken table or request" };

	if (fault->has_device)
		printk("IOMMU: device " BDF_FORMAT ": %s at 0x%llx\n", PCI_BDF(fault->bdf),
		       kinds[fault->kind], fault->address);
	else
		printk("IOMMU: unit %u: error at 0x%llx\n", unit, fault->address);
}

/** The root cell may be reading: the sequence number is odd meanwhile. */
static void keep_fault(const struct iommu_fault *fault)
{
	struct jailhouse_dma_faults *faults = &report_page.dma_faults;

	faults->sequence++;
	__atomic_thread_fence(__ATOMIC_RELEASE);
	faults->count++;
	faults->device = fault->bdf;
	faults->kind = fault->kind;
	faults->address = fault->address;
	__atomic_thread_fence(__ATOMIC_RELEASE);
	faults->sequence++;
}

void iommu_report_fault(u32 unit, const struct iommu_fault *fault)
{
	if (arch_time() >= period_end)
		begin_period();
	if (reported++ < LINES_PER_PERIOD)
		print_fault(unit, fault);
	if (fault->has_device)
		keep_fault(fault);
}
