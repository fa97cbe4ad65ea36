/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PANIC_H
#define PANIC_H

#include <jailhouse/types.h>

/**
 * The guest of the calling CPU did what it must not. Prints "FATAL: " and the reason, the guest's registers; a non-root
 * cell fails and its CPUs are parked, the root cell's CPU stops. Returns; the CPU then waits in cpu_serve().
 */
void __attribute__((format(printf, 1, 2))) guest_violation(const char *fmt, ...);

/** The core itself is wrong: say so and stop this CPU for ever. A non-root cell fails, and cannot be managed any more. */
void __attribute__((noreturn, format(printf, 1, 2))) panic(const char *fmt, ...);

#endif
