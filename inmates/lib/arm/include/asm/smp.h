/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How a further CPU is started, 32 bits. */
#ifndef JAILHOUSE_ASM_SMP_H
#define JAILHOUSE_ASM_SMP_H

#define PSCI_NATIVE(function) (function)

/** Entry point in start.S; not to be called. */
void secondary_start(void);

#endif
