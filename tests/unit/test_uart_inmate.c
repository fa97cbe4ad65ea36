// SPDX-License-Identifier: GPL-2.0-only
/* The UARTs of the inmate library: each does to the device what the core's own driver of that type does. */
#include "unit.h"
#include <mmio.h>
#include <uart.h>

/* They have names and types in common with the core, but the fake device, too. */
#define JAILHOUSE_INMATE_H
#define uart            inmate_uart
#define uart_8250_init  inmate_8250_init
#define uart_8250       inmate_8250
#define reg_read        inmate_8250_reg_read
#define reg_write       inmate_8250_reg_write
#define inb(port)       (assert_int_equal(port, 0), 0)
#define outb(val, port) assert_int_equal(port, 0)
#include "../../inmates/lib/uart-8250.c"
#undef reg_read
#undef reg_write
#include "../../inmates/lib/uart-mmio.c"
#include "../../inmates/lib/uart.c"
#undef uart

static struct jailhouse_console con;
static const struct inmate_uart *inmates;
static struct uart cores;

static void choose(u16 type)
{
	con = (struct jailhouse_console){
		.address = (uintptr_t)fake_device,
		.type = type,
		.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
		.divider = 0x1234567,
	};
	inmates = uart_by_type(type);
	cores = (struct uart){ fake_device, &con, uart_find_driver(type) };
	assert_non_null(inmates);
	assert_non_null(cores.driver);
}

enum call { INIT, TX_READY, PUT };

static bool call_inmates(enum call call)
{
	if (call == TX_READY)
		return inmates->tx_ready(inmates, &con);
	if (call == INIT)
		inmates->init(inmates, &con);
	else
		inmates->put(inmates, &con, '\xe4');
	return true;
}

static bool call_cores(enum call call)
{
	if (call == TX_READY)
		return cores.driver->tx_ready(&cores);
	if (call == INIT)
		cores.driver->init(&cores);
	else
		cores.driver->put(&cores, '\xe4');
	return true;
}

/** The same on a device whose registers have that value. */
static void assert_same(enum call call, u32 value)
{
	struct mmio_event events[MMIO_LOG_SIZE];
	u32 count;
	bool result;

	for (u32 n = 0; n < FAKE_DEVICE_SIZE; n += sizeof(value))
		memcpy(fake_device + n, &value, sizeof(value));
	mmio_events = 0;
	result = call_inmates(call);
	count = mmio_events;
	assert_in_range(count, 1, MMIO_LOG_SIZE);
	memcpy(events, mmio_log, sizeof(events));

	for (u32 n = 0; n < FAKE_DEVICE_SIZE; n += sizeof(value))
		memcpy(fake_device + n, &value, sizeof(value));
	mmio_events = 0;
	assert_int_equal(call_cores(call), result);
	assert_int_equal(mmio_events, count);
	for (u32 n = 0; n < count; n++) {
		assert_int_equal(events[n].address, mmio_log[n].address);
		assert_int_equal(events[n].size, mmio_log[n].size);
		assert_int_equal(events[n].is_write, mmio_log[n].is_write);
		assert_int_equal(events[n].value, mmio_log[n].value);
	}
}

static void as_the_core(void **state)
{
	for (u16 type = JAILHOUSE_CON_TYPE_8250; type <= JAILHOUSE_CON_TYPE_SCIF; type++) {
		choose(type);
		for (u32 bit = 0; bit < 32; bit++) {
			assert_same(TX_READY, BIT(bit));
			assert_same(TX_READY, ~BIT(bit));
		}
		assert_same(PUT, 0);
		assert_same(PUT, ~0U);
		/* The inmates leave an 8250's FIFOs as they are. */
		if (type != JAILHOUSE_CON_TYPE_8250) {
			assert_same(INIT, 0);
			assert_same(INIT, ~0U);
		}
	}
}

static void by_name(void **state)
{
	for (u16 type = JAILHOUSE_CON_TYPE_8250; type <= JAILHOUSE_CON_TYPE_SCIF; type++)
		assert_ptr_equal(uart_by_name(uart_by_type(type)->name), uart_by_type(type));
	assert_ptr_equal(uart_by_name("8250"), &inmate_8250);
	assert_int_equal(uart_by_name("IMX_LPUART")->type, JAILHOUSE_CON_TYPE_IMX_LPUART);
	assert_null(uart_by_name("none"));
}

static void not_uarts(void **state)
{
	assert_null(uart_by_type(JAILHOUSE_CON_TYPE_NONE));
	assert_null(uart_by_type(JAILHOUSE_CON_TYPE_EFIFB));
	assert_null(uart_by_type(JAILHOUSE_CON_TYPE_SCIF + 1));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(as_the_core),
		rule_test(by_name),
		rule_test(not_uarts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
