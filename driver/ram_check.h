/* SPDX-License-Identifier: GPL-2.0-only */
/* Does the root cell own the memory that Linux runs from? */
#ifndef DRIVER_RAM_CHECK_H
#define DRIVER_RAM_CHECK_H

#include <jailhouse/cell-config.h>

/*
 * Warn about System RAM that the root cell's configuration does not list: Linux would be stopped when it touches it. No
 * refusal, because System RAM may contain pieces that firmware owns and Linux never touches. @root was copied and bounded.
 */
void ram_warn_uncovered(const struct jailhouse_cell_desc *root);

#endif
