/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell, printing to the hypervisor's console by hypercall. */
#define TEST_ARCHITECTURE JAILHOUSE_ARM
#define TEST_NAME         "test-console"
#define TEST_FLAGS        JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE
#include "../arm64/qemu-arm64-test.c"
