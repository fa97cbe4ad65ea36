/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How a further CPU is started, 64 bits. */
#ifndef JAILHOUSE_ASM_SMP_H
#define JAILHOUSE_ASM_SMP_H

/* PSCI functions that take an address have a number of their own here. */
#define PSCI_NATIVE(function) PSCI_FN64(function)

/** Entry point in start.S; not to be called. */
void secondary_start(void);

#endif
