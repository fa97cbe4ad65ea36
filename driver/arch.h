/* SPDX-License-Identifier: GPL-2.0-only */
/* What each architecture provides in arch/ARCH.c. */
#ifndef DRIVER_ARCH_H
#define DRIVER_ARCH_H

#include <linux/sysfs.h>
#include <linux/types.h>
#include <jailhouse/image.h>
#include "reason.h"

/* JAILHOUSE_X86, _ARM, _ARM64: what configurations must be made for */
extern const u8 arch_config_architecture;

/* Counters beyond the generic ones, as struct statistic (sysfs.h). */
extern const struct attribute_group arch_statistics;

/* Around the module's life, before any request and after all of them. */
int arch_init(void);
void arch_exit(void);

/* Name of the core's image below the firmware search path. */
const char *arch_firmware_name(void);

/*
 * Can the core be entered from this kernel on this machine? 0, or a refusal with advice. May sleep. Changes nothing.
 */
int arch_check_machine(struct reason *why);

/*
 * Enter the core on this CPU, which is @cpu. Called on all online CPUs at once, interrupts off. @entry is the physical
 * address of the core's entry point; everything loaded was handed to arch_clean_dcache() before.
 * Returns 0 as a CPU of the root cell, or a negative errno, the same on all CPUs, with nothing changed.
 */
int arch_enter_core(phys_addr_t entry, unsigned int cpu);

/*
 * Put what entering needs into the loaded image at @memory (@phys, @size: all of the reserved memory) and its header.
 */
void arch_prepare_image(struct jailhouse_image_header *header, void *memory, phys_addr_t phys,
			u64 size);

/* The hypercall DISABLE on this CPU, as the core wants it issued: interrupts off, all root CPUs at once. */
int arch_leave_core(void);

/*
 * Write back and drop what the data caches hold of [@start, @start + @size), down to where a CPU with its MMU and caches
 * off finds it (and so that what such a CPU writes there is seen afterwards).
 */
void arch_clean_dcache(const void *start, size_t size);

#endif
