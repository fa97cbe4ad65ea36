/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The part of the inmate library that needs no hardware: formatting, the command line, strings.
 * It compiles for the host too, where the unit tests use it. Inmates include <inmate.h>.
 */
#ifndef JAILHOUSE_INMATE_TEXT_H
#define JAILHOUSE_INMATE_TEXT_H

#include <jailhouse/types.h>

/* ---- Formatting ---- */

/** Hands each character of the formatted text to @put. printk() without a console. */
void vformat(void (*put)(void *context, char c), void *context, const char *fmt,
	     __builtin_va_list args);

/* ---- Command line: words separated by blanks, "name" or "name=value" ---- */

/**
 * Reserves room for the command line at its conventional place, 0x1000 behind the start
 * of the image; without it there is room for 256 characters. Use it at file scope:
 *
 *     CMDLINE_BUFFER(1024);
 */
#define CMDLINE_BUFFER(size) const char cmdline[size] __attribute__((section(".cmdline")))
extern const char cmdline[];

/** Copies the value of @param, cut to @size - 1 characters. Returns @buffer, or @default_value. */
const char *cmdline_parse_str(const char *param, char *buffer, unsigned long size,
			      const char *default_value);

/** The value as a number (decimal, or hexadecimal after 0x), or @default_value. */
long long cmdline_parse_int(const char *param, long long default_value);

/** True for "name", name=true, name=1, name=y; false for =false, =0, =n; else @default_value. */
bool cmdline_parse_bool(const char *param, bool default_value);

/* ---- Strings and bytes ---- */

void *memset(void *s, int c, unsigned long n);
void *memcpy(void *d, const void *s, unsigned long n);
int memcmp(const void *s1, const void *s2, unsigned long n);
unsigned long strlen(const char *s);
int strcmp(const char *s1, const char *s2);
int strncmp(const char *s1, const char *s2, unsigned long n);

#endif
