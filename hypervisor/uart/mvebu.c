// SPDX-License-Identifier: GPL-2.0-only
/* UART of Marvell's Armada 3700. Registers: Armada 37xx Functional Specification, "UART". */
#include <mmio.h>
#include "drivers.h"

#define UART_TSH       0x04
#define UART_STAT      0x0c
#define STAT_TX_FULL   (1 << 11)
#define UART_BRDV      0x10
#define BRDV_BAUD_MASK 0x3ff

static void mvebu_init(const struct uart *uart)
{
	u32 other = mmio_read32(mmio_reg(uart->base, UART_BRDV)) & ~BRDV_BAUD_MASK;

	mmio_write32(mmio_reg(uart->base, UART_BRDV),
		     other | (uart->config->divider & BRDV_BAUD_MASK));
}

static bool mvebu_tx_ready(const struct uart *uart)
{
	return !(mmio_read32(mmio_reg(uart->base, UART_STAT)) & STAT_TX_FULL);
}

static void mvebu_put(const struct uart *uart, char c)
{
	mmio_write32(mmio_reg(uart->base, UART_TSH), (u8)c);
}

const struct uart_driver uart_mvebu_driver = {
	.type = JAILHOUSE_CON_TYPE_MVEBU,
	.init = mvebu_init,
	.tx_ready = mvebu_tx_ready,
	.put = mvebu_put,
};
