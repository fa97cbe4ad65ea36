// SPDX-License-Identifier: GPL-2.0-only
/* Renesas SCIF, serial communication interface with FIFO. */
#include "sci.h"

#define SCFSR  0x10
#define SCFTDR 0x0c

static void scif_init(const struct uart *uart)
{
	sci_init(uart);
}

static bool scif_tx_ready(const struct uart *uart)
{
	return sci_tx_ready(uart, SCFSR);
}

static void scif_put(const struct uart *uart, char c)
{
	sci_put(uart, SCFSR, SCFTDR, c);
}

const struct uart_driver uart_scif_driver = {
	.type = JAILHOUSE_CON_TYPE_SCIF,
	.init = scif_init,
	.tx_ready = scif_tx_ready,
	.put = scif_put,
};
