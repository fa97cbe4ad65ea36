/* SPDX-License-Identifier: GPL-2.0-only */
/* Enabling and disabling. */
#ifndef SETUP_H
#define SETUP_H

#include <jailhouse/image.h>
#include <jailhouse/cell-config.h>

extern struct jailhouse_image_header image_header;
extern struct jailhouse_system *system_config; /* checked copy, in the reserved memory */
extern const char core_version[];

/**
 * C entry of each CPU, on its own stack in the core's address space. Returns 0 when the machine is ours and
 * the CPU shall continue as the root cell's, or the same negative errno on every CPU, with nothing changed.
 */
int setup_cpu(u32 cpu);

/**
 * The calling root CPU leaves for good, once all root CPUs do. Returns only a refusal: -EBUSY, -EPERM.
 */
long shutdown_cpu(void);

#endif
