/* SPDX-License-Identifier: GPL-2.0-only */
/* Handing the machine to the core, and taking it back. All need jailhouse_lock. */
#ifndef DRIVER_ENABLE_H
#define DRIVER_ENABLE_H

#include "reason.h"

/* @config: a struct jailhouse_system in user space. */
int jailhouse_enable(struct reason *why, const void __user *config);

int jailhouse_disable(struct reason *why);

/* The machine is going down: end all cells and leave the core, as far as possible. */
void jailhouse_shutdown(void);

#endif
