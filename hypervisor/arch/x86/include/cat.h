/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cache allocation: which ways of the L3 cache the cells fill (Intel SDM 3, 17.19; AMD APM 2, 19).
 *
 * The root cell has the ways of its cache regions. A cell takes those of its regions away from it, or shares
 * them if they are ROOTSHARED, and gives them back when it is destroyed. What a cell has no regions for (all
 * of the cache, or its code or data) goes where the root cell's goes. The hardware wants the ways of one class
 * to be contiguous: of what is left to the root cell, it fills the largest contiguous part.
 * All is derived from the configurations of the cells that hold a class of service.
 *
 * Without cache regions in the root cell's configuration, the hardware is not touched.
 * Management lock held, or single CPU, unless said otherwise.
 */
#ifndef CAT_H
#define CAT_H

#include <jailhouse/cell-config.h>

/** Refuse cache regions that the CPUs cannot serve. Nothing is changed. */
int cat_check_system(const struct jailhouse_cell_desc *root);

/** After cat_check_system(). The description stays where it is. Undone by cat_exit(). */
void cat_init(const struct jailhouse_cell_desc *root);
void cat_exit(void);

/**
 * May this cell be made next to the existing ones? No changes. -EINVAL: the regions are wrong or not the root cell's;
 * -EBUSY: another cell has them, too little would be left to the root cell, or no class of service is free.
 */
int cat_check_cell(const struct jailhouse_cell_desc *desc);

/** After cat_check_cell(); cannot fail. The description stays where it is. */
void cat_add_cell(const struct jailhouse_cell_desc *desc);
/** A cell that was not added is none to remove. */
void cat_remove_cell(const struct jailhouse_cell_desc *desc);

/**
 * The calling CPU is to run that cell next: bring the masks of its L3 cache up to date, for all classes, and
 * select the cell's. Due on each CPU that changes hands, before its guest runs: at activation, at the start of a
 * cell, and back in the root cell. Other CPUs need not follow: where a cell has no CPU, it has no cache.
 * Any CPU, any time: cells may be added and removed meanwhile, but not that one.
 */
void cat_apply(const struct jailhouse_cell_desc *desc);

/** The calling CPU goes back to Linux without the core: everything as after a reset. Any CPU, any time. */
void cat_release(void);

#endif
