// SPDX-License-Identifier: GPL-2.0-only
/* UART of NXP's i.MX. Registers: i.MX 6/7/8M Reference Manual, "Universal Asynchronous Receiver/Transmitter". */
#include <mmio.h>
#include "drivers.h"

#define UTXD        0x40
#define UCR1        0x80
#define UCR1_UARTEN (1 << 0)
#define UCR2        0x84
#define UCR2_SRST_N (1 << 0) /* 0 resets */
#define UCR2_RXEN   (1 << 1)
#define UCR2_TXEN   (1 << 2)
#define UCR2_WS8    (1 << 5)
#define UCR2_IRTS   (1 << 14)
#define UBIR        0xa4
#define UBMR        0xa8
#define UTS         0xb4
#define UTS_TXFULL  (1 << 4)

static void imx_init(const struct uart *uart)
{
	mmio_write32(mmio_reg(uart->base, UCR1), UCR1_UARTEN);
	mmio_write32(mmio_reg(uart->base, UCR2),
		     UCR2_SRST_N | UCR2_RXEN | UCR2_TXEN | UCR2_WS8 | UCR2_IRTS);
	/* Rate: clock / 16 * (UBIR + 1) / (UBMR + 1); UBIR comes first. */
	mmio_write32(mmio_reg(uart->base, UBIR), 15);
	mmio_write32(mmio_reg(uart->base, UBMR), uart->config->divider);
}

static bool imx_tx_ready(const struct uart *uart)
{
	return !(mmio_read32(mmio_reg(uart->base, UTS)) & UTS_TXFULL);
}

static void imx_put(const struct uart *uart, char c)
{
	mmio_write32(mmio_reg(uart->base, UTXD), (u8)c);
}

const struct uart_driver uart_imx_driver = {
	.type = JAILHOUSE_CON_TYPE_IMX,
	.init = imx_init,
	.tx_ready = imx_tx_ready,
	.put = imx_put,
};
