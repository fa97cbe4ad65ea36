// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Memory from behind the image. */
#include <inmate.h>

extern u8 __heap_start[];

static unsigned long used; /* bytes behind __heap_start */

void *alloc(unsigned long size, unsigned long align)
{
	unsigned long start = ((unsigned long)__heap_start + used + align - 1) & ~(align - 1);

	used = start + size - (unsigned long)__heap_start;
	return (void *)start;
}

void *zalloc(unsigned long size, unsigned long align)
{
	return memset(alloc(size, align), 0, size);
}
