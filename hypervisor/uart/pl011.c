// SPDX-License-Identifier: GPL-2.0-only
/* Arm PrimeCell UART. Registers: Arm DDI 0183, "PrimeCell UART (PL011) Technical Reference Manual". */
#include <mmio.h>
#include "drivers.h"

#define UARTDR          0x00
#define UARTFR          0x18
#define UARTFR_TXFF     (1 << 5)
#define UARTIBRD        0x24
#define UARTFBRD        0x28
#define UARTLCR_H       0x2c
#define UARTLCR_H_FEN   (1 << 4)
#define UARTLCR_H_WLEN8 (3 << 5)
#define UARTCR          0x30
#define UARTCR_UARTEN   (1 << 0)
#define UARTCR_TXE      (1 << 8)
#define UARTCR_RXE      (1 << 9)

static void pl011_init(const struct uart *uart)
{
	mmio_write32(mmio_reg(uart->base, UARTCR), 0);
	mmio_write32(mmio_reg(uart->base, UARTIBRD), uart->config->divider);
	mmio_write32(mmio_reg(uart->base, UARTFBRD), 0);
	/* Writing the line control register is what makes the divisors valid. */
	mmio_write32(mmio_reg(uart->base, UARTLCR_H), UARTLCR_H_WLEN8 | UARTLCR_H_FEN);
	mmio_write32(mmio_reg(uart->base, UARTCR), UARTCR_UARTEN | UARTCR_TXE | UARTCR_RXE);
}

static bool pl011_tx_ready(const struct uart *uart)
{
	return !(mmio_read32(mmio_reg(uart->base, UARTFR)) & UARTFR_TXFF);
}

static void pl011_put(const struct uart *uart, char c)
{
	mmio_write32(mmio_reg(uart->base, UARTDR), (u8)c);
}

const struct uart_driver uart_pl011_driver = {
	.type = JAILHOUSE_CON_TYPE_PL011,
	.init = pl011_init,
	.tx_ready = pl011_tx_ready,
	.put = pl011_put,
};
