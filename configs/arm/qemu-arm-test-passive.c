/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell, but never asked anything. */
#define TEST_ARCHITECTURE JAILHOUSE_ARM
#define TEST_NAME         "test-passive"
#define TEST_FLAGS        JAILHOUSE_CELL_PASSIVE_COMMREG
#include "../arm64/qemu-arm64-test.c"
