/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HYPERCALLS_H
#define HYPERCALLS_H

#include <jailhouse/types.h>

/**
 * Carry out a hypercall of the calling CPU's guest. Returns the guest's result, a negative errno, or HYPERCALL_RETRY.
 * JAILHOUSE_HC_DISABLE returns only if it is refused.
 */
long hypercall(u32 code, u64 arg1, u64 arg2);

#endif
