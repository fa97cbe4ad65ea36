// SPDX-License-Identifier: GPL-2.0-only
/* The console: a ring that the root cell may read, and a UART. */
#include <bits.h>
#include <jailhouse/image.h>
#include <printk.h>
#include <spinlock.h>
#include <uart.h>

#define LINE_SIZE 256

struct jailhouse_console_page console_page __attribute__((aligned(PAGE_SIZE)));
struct jailhouse_report report_page __attribute__((aligned(PAGE_SIZE)));

static spinlock_t console_lock;
static bool console_unlocked;
static struct uart uart;

void console_init_uart(const struct jailhouse_console *config, void *base)
{
	uart = (struct uart){ base, config, uart_find_driver(config->type) };
	if (uart.driver && config->divider)
		uart.driver->init(&uart);
}

static void ring_write(char c)
{
	console_page.content[console_page.tail % sizeof(console_page.content)] = c;
	__atomic_store_n(&console_page.tail, console_page.tail + 1, __ATOMIC_RELEASE);
}

void console_write(const char *text, size_t length)
{
	bool locked = !console_unlocked;

	if (locked)
		spin_lock(&console_lock);
	for (size_t n = 0; n < length; n++) {
		ring_write(text[n]);
		if (uart.driver)
			uart_putc(&uart, text[n]);
	}
	if (locked)
		spin_unlock(&console_lock);
}

void console_panic(void)
{
	console_unlocked = true;
}

void printk(const char *fmt, ...)
{
	char line[LINE_SIZE];
	va_list args;
	size_t length;

	__builtin_va_start(args, fmt);
	length = format(line, sizeof(line), fmt, args);
	__builtin_va_end(args);
	console_write(line, length);
}

int(refuse)(int error, const char *fmt, ...)
{
	va_list args;

	__builtin_va_start(args, fmt);
	format(report_page.text, sizeof(report_page.text), fmt, args);
	__builtin_va_end(args);
	report_page.sequence++;
	printk("Refused: %s\n", report_page.text);
	return error;
}
