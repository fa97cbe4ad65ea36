/* SPDX-License-Identifier: GPL-2.0-only */
/* Why a request was refused: an errno for the program, a sentence for the person. */
#ifndef DRIVER_REASON_H
#define DRIVER_REASON_H

#include <linux/mutex.h>
#include <linux/types.h>

struct jailhouse_reason;

/* The sentence for the last failed request on one open file; "" if there is none. */
struct reason {
	struct mutex lock; /* protects text, innermost */
	char text[256];
};

void reason_init(struct reason *why);

/* A new request begins: forget why the last one failed. */
void reason_clear(struct reason *why);

/* Copy the sentence for user space. */
void reason_get(struct reason *why, struct jailhouse_reason *to);

/*
 * Put the sentence (no newline, no full stop) into @why and into the kernel's log. @why may be NULL: nobody asked.
 * Returns @err, so that a refusal reads "return refuse(why, -EINVAL, ...)".
 */
__printf(3, 4) int refuse(struct reason *why, int err, const char *fmt, ...);

#endif
