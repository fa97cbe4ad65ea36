// SPDX-License-Identifier: GPL-2.0-only
/* The same for 32-bit code. */
#include "mmio-access.c"
