/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell with two CPUs. */
#define TEST_NAME "test-2cpus"
#define TEST_CPUS 0x6
#include "qemu-x86-test.c"
