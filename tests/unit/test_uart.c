// SPDX-License-Identifier: GPL-2.0-only
/* uart/uart.c: the clock of the debug console. */
#include "unit.h"
#include <uart.h>

static u32 gates_after(u32 before, u32 gate, u16 flags)
{
	const struct jailhouse_console console = { .gate_nr = gate, .flags = flags };
	u32 after;

	memset(fake_device, 0x5a, 16);
	memcpy(fake_device + 4, &before, sizeof(before));
	mmio_events = 0;
	uart_open_gate(&console, fake_device + 4);
	memcpy(&after, fake_device + 4, sizeof(after));
	assert_int_equal(fake_device[3], 0x5a);
	assert_int_equal(fake_device[8], 0x5a);
	/* One access to look, one to change, of the register's width. */
	assert_int_equal(mmio_events, 2);
	assert_int_equal(mmio_log[0].size, 4);
	assert_true(mmio_log[1].is_write && mmio_log[1].size == 4);
	return after;
}

static void opened_by_one(void **state)
{
	for (u32 gate = 0; gate < UART_GATES; gate++) {
		assert_int_equal(gates_after(0, gate, 0), BIT(gate));
		assert_int_equal(gates_after(~BIT(gate), gate, 0), ~0U);
		assert_int_equal(gates_after(0x80000001 | BIT(gate), gate, 0),
				 0x80000001 | BIT(gate));
	}
}

static void opened_by_zero(void **state)
{
	for (u32 gate = 0; gate < UART_GATES; gate++) {
		assert_int_equal(gates_after(~0U, gate, JAILHOUSE_CON_INVERTED_GATE), ~BIT(gate));
		assert_int_equal(gates_after(0, gate, JAILHOUSE_CON_INVERTED_GATE), 0);
	}
}

/** Registers are mapped however short the configuration says they are: 0x1c is in the page after 0xff0. */
static void all_registers_are_mapped(void **state)
{
	struct jailhouse_console console = {
		.address = 0x9000ff0,
		.size = 0x10,
		.type = JAILHOUSE_CON_TYPE_PL011,
		.flags = JAILHOUSE_CON_ACCESS_MMIO,
	};
	u64 size;

	assert_int_equal(uart_memory_size(&console, &size), 0);
	assert_int_equal(size, 0x100);
	console.size = 0x1000;
	assert_int_equal(uart_memory_size(&console, &size), 0);
	assert_int_equal(size, 0x1000);
	console.size = 0;
	assert_int_equal(uart_memory_size(&console, &size), -EINVAL);
	console.size = SZ_2M + 1;
	assert_int_equal(uart_memory_size(&console, &size), -EINVAL);
	console.flags = 0;
	assert_int_equal(uart_memory_size(&console, &size), 0);
	assert_int_equal(size, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(opened_by_one),
		rule_test(opened_by_zero),
		rule_test(all_registers_are_mapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
