// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * UARTs that differ only in where their registers are, and what is in them:
 *
 *   PL011       Arm DDI 0183
 *   XUARTPS     Cadence's, in Xilinx's Zynq devices: UG585, UG1085
 *   MVEBU       Marvell's Armada 3700: Armada 37xx Functional Specification
 *   HSCIF, SCIFA, SCIF
 *               Renesas' R-Car: R-Car Series User's Manual
 *   IMX         NXP's i.MX: i.MX 6/7/8M Reference Manual
 *   IMX_LPUART  low-power UART of NXP's i.MX 7ULP and 8: i.MX 8 Reference Manual
 */
#include "uart.h"

/** One write that sets a UART up: of value, the divider and what the register had, each as far as it is in its mask. */
struct uart_step {
	u8 size; /* in bytes; 0: no more steps */
	u8 offset;
	u32 value;
	u32 divider;
	u32 keep;
};

struct uart_registers {
	struct uart_step steps[6];
	struct {
		u8 size;
		u8 offset;
		u32 mask;
		u32 ready; /* what is in the mask when there is room for a character */
		u32 clear; /* falls only by being written with 0, after each character */
	} status;
	struct {
		u8 size;
		u8 offset;
	} data;
};

static u32 reg_read(const struct jailhouse_console *con, u8 size, u8 offset)
{
	void *reg = uart_reg(con, offset);

	return size == 1 ? mmio_read8(reg) : size == 2 ? mmio_read16(reg) : mmio_read32(reg);
}

static void reg_write(const struct jailhouse_console *con, u8 size, u8 offset, u32 value)
{
	void *reg = uart_reg(con, offset);

	if (size == 1)
		mmio_write8(reg, value);
	else if (size == 2)
		mmio_write16(reg, value);
	else
		mmio_write32(reg, value);
}

static void mmio_init(const struct uart *uart, const struct jailhouse_console *con)
{
	const struct uart_step *step;

	for (step = uart->registers->steps; step->size; step++) {
		u32 kept = step->keep ? reg_read(con, step->size, step->offset) & step->keep : 0;

		reg_write(con, step->size, step->offset,
			  step->value | (con->divider & step->divider) | kept);
	}
}

static u32 status_read(const struct uart *uart, const struct jailhouse_console *con)
{
	return reg_read(con, uart->registers->status.size, uart->registers->status.offset);
}

static bool mmio_tx_ready(const struct uart *uart, const struct jailhouse_console *con)
{
	return (status_read(uart, con) & uart->registers->status.mask) ==
	       uart->registers->status.ready;
}

static void mmio_put(const struct uart *uart, const struct jailhouse_console *con, char c)
{
	const struct uart_registers *regs = uart->registers;

	reg_write(con, regs->data.size, regs->data.offset, (u8)c);
	if (regs->status.clear)
		reg_write(con, regs->status.size, regs->status.offset,
			  status_read(uart, con) & ~regs->status.clear);
}

/* Versions of clang-format disagree about macros that are lists. */
/* clang-format off */
#define MMIO_UART(_type, _registers)                                                 \
	{                                                                            \
		JAILHOUSE_CON_TYPE_##_type, #_type, _registers, mmio_init,           \
		mmio_tx_ready, mmio_put,                                             \
	}
/* clang-format on */

static const struct uart_registers pl011 = {
	.steps = {
		{ 4, 0x30, .value = 0 }, /* UARTCR: off */
		{ 4, 0x24, .divider = ~0U }, /* UARTIBRD */
		{ 4, 0x28, .value = 0 }, /* UARTFBRD */
		{ 4, 0x2c, .value = 0x70 }, /* UARTLCR_H: 8 bits, FIFOs */
		{ 4, 0x30, .value = 0x301 }, /* UARTCR: on, both ways */
	},
	.status = { .size = 4, .offset = 0x18, .mask = 1 << 5, .ready = 0 }, /* UARTFR: TXFF */
	.data = { 4, 0x00 },
};
const struct uart uart_pl011 = MMIO_UART(PL011, &pl011);

static const struct uart_registers xuartps = {
	.steps = {
		{ 4, 0x00, .value = 1 << 5 }, /* control: transmitter off */
		{ 4, 0x04, .value = 4 << 3 }, /* mode: 8 bits, no parity */
		{ 4, 0x18, .divider = ~0U }, /* baud rate generator */
		{ 4, 0x00, .value = 1 << 4 }, /* control: transmitter on */
	},
	.status = { .size = 4, .offset = 0x2c, .mask = 1 << 4, .ready = 0 }, /* TXFULL */
	.data = { 4, 0x30 },
};
const struct uart uart_xuartps = MMIO_UART(XUARTPS, &xuartps);

static const struct uart_registers mvebu = {
	.steps = { { 4, 0x10, .divider = 0x3ff, .keep = ~0x3ffU } }, /* baud rate divisor */
	.status = { .size = 4, .offset = 0x0c, .mask = 1 << 11, .ready = 0 }, /* TX_FULL */
	.data = { 4, 0x04 },
};
const struct uart uart_mvebu = MMIO_UART(MVEBU, &mvebu);

static const struct uart_registers scif = {
	.steps = {
		{ 2, 0x08, .value = 0 }, /* SCSCR: off */
		{ 2, 0x00, .value = 0 }, /* SCSMR: asynchronous, 8N1 */
		{ 1, 0x04, .divider = ~0U }, /* SCBRR */
		{ 2, 0x08, .value = 1 << 5 }, /* SCSCR: TE */
	},
	/* TDFE; TEND is cleared as well */
	.status = { .size = 2, .offset = 0x10, .mask = 1 << 5, .ready = 1 << 5, .clear = 3 << 5 },
	.data = { 1, 0x0c },
};
const struct uart uart_scif = MMIO_UART(SCIF, &scif);
const struct uart uart_hscif = MMIO_UART(HSCIF, &scif);

static const struct uart_registers scifa = {
	.steps = {
		{ 2, 0x08, .value = 0 }, /* SCSCR: off */
		{ 2, 0x00, .value = 0 }, /* SCSMR: asynchronous, 8N1 */
		{ 1, 0x04, .divider = ~0U }, /* SCBRR */
		{ 2, 0x08, .value = 1 << 5 }, /* SCSCR: TE */
	},
	/* TDFE; TEND is cleared as well */
	.status = { .size = 2, .offset = 0x14, .mask = 1 << 5, .ready = 1 << 5, .clear = 3 << 5 },
	.data = { 1, 0x20 },
};
const struct uart uart_scifa = MMIO_UART(SCIFA, &scifa);

static const struct uart_registers imx = {
	.steps = {
		{ 4, 0x80, .value = 1 << 0 }, /* UCR1: on */
		{ 4, 0x84, .value = 0x4027 }, /* UCR2: no RTS, 8 bits, both ways, no reset */
		{ 4, 0xa4, .value = 15 }, /* UBIR, which comes before UBMR */
		{ 4, 0xa8, .divider = ~0U }, /* UBMR */
	},
	.status = { .size = 4, .offset = 0xb4, .mask = 1 << 4, .ready = 0 }, /* UTS: TXFULL */
	.data = { 4, 0x40 },
};
const struct uart uart_imx = MMIO_UART(IMX, &imx);

static const struct uart_registers imx_lpuart = {
	.steps = {
		{ 4, 0x18, .value = 0 }, /* control: off, without which the rate may not change */
		{ 4, 0x10, .value = 15 << 24, .divider = 0x1fff }, /* baud rate: 16 samples a bit */
		{ 4, 0x18, .value = 1 << 19 }, /* control: transmitter on */
	},
	.status = { .size = 4, .offset = 0x14, .mask = 1 << 23, .ready = 1 << 23 }, /* TDRE */
	.data = { 4, 0x1c },
};
const struct uart uart_imx_lpuart = MMIO_UART(IMX_LPUART, &imx_lpuart);
