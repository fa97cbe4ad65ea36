// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The few string functions that inmates and the compiler need. Bytes only: correct also on
 * device memory, and before caches are on.
 */
#include <inmate/text.h>

void *memset(void *s, int c, unsigned long n)
{
	u8 *p = s;

	while (n-- > 0)
		*p++ = c;
	return s;
}

void *memcpy(void *d, const void *s, unsigned long n)
{
	u8 *to = d;
	const u8 *from = s;

	while (n-- > 0)
		*to++ = *from++;
	return d;
}

int memcmp(const void *s1, const void *s2, unsigned long n)
{
	const u8 *p1 = s1, *p2 = s2;

	for (; n > 0; n--, p1++, p2++)
		if (*p1 != *p2)
			return *p1 - *p2;
	return 0;
}

unsigned long strlen(const char *s)
{
	unsigned long len = 0;

	while (s[len])
		len++;
	return len;
}

int strncmp(const char *s1, const char *s2, unsigned long n)
{
	for (; n > 0; n--, s1++, s2++)
		if (*s1 != *s2 || !*s1)
			return (u8)*s1 - (u8)*s2;
	return 0;
}

int strcmp(const char *s1, const char *s2)
{
	return strncmp(s1, s2, ~0UL);
}
