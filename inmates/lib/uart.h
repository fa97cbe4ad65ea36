/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* UARTs that the library can write to. */
#ifndef JAILHOUSE_INMATE_UART_H
#define JAILHOUSE_INMATE_UART_H

#include <inmate.h>

struct uart {
	u16 type; /* JAILHOUSE_CON_TYPE_* */
	const char *name; /* as in the option con-type= */
	void (*init)(const struct jailhouse_console *con); /* only if con->divider is not 0 */
	bool (*tx_ready)(const struct jailhouse_console *con);
	void (*put)(const struct jailhouse_console *con, char c);
};

extern const struct uart uart_8250;
extern const struct uart uart_pl011;

static inline void *uart_reg(const struct jailhouse_console *con, unsigned long offset)
{
	return (void *)(unsigned long)(con->address + offset);
}

#endif
