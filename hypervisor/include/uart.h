/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Transmit-only UARTs for the core's debug console.
 *
 * A driver knows the registers of one kind of UART, nothing of boards: where it
 * is and how it is clocked stands in the system configuration.
 */
#ifndef JAILHOUSE_UART_H
#define JAILHOUSE_UART_H

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>

/** One UART the core writes to. */
struct uart {
	void *base; /* virtual address of the registers */
	const struct jailhouse_console *config; /* divider, flags, ... */
	const struct uart_driver *driver;
};

/** One kind of UART. The caller serialises all calls for one UART. */
struct uart_driver {
	u16 type; /* JAILHOUSE_CON_TYPE_* */
	void (*init)(const struct uart *uart); /* set up; only called if config->divider != 0 */
	bool (*tx_ready)(const struct uart *uart); /* room for one character */
	void (*put)(const struct uart *uart, char c); /* write one character; tx_ready() was true */
};

/** Returns the driver for a JAILHOUSE_CON_TYPE_*, or NULL if none is built in. */
const struct uart_driver *uart_find_driver(u16 type);

/**
 * Writes one character, '\n' as "\r\n". Waits for room, but not for ever: a UART
 * that never gets ready loses characters instead of stopping the core.
 */
void uart_putc(const struct uart *uart, char c);

#endif
