// SPDX-License-Identifier: GPL-2.0-only
/* Finding the driver of a UART and its memory, and writing characters with it. */
#include <bits.h>
#include <errno.h>
#include <mmio.h>
#include "drivers.h"

/*
 * Polls of the status register for one character. At 9600 baud a character takes
 * about 1 ms and a poll at least 10 ns, so a working UART is never given up.
 */
#define TX_POLLS_MAX 1000000

/* Whatever the configuration says, the registers that drivers use are within so many bytes. */
#define REGISTERS_SIZE 0x100

static const struct uart_driver *const drivers[] = {
	&uart_8250_driver,       &uart_pl011_driver, &uart_xuartps_driver, &uart_mvebu_driver,
	&uart_hscif_driver,      &uart_scifa_driver, &uart_scif_driver,    &uart_imx_driver,
	&uart_imx_lpuart_driver, &uart_efifb_driver,
};

const struct uart_driver *uart_find_driver(u16 type)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(drivers); n++)
		if (drivers[n] && drivers[n]->type == type)
			return drivers[n];
	return NULL;
}

int uart_memory_size(const struct jailhouse_console *config, u64 *size)
{
	const struct uart_driver *driver = uart_find_driver(config->type);

	if (driver && driver->memory_size)
		return driver->memory_size(config, size);
	*size = CON_IS_MMIO(config->flags) ? MAX(config->size, REGISTERS_SIZE) : 0;
	return CON_IS_MMIO(config->flags) && (!config->size || *size > SZ_2M) ? -EINVAL : 0;
}

void uart_open_gate(const struct jailhouse_console *config, void *reg)
{
	u32 gate = 1U << config->gate_nr, gates = mmio_read32(reg);

	mmio_write32(reg, CON_HAS_INVERTED_GATE(config->flags) ? gates & ~gate : gates | gate);
}

static void put_raw(const struct uart *uart, char c)
{
	unsigned int polls = TX_POLLS_MAX;

	while (!uart->driver->tx_ready(uart))
		if (--polls == 0)
			return;
	uart->driver->put(uart, c);
}

void uart_putc(const struct uart *uart, char c)
{
	if (c == '\n')
		put_raw(uart, '\r');
	put_raw(uart, c);
}
