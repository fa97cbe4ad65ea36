// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

typedef unsigned long __attribute__((may_alias)) word_t;
#define WORD               sizeof(word_t)
#define WORD_ALIGNED(a, b) ((((uintptr_t)(a) | (uintptr_t)(b)) & (WORD - 1)) == 0)

void *memcpy(void *dest, const void *src, size_t n)
{
	u8 *d = dest;
	const u8 *s = src;

	if (WORD_ALIGNED(d, s))
		for (; n >= WORD; n -= WORD, d += WORD, s += WORD)
			*(word_t *)d = *(const word_t *)s;
	while (n--)
		*d++ = *s++;
	return dest;
}

void *memset(void *dest, int c, size_t n)
{
	u8 *d = dest;

	if (c == 0 && WORD_ALIGNED(d, 0))
		for (; n >= WORD; n -= WORD, d += WORD)
			*(word_t *)d = 0;
	while (n--)
		*d++ = c;
	return dest;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;

	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *(const u8 *)a - *(const u8 *)b;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}
