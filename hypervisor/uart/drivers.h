/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All drivers there can be. They are weak: an architecture leaves a driver out by
 * not linking its file, and the table in uart.c then holds a NULL for it.
 */
#ifndef JAILHOUSE_UART_DRIVERS_H
#define JAILHOUSE_UART_DRIVERS_H

#include <uart.h>

#define DECLARE_UART_DRIVER(name) extern const struct uart_driver name __attribute__((weak))

DECLARE_UART_DRIVER(uart_8250_driver);
DECLARE_UART_DRIVER(uart_pl011_driver);
DECLARE_UART_DRIVER(uart_xuartps_driver);
DECLARE_UART_DRIVER(uart_mvebu_driver);
DECLARE_UART_DRIVER(uart_hscif_driver);
DECLARE_UART_DRIVER(uart_scifa_driver);
DECLARE_UART_DRIVER(uart_scif_driver);
DECLARE_UART_DRIVER(uart_imx_driver);
DECLARE_UART_DRIVER(uart_imx_lpuart_driver);
DECLARE_UART_DRIVER(uart_efifb_driver);

#endif
