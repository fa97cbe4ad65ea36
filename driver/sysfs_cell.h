/* SPDX-License-Identifier: GPL-2.0-only */
/* Between sysfs.c and sysfs_cell.c. */
#ifndef DRIVER_SYSFS_CELL_H
#define DRIVER_SYSFS_CELL_H

struct kobject;

/* /sys/devices/jailhouse/cells */
extern struct kobject *sysfs_cells;

#endif
