// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Finding the driver of a UART. */
#include "uart.h"

static const struct uart *const uarts[] = {
	&uart_8250,  &uart_pl011, &uart_xuartps, &uart_mvebu,      &uart_hscif,
	&uart_scifa, &uart_scif,  &uart_imx,     &uart_imx_lpuart,
};

const struct uart *uart_by_type(u16 type)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(uarts); n++)
		if (uarts[n]->type == type)
			return uarts[n];
	return NULL;
}

const struct uart *uart_by_name(const char *name)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(uarts); n++)
		if (strcmp(uarts[n]->name, name) == 0)
			return uarts[n];
	return NULL;
}
