// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Arm PL011. Registers: Arm DDI 0183. */
#include "uart.h"

#define UARTDR           0x00
#define UARTFR           0x18
#define UARTFR_TXFF      (1 << 5)
#define UARTIBRD         0x24
#define UARTFBRD         0x28
#define UARTLCR_H        0x2c
#define UARTLCR_H_8N1    0x60
#define UARTLCR_H_FEN    (1 << 4)
#define UARTCR           0x30
#define UARTCR_ENABLE_TX 0x101

static void pl011_init(const struct jailhouse_console *con)
{
	mmio_write32(uart_reg(con, UARTCR), 0);
	mmio_write32(uart_reg(con, UARTIBRD), con->divider);
	mmio_write32(uart_reg(con, UARTFBRD), 0);
	mmio_write32(uart_reg(con, UARTLCR_H), UARTLCR_H_8N1 | UARTLCR_H_FEN);
	mmio_write32(uart_reg(con, UARTCR), UARTCR_ENABLE_TX);
}

static bool pl011_tx_ready(const struct jailhouse_console *con)
{
	return !(mmio_read32(uart_reg(con, UARTFR)) & UARTFR_TXFF);
}

static void pl011_put(const struct jailhouse_console *con, char c)
{
	mmio_write32(uart_reg(con, UARTDR), (u8)c);
}

const struct uart uart_pl011 = {
	.type = JAILHOUSE_CON_TYPE_PL011,
	.name = "PL011",
	.init = pl011_init,
	.tx_ready = pl011_tx_ready,
	.put = pl011_put,
};
