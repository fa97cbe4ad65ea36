// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Where printk() goes: the UART that the communication region names, unless the command
 * line names another, and the hypervisor's virtual console.
 */
#include "uart.h"

static struct jailhouse_console con;
static const struct uart *uart; /* NULL: none */
static bool virtual_console;

static void set_flag(u16 *flags, u16 flag, bool set)
{
	*flags = set ? *flags | flag : *flags & ~flag;
}

/** Applies the con-* options; @con holds what the communication region says. */
static void apply_options(void)
{
	u16 flags = con.flags;
	char type[16];

	if (cmdline_parse_str("con-type", type, sizeof(type), NULL)) {
		uart = uart_by_name(type);
		con.type = uart ? uart->type : JAILHOUSE_CON_TYPE_NONE;
	}
	con.address = cmdline_parse_int("con-base", con.address);
	con.divider = cmdline_parse_int("con-divider", con.divider);
	con.clock_reg = cmdline_parse_int("con-clock-reg", con.clock_reg);
	con.gate_nr = cmdline_parse_int("con-gate-nr", con.gate_nr);
	set_flag(&flags, JAILHOUSE_CON_REGDIST_4,
		 !cmdline_parse_bool("con-regdist-1", CON_USES_REGDIST_1(flags)));
	set_flag(&flags, JAILHOUSE_CON_ACCESS_MMIO,
		 cmdline_parse_bool("con-is-mmio", CON_IS_MMIO(flags)));
	con.flags = flags;
	virtual_console = cmdline_parse_bool("con-virtual", virtual_console);
}

static void ungate_clock(void)
{
	void *reg = (void *)(unsigned long)con.clock_reg;
	u32 gate = 1U << (con.gate_nr % 32);
	u32 value;

	map_range(reg, sizeof(u32), MAP_UNCACHED);
	value = mmio_read32(reg);
	mmio_write32(reg, CON_HAS_INVERTED_GATE(con.flags) ? value & ~gate : value | gate);
}

void console_init(void)
{
	memcpy(&con, &comm_region->console, sizeof(con));
	uart = uart_by_type(con.type);
	virtual_console = JAILHOUSE_COMM_HAS_DBG_PUTC_ACTIVE(comm_region->flags);
	apply_options();

	if (!uart)
		return;
	if (con.clock_reg)
		ungate_clock();
	if (CON_IS_MMIO(con.flags))
		map_range(uart_reg(&con, 0), con.size ? con.size : PAGE_SIZE, MAP_UNCACHED);
	if (con.divider)
		uart->init(uart, &con);
}

static void uart_putc(char c)
{
	while (!uart->tx_ready(uart, &con))
		cpu_relax();
	uart->put(uart, &con, c);
}

void console_putc(char c)
{
	if (virtual_console)
		jailhouse_call_arg1(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, (u8)c);
	if (!uart)
		return;
	if (c == '\n')
		uart_putc('\r');
	uart_putc(c);
}
