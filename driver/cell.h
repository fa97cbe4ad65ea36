/* SPDX-License-Identifier: GPL-2.0-only */
/* The cells as Linux knows them. Everything here needs jailhouse_lock unless it says otherwise. */
#ifndef DRIVER_CELL_H
#define DRIVER_CELL_H

#include <linux/cpumask.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/ioctl.h>
#include "reason.h"

/* Freed with the last reference to its kobject: a reader of sysfs may hold one for longer than the cell exists. */
struct cell {
	struct kobject kobj; /* cells/ID */
	struct kobject *statistics; /* cells/ID/statistics, NULL while not in sysfs */
	struct list_head cpu_dirs; /* cells/ID/statistics/cpuN */
	struct list_head entry; /* in cells */
	unsigned int id;
	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	struct cpumask cpus; /* sysfs reads it without a lock; single bits change */
	struct cpumask taken; /* those of cpus that were online in Linux */
	u32 num_regions;
	struct jailhouse_memory *regions;
};

#define ROOT_CELL_ID 0

/* The root cell first; empty while not enabled. */
extern struct list_head cells;

/* NULL while not enabled. */
struct cell *cell_root(void);

/* Not in any list or in sysfs yet. Drop with cell_put(). Returns NULL without memory. */
struct cell *cell_alloc(const struct jailhouse_cell_desc *config, unsigned int id,
			const struct cpumask *cpus);
void cell_put(struct cell *cell);

/* Add to the list and to sysfs, and the reverse. cell_remove() drops the reference, too. */
int cell_add(struct cell *cell);
void cell_remove(struct cell *cell);

/*
 * Requests: 0 or a negative errno with the reason set. The core must be active; they refuse if it is not.
 */
int cell_create(struct reason *why, const struct jailhouse_cell_create *create);
int cell_load(struct reason *why, const struct jailhouse_cell_load __user *load);
int cell_start(struct reason *why, struct jailhouse_cell_id *id);
int cell_destroy(struct reason *why, struct jailhouse_cell_id *id);

/* The machine is going down: end all cells but the root cell, as far as they can be ended. */
void cell_destroy_all(void);

/* Find the non-root cell meant by user space, or return an ERR_PTR with the reason set. */
struct cell *cell_find(struct reason *why, struct jailhouse_cell_id *id);

/* cell_cpus.c: Linux's CPUs going to a cell and coming back. */

/* All CPUs of @cell belong to the root cell, which keeps at least one. Takes none. */
int cell_cpus_check(struct reason *why, const struct cell *cell);
/* Take the cell's CPUs offline. If one cannot, the others come back. */
int cell_cpus_take(struct reason *why, struct cell *cell);
/* Bring those back online that were. */
void cell_cpus_give_back(struct cell *cell);

#endif
