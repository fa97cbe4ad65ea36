// SPDX-License-Identifier: GPL-2.0-only
/* Renesas HSCIF, the high-speed serial communication interface with FIFO. */
#include "sci.h"

#define HSFSR  0x10
#define HSFTDR 0x0c

static void hscif_init(const struct uart *uart)
{
	sci_init(uart);
}

static bool hscif_tx_ready(const struct uart *uart)
{
	return sci_tx_ready(uart, HSFSR);
}

static void hscif_put(const struct uart *uart, char c)
{
	sci_put(uart, HSFSR, HSFTDR, c);
}

const struct uart_driver uart_hscif_driver = {
	.type = JAILHOUSE_CON_TYPE_HSCIF,
	.init = hscif_init,
	.tx_ready = hscif_tx_ready,
	.put = hscif_put,
};
