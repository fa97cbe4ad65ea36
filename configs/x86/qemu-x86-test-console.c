/* SPDX-License-Identifier: GPL-2.0-only */
/* The test cell with the hypervisor's console besides its own. */
#define TEST_NAME  "test-console"
#define TEST_FLAGS JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE
#include "qemu-x86-test.c"
