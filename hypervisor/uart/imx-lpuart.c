// SPDX-License-Identifier: GPL-2.0-only
/* Low-power UART of NXP's i.MX 7ULP and 8. Registers: i.MX 8 Reference Manual, "LPUART". */
#include <mmio.h>
#include "drivers.h"

#define LPUART_BAUD   0x10
#define BAUD_SBR_MASK 0x1fff
#define BAUD_OSR_16   (15 << 24) /* 16 samples a bit */
#define LPUART_STAT   0x14
#define STAT_TDRE     (1 << 23)
#define LPUART_CTRL   0x18
#define CTRL_TE       (1 << 19)
#define LPUART_DATA   0x1c

static void imx_lpuart_init(const struct uart *uart)
{
	/* The rate may only change while the transmitter is off. */
	mmio_write32(mmio_reg(uart->base, LPUART_CTRL), 0);
	mmio_write32(mmio_reg(uart->base, LPUART_BAUD),
		     BAUD_OSR_16 | (uart->config->divider & BAUD_SBR_MASK));
	mmio_write32(mmio_reg(uart->base, LPUART_CTRL), CTRL_TE);
}

static bool imx_lpuart_tx_ready(const struct uart *uart)
{
	return mmio_read32(mmio_reg(uart->base, LPUART_STAT)) & STAT_TDRE;
}

static void imx_lpuart_put(const struct uart *uart, char c)
{
	mmio_write32(mmio_reg(uart->base, LPUART_DATA), (u8)c);
}

const struct uart_driver uart_imx_lpuart_driver = {
	.type = JAILHOUSE_CON_TYPE_IMX_LPUART,
	.init = imx_lpuart_init,
	.tx_ready = imx_lpuart_tx_ready,
	.put = imx_lpuart_put,
};
