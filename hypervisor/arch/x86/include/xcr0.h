/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XCR0_H
#define XCR0_H

#include <bits.h>

/** May XCR0 have this value on a CPU that supports these bits? What the CPU itself would refuse is refused. */
bool x86_xcr0_valid(u64 value, u64 supported);

#endif
