// SPDX-License-Identifier: GPL-2.0-only
/* Cadence UART of Xilinx's Zynq devices. Registers: UG585/UG1085, chapter "UART Controller". */
#include <mmio.h>
#include "drivers.h"

#define UART_CR        0x00
#define CR_TX_EN       (1 << 4)
#define CR_TX_DIS      (1 << 5)
#define UART_MR        0x04
#define MR_PARITY_NONE (4 << 3) /* 8 data bits, 1 stop bit */
#define UART_BAUDGEN   0x18
#define UART_SR        0x2c
#define SR_TXFULL      (1 << 4)
#define UART_FIFO      0x30

static void xuartps_init(const struct uart *uart)
{
	mmio_write32(mmio_reg(uart->base, UART_CR), CR_TX_DIS);
	mmio_write32(mmio_reg(uart->base, UART_MR), MR_PARITY_NONE);
	mmio_write32(mmio_reg(uart->base, UART_BAUDGEN), uart->config->divider);
	mmio_write32(mmio_reg(uart->base, UART_CR), CR_TX_EN);
}

static bool xuartps_tx_ready(const struct uart *uart)
{
	return !(mmio_read32(mmio_reg(uart->base, UART_SR)) & SR_TXFULL);
}

static void xuartps_put(const struct uart *uart, char c)
{
	mmio_write32(mmio_reg(uart->base, UART_FIFO), (u8)c);
}

const struct uart_driver uart_xuartps_driver = {
	.type = JAILHOUSE_CON_TYPE_XUARTPS,
	.init = xuartps_init,
	.tx_ready = xuartps_tx_ready,
	.put = xuartps_put,
};
