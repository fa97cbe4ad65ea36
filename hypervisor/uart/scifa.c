// SPDX-License-Identifier: GPL-2.0-only
/* Renesas SCIFA, whose status and transmit registers are in other places than SCIF's. */
#include "sci.h"

#define SCASSR  0x14
#define SCAFTDR 0x20

static void scifa_init(const struct uart *uart)
{
	sci_init(uart);
}

static bool scifa_tx_ready(const struct uart *uart)
{
	return sci_tx_ready(uart, SCASSR);
}

static void scifa_put(const struct uart *uart, char c)
{
	sci_put(uart, SCASSR, SCAFTDR, c);
}

const struct uart_driver uart_scifa_driver = {
	.type = JAILHOUSE_CON_TYPE_SCIFA,
	.init = scifa_init,
	.tx_ready = scifa_tx_ready,
	.put = scifa_put,
};
