/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell, but never asked anything. */
#define TEST_NAME  "test-passive"
#define TEST_FLAGS JAILHOUSE_CELL_PASSIVE_COMMREG
#include "qemu-arm64-test.c"
