/* SPDX-License-Identifier: GPL-2.0-only */
/* SMC calling convention 1.1 (DEN 0028): what guests may ask of the firmware. */
#ifndef SMCCC_H
#define SMCCC_H

#include <jailhouse/types.h>

#define SMCCC_VERSION       0x80000000
#define SMCCC_ARCH_FEATURES 0x80000001

/** Carry out a guest's call, HVC #0 or SMC: function and arguments in x[0] to x[3], results go there. */
void smccc_handle(unsigned long *x);

/** Call the firmware; results to result[0] to [3] if it is not NULL. In the architecture's entry code. */
void smccc_to_firmware(const unsigned long *args, unsigned long *result);

#endif
