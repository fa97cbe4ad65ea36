/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What Renesas' serial interfaces SCIF, SCIFA and HSCIF have in common: all but the
 * places of two registers. Registers: R-Car Series User's Manual, chapters SCIF, SCIFA, HSCIF.
 * The divider of the configuration is the value of the bit rate register.
 */
#ifndef JAILHOUSE_UART_SCI_H
#define JAILHOUSE_UART_SCI_H

#include <mmio.h>
#include "drivers.h"

#define SCSMR    0x00 /* 16 bits; 0: asynchronous, 8N1 */
#define SCBRR    0x04 /* 8 bits */
#define SCSCR    0x08 /* 16 bits */
#define SCSCR_TE (1 << 5)
#define FSR_TDFE (1 << 5) /* room in the transmit FIFO */
#define FSR_TEND (1 << 6) /* all sent */

static inline void sci_init(const struct uart *uart)
{
	mmio_write16(mmio_reg(uart->base, SCSCR), 0);
	mmio_write16(mmio_reg(uart->base, SCSMR), 0);
	mmio_write8(mmio_reg(uart->base, SCBRR), uart->config->divider);
	mmio_write16(mmio_reg(uart->base, SCSCR), SCSCR_TE);
}

static inline bool sci_tx_ready(const struct uart *uart, unsigned int fsr)
{
	return mmio_read16(mmio_reg(uart->base, fsr)) & FSR_TDFE;
}

/** The flags do not fall by themselves: they are cleared by writing 0 after having been read as 1. */
static inline void sci_put(const struct uart *uart, unsigned int fsr, unsigned int ftdr, char c)
{
	u16 status;

	mmio_write8(mmio_reg(uart->base, ftdr), c);
	status = mmio_read16(mmio_reg(uart->base, fsr));
	mmio_write16(mmio_reg(uart->base, fsr), status & ~(FSR_TDFE | FSR_TEND));
}

#endif
