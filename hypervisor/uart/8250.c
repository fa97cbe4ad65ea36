// SPDX-License-Identifier: GPL-2.0-only
/*
 * 8250 and all its successors. Registers: National Semiconductor PC16550D data
 * sheet; MDR1: TI AM335x Technical Reference Manual, chapter UART.
 */
#include <mmio.h>
#include <asm/pio.h>
#include "drivers.h"

/* Register numbers, to be multiplied by the register distance. */
#define UART_THR        0
#define UART_DLL        0 /* with LCR_DLAB */
#define UART_DLM        1 /* with LCR_DLAB */
#define UART_FCR        2
#define FCR_FIFO_ENABLE (1 << 0)
#define UART_LCR        3
#define LCR_8N1         0x03
#define LCR_DLAB        0x80
#define UART_LSR        5
#define LSR_THRE        0x20
#define UART_MDR1       8
#define MDR1_16X        0
#define MDR1_DISABLE    7

static u32 reg_read(const struct uart *uart, unsigned int reg)
{
	u32 flags = uart->config->flags;

	if (!CON_IS_MMIO(flags))
		return pio_read8(uart->config->address + reg);
	if (CON_USES_REGDIST_1(flags))
		return mmio_read8(mmio_reg(uart->base, reg));
	return mmio_read32(mmio_reg(uart->base, reg * 4));
}

static void reg_write(const struct uart *uart, unsigned int reg, u8 value)
{
	u32 flags = uart->config->flags;

	if (!CON_IS_MMIO(flags))
		pio_write8(uart->config->address + reg, value);
	else if (CON_USES_REGDIST_1(flags))
		mmio_write8(mmio_reg(uart->base, reg), value);
	else
		mmio_write32(mmio_reg(uart->base, reg * 4), value);
}

static void uart_8250_init(const struct uart *uart)
{
	bool has_mdr = CON_HAS_MDR_QUIRK(uart->config->flags);

	if (has_mdr)
		reg_write(uart, UART_MDR1, MDR1_DISABLE);
	reg_write(uart, UART_LCR, LCR_DLAB);
	reg_write(uart, UART_DLL, uart->config->divider);
	reg_write(uart, UART_DLM, uart->config->divider >> 8);
	reg_write(uart, UART_LCR, LCR_8N1);
	reg_write(uart, UART_FCR, FCR_FIFO_ENABLE);
	/* OMAP's variant stays mute until a mode is selected. */
	if (has_mdr)
		reg_write(uart, UART_MDR1, MDR1_16X);
}

static bool uart_8250_tx_ready(const struct uart *uart)
{
	return reg_read(uart, UART_LSR) & LSR_THRE;
}

static void uart_8250_put(const struct uart *uart, char c)
{
	reg_write(uart, UART_THR, c);
}

const struct uart_driver uart_8250_driver = {
	.type = JAILHOUSE_CON_TYPE_8250,
	.init = uart_8250_init,
	.tx_ready = uart_8250_tx_ready,
	.put = uart_8250_put,
};
