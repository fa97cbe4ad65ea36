/* SPDX-License-Identifier: GPL-2.0-only */
/* The core's image in the reserved memory. */
#ifndef DRIVER_IMAGE_H
#define DRIVER_IMAGE_H

#include <linux/types.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/image.h>
#include "reason.h"

/*
 * The core while it is being loaded, and what of it Linux may look at afterwards. The core takes all other memory out of
 * Linux's reach: no mapping of it stays behind.
 */
struct core_image {
	phys_addr_t phys; /* the reserved memory */
	size_t size;
	void *memory; /* mapped only until the core was entered */
	phys_addr_t entry;
	struct jailhouse_console_page *console;
	struct jailhouse_report *report;
};

/*
 * Check the reserved memory, load the firmware file into it for @online CPUs with numbers below @max_cpus, append @config,
 * and clean the caches. On success, all of @image is set. On failure, nothing is left to be undone.
 */
int image_load(struct core_image *image, struct reason *why, const struct jailhouse_system *config,
	       unsigned int max_cpus, unsigned int online);

/* The core was entered: keep the console and the report, let go of the rest. */
void image_entered(struct core_image *image);

/* The core is gone or refused to start: see what it wrote, even if with its caches off. */
void image_sync_pages(struct core_image *image);

/* Give up all mappings. */
void image_unmap(struct core_image *image);

#endif
