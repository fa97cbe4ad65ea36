/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* UARTs that the library can write to. */
#ifndef JAILHOUSE_INMATE_UART_H
#define JAILHOUSE_INMATE_UART_H

#include <inmate.h>

struct uart {
	u16 type; /* JAILHOUSE_CON_TYPE_* */
	const char *name; /* as in the option con-type= */
	const struct uart_registers *registers; /* of those in uart-mmio.c */
	/* Only if con->divider is not 0. */
	void (*init)(const struct uart *uart, const struct jailhouse_console *con);
	bool (*tx_ready)(const struct uart *uart, const struct jailhouse_console *con);
	void (*put)(const struct uart *uart, const struct jailhouse_console *con, char c);
};

extern const struct uart uart_8250;
extern const struct uart uart_pl011;
extern const struct uart uart_xuartps;
extern const struct uart uart_mvebu;
extern const struct uart uart_hscif;
extern const struct uart uart_scifa;
extern const struct uart uart_scif;
extern const struct uart uart_imx;
extern const struct uart uart_imx_lpuart;

/** The UART of that type, or of that name; NULL: there is none, or it is no UART. */
const struct uart *uart_by_type(u16 type);
const struct uart *uart_by_name(const char *name);

static inline void *uart_reg(const struct jailhouse_console *con, unsigned long offset)
{
	return (void *)(unsigned long)(con->address + offset);
}

#endif
