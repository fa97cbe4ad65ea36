/* SPDX-License-Identifier: GPL-2.0-only */
/* Configurations from user space: copied, and checked as far as the driver itself relies on them. */
#ifndef DRIVER_CONFIG_CHECK_H
#define DRIVER_CONFIG_CHECK_H

#include <linux/cpumask.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/ioctl.h>
#include "reason.h"

/* No configuration is larger; real ones have a few KiB. */
#define CONFIG_MAX_SIZE (1024 * 1024)

/* Of one of JAILHOUSE_X86, _ARM, _ARM64, for a sentence. */
const char *architecture_name(u32 architecture);

/*
 * Both return a copy with right signature, revision, architecture and name, in which all arrays lie within the copy, or an
 * ERR_PTR with the reason set. What the arrays say is unchecked; that is the core's part.
 */

/* Free with kvfree(). */
struct jailhouse_system *config_copy_system(struct reason *why, const void __user *from);

/* In one physically contiguous piece, 8-byte aligned. Free with kfree(). */
struct jailhouse_cell_desc *config_copy_cell(struct reason *why,
					     const struct jailhouse_cell_create *create);

/*
 * Read the cell's CPUs into @cpus. Returns 0, or -EINVAL with *@bad being a CPU number that this machine cannot have.
 */
int config_cpus(const struct jailhouse_cell_desc *cell, struct cpumask *cpus, unsigned int *bad);

#endif
