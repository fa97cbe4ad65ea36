/* SPDX-License-Identifier: GPL-2.0-only */
/* /sys/devices/jailhouse */
#ifndef DRIVER_SYSFS_H
#define DRIVER_SYSFS_H

#include <linux/sysfs.h>
#include <linux/types.h>

struct cell;

/* The tree while the module is loaded; jailhouse_root is its top. */
int sysfs_init(void);
void sysfs_exit(void);

/* Set up the kobject of @cell, so that kobject_put() frees the cell. */
void sysfs_cell_init(struct cell *cell);

/* Show @cell, or stop to. Need jailhouse_lock. Nothing is left behind by a failing sysfs_cell_add(). */
int sysfs_cell_add(struct cell *cell);
void sysfs_cell_remove(struct cell *cell);

/* Make the cpuN folders those of cell->cpus again. A folder that no memory is left for is missing, no more. */
void sysfs_cell_update_cpus(struct cell *cell);

/* A counter of the core: statistics/vmexits_NAME and statistics/cpuN/vmexits_NAME. */
struct statistic {
	struct attribute attr;
	unsigned int number; /* JAILHOUSE_CPU_STAT_VMEXITS_* */
};

#define DEFINE_STATISTIC(_name, _number)                                         \
	static struct statistic statistic_##_name = {                            \
		.attr = { .name = "vmexits_" __stringify(_name), .mode = 0444 }, \
		.number = JAILHOUSE_CPU_STAT_VMEXITS_##_number,                  \
	}

#endif
