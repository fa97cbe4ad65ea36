/* SPDX-License-Identifier: GPL-2.0-only */
/* What the core says: console output, and the reasons of its refusals. */
#ifndef PRINTK_H
#define PRINTK_H

#include <jailhouse/types.h>

struct jailhouse_console;

typedef __builtin_va_list va_list;

/**
 * Format into buffer, always NUL-terminated, cut to size (> 0) bytes.
 * Knows %u %x %s %%, a width, leading 0, '-' and the lengths l, ll.
 * Returns the number of characters written without the NUL.
 */
size_t format(char *buffer, size_t size, const char *fmt, va_list args);

/** Print to the console ring and the debug UART. Any CPU, any time. One call, one unbroken piece of text. */
void __attribute__((format(printf, 1, 2))) printk(const char *fmt, ...);

/** Print characters as they are, for a cell's output. */
void console_write(const char *text, size_t length);

/** After this, printk no longer waits for other CPUs that print: for the last words of a CPU. */
void console_panic(void);

/**
 * The single way to refuse: keep the sentence where the root cell can read it, print it, return error.
 * error: negative errno. fmt: one sentence for a person, no newline. Management lock held, or single CPU.
 */
int __attribute__((format(printf, 2, 3))) refuse(int error, const char *fmt, ...);

#ifdef CONFIG_TRACE_ERROR
#define refuse(...) (printk("%s:%u: ", __FILE__, __LINE__), refuse(__VA_ARGS__))
#endif

/** Start using the UART that the configuration names; its registers must be mapped at base. */
void console_init_uart(const struct jailhouse_console *config, void *base);

#endif
