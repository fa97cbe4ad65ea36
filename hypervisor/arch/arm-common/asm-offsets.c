// SPDX-License-Identifier: GPL-2.0-only
/* Constants for assembly, taken from the compiler's output by the Makefile. */
#include <asm/layout.h>
#include <asm/sysregs.h>
#include <cpu.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/image.h>

#define OFFSET(name, value) asm volatile(".ascii \"@" #name " %0\"" : : "i"((u64)(value)))

void asm_offsets(void);
void asm_offsets(void)
{
	OFFSET(IMAGE_ARCHITECTURE, CONFIG_ARCHITECTURE);
	OFFSET(HEADER_CORE_SIZE, offsetof(struct jailhouse_image_header, core_size));
	OFFSET(HEADER_PERCPU_SIZE, offsetof(struct jailhouse_image_header, percpu_size));
	OFFSET(HEADER_MAX_CPUS, offsetof(struct jailhouse_image_header, max_cpus));
	OFFSET(TCR_EL2_VALUE, TCR_EL2_VALUE);
	OFFSET(MAIR_EL2_VALUE, MAIR_EL2_VALUE);
	OFFSET(EC_DABT_SAME, EC_DABT_SAME);
	OFFSET(FSC_EXTERNAL_ABORT, FSC_EXTERNAL_ABORT);
	OFFSET(FSC_EXTERNAL_MASK, FSC_EXTERNAL_MASK);
	OFFSET(PERCPU_SIZE, sizeof(struct per_cpu));
}
