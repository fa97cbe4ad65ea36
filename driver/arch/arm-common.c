// SPDX-License-Identifier: GPL-2.0-only
/* arm, arm64: EL2, or Hyp mode, is entered through the kernel's hyp stub. */
#include <linux/align.h>
#include <linux/module.h>
#include <linux/stringify.h>
#include <asm/barrier.h>
#include <jailhouse/hypercall.h>
#include "../arch.h"
#include "../sysfs.h"
#include "arm-common.h"

#define FIRMWARE "jailhouse.bin"

MODULE_FIRMWARE(FIRMWARE);

const char *arch_firmware_name(void)
{
	return FIRMWARE;
}

void arch_prepare_image(struct jailhouse_image_header *header, void *memory, phys_addr_t phys,
			u64 size)
{
}

int arch_leave_core(void)
{
	return jailhouse_call(JAILHOUSE_HC_DISABLE);
}

int arch_enter_core(phys_addr_t entry, unsigned int cpu)
{
	long result;

	drop_instruction_cache();
	result = hvc_soft_restart(entry, cpu);
	/* Not the core's answer, but that of a stub that does not know the call. */
	if (result > 0)
		return -EIO;
	return result;
}

void arch_clean_dcache(const void *start, size_t size)
{
	unsigned long line = cache_line_size_min();
	unsigned long address = ALIGN_DOWN((unsigned long)start, line);
	unsigned long end = (unsigned long)start + size;

	dsb(sy);
	for (; address < end; address += line)
		clean_cache_line(address);
	dsb(sy);
}

DEFINE_STATISTIC(maintenance, MAINTENANCE);
DEFINE_STATISTIC(virt_irq, VIRT_IRQ);
DEFINE_STATISTIC(virt_sgi, VIRT_SGI);
DEFINE_STATISTIC(psci, PSCI);
DEFINE_STATISTIC(smccc, SMCCC);
#ifdef JAILHOUSE_CPU_STAT_VMEXITS_CP15
DEFINE_STATISTIC(cp15, CP15);
#endif

static struct attribute *statistics[] = {
	&statistic_maintenance.attr,
	&statistic_virt_irq.attr,
	&statistic_virt_sgi.attr,
	&statistic_psci.attr,
	&statistic_smccc.attr,
#ifdef JAILHOUSE_CPU_STAT_VMEXITS_CP15
	&statistic_cp15.attr,
#endif
	NULL,
};

const struct attribute_group arch_statistics = { .attrs = statistics };
