/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Transmit-only UARTs, and what is used like one, for the core's debug console.
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
	/* As uart_memory_size(); NULL: any range of registers the configuration names, or none */
	int (*memory_size)(const struct jailhouse_console *config, u64 *size);
	void (*init)(const struct uart *uart); /* set up; only called if config->divider != 0 */
	bool (*tx_ready)(const struct uart *uart); /* room for one character */
	void (*put)(const struct uart *uart, char c); /* write one character; tx_ready() was true */
};

/** Returns the driver for a JAILHOUSE_CON_TYPE_*, or NULL if none is built in. */
const struct uart_driver *uart_find_driver(u16 type);

/** Bits of a clock gate register; a larger gate_nr has no sense. */
#define UART_GATES 32

/** Lets the UART have its clock: opens gate_nr in the register that the configuration names as clock_reg, mapped at reg. */
void uart_open_gate(const struct jailhouse_console *config, void *reg);

/**
 * Bytes to map at config->address for the driver; 0: none, it is reached through ports.
 * -EINVAL: size or address in the configuration do not fit the type.
 */
int uart_memory_size(const struct jailhouse_console *config, u64 *size);

/**
 * Writes one character, '\n' as "\r\n". Waits for room, but not for ever: a UART
 * that never gets ready loses characters instead of stopping the core.
 */
void uart_putc(const struct uart *uart, char c);

#endif
