/* SPDX-License-Identifier: GPL-2.0-only */
/* For mmio-access.c: an address only the linker knows, so that it can become a displacement to RIP. */
#include "mmio-target.h"

	.globl	mmio_target
	.set	mmio_target, TARGET_PAGE + TARGET_OFFSET
