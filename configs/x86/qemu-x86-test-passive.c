/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell, which nobody asks anything. */
#define TEST_NAME  "test-passive"
#define TEST_FLAGS JAILHOUSE_CELL_PASSIVE_COMMREG
#include "qemu-x86-test.c"
