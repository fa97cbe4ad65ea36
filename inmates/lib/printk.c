// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Text to the console. */
#include <inmate.h>

static void put_to_console(void *context, char c)
{
	console_putc(c);
}

void printk(const char *fmt, ...)
{
	__builtin_va_list args;

	__builtin_va_start(args, fmt);
	vformat(put_to_console, NULL, fmt, args);
	__builtin_va_end(args);
}
