/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell, started in AArch32. */
#define TEST_NAME  "test-aarch32"
#define TEST_FLAGS JAILHOUSE_CELL_AARCH32
#include "qemu-arm64-test.c"
