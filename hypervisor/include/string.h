/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory and strings, as in ISO C. */
#ifndef STRING_H
#define STRING_H

#include <jailhouse/types.h>

void *memcpy(void *dest, const void *src, size_t n);
void *memset(void *dest, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
int strcmp(const char *a, const char *b);
size_t strnlen(const char *s, size_t max);

#endif
