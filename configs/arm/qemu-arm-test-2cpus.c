/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell with two CPUs. */
#define TEST_ARCHITECTURE JAILHOUSE_ARM
#define TEST_NAME         "test-2cpus"
#define TEST_CPUS         0x6
#include "../arm64/qemu-arm64-test.c"
