// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* 8250 and successors. Registers: National Semiconductor PC16550D; MDR1: TI AM335x manual. */
#include "uart.h"
#include <asm/pio.h>

#define UART_THR     0
#define UART_DLL     0
#define UART_DLM     1
#define UART_LCR     3
#define LCR_8N1      0x03
#define LCR_DLAB     0x80
#define UART_LSR     5
#define LSR_THRE     0x20
#define UART_MDR1    8
#define MDR1_16X     0
#define MDR1_DISABLE 7

static u32 reg_read(const struct jailhouse_console *con, unsigned int reg)
{
	if (!CON_IS_MMIO(con->flags))
		return inb(con->address + reg);
	if (CON_USES_REGDIST_1(con->flags))
		return mmio_read8(uart_reg(con, reg));
	return mmio_read32(uart_reg(con, reg * 4));
}

static void reg_write(const struct jailhouse_console *con, unsigned int reg, u8 value)
{
	if (!CON_IS_MMIO(con->flags))
		outb(value, con->address + reg);
	else if (CON_USES_REGDIST_1(con->flags))
		mmio_write8(uart_reg(con, reg), value);
	else
		mmio_write32(uart_reg(con, reg * 4), value);
}

static void uart_8250_init(const struct uart *uart, const struct jailhouse_console *con)
{
	if (CON_HAS_MDR_QUIRK(con->flags))
		reg_write(con, UART_MDR1, MDR1_DISABLE);
	reg_write(con, UART_LCR, LCR_DLAB);
	reg_write(con, UART_DLL, con->divider);
	reg_write(con, UART_DLM, con->divider >> 8);
	reg_write(con, UART_LCR, LCR_8N1);
	if (CON_HAS_MDR_QUIRK(con->flags))
		reg_write(con, UART_MDR1, MDR1_16X);
}

static bool uart_8250_tx_ready(const struct uart *uart, const struct jailhouse_console *con)
{
	return reg_read(con, UART_LSR) & LSR_THRE;
}

static void uart_8250_put(const struct uart *uart, const struct jailhouse_console *con, char c)
{
	reg_write(con, UART_THR, c);
}

const struct uart uart_8250 = {
	.type = JAILHOUSE_CON_TYPE_8250,
	.name = "8250",
	.init = uart_8250_init,
	.tx_ready = uart_8250_tx_ready,
	.put = uart_8250_put,
};
