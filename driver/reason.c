// SPDX-License-Identifier: GPL-2.0-only
/* Why a request was refused. */
#define pr_fmt(fmt) "jailhouse: " fmt

#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <jailhouse/ioctl.h>
#include "reason.h"

void reason_init(struct reason *why)
{
	mutex_init(&why->lock);
	why->text[0] = '\0';
}

void reason_clear(struct reason *why)
{
	mutex_lock(&why->lock);
	why->text[0] = '\0';
	mutex_unlock(&why->lock);
}

void reason_get(struct reason *why, struct jailhouse_reason *to)
{
	memset(to, 0, sizeof(*to));
	mutex_lock(&why->lock);
	strscpy(to->text, why->text, sizeof(to->text));
	mutex_unlock(&why->lock);
}

int refuse(struct reason *why, int err, const char *fmt, ...)
{
	struct va_format sentence = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	sentence.va = &args;
	pr_err("%pV\n", &sentence);
	va_end(args);

	if (why) {
		va_start(args, fmt);
		mutex_lock(&why->lock);
		vscnprintf(why->text, sizeof(why->text), fmt, args);
		mutex_unlock(&why->lock);
		va_end(args);
	}
	return err;
}
