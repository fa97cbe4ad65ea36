/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell, as on qemu-arm64. */
#define TEST_ARCHITECTURE JAILHOUSE_ARM
#include "../arm64/qemu-arm64-test.c"
