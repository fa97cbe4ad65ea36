/* SPDX-License-Identifier: GPL-2.0-only */
/* The hypervisor's console, as user space reads it. */
#ifndef DRIVER_CONSOLE_H
#define DRIVER_CONSOLE_H

#include <linux/mutex.h>
#include <linux/types.h>
#include <jailhouse/image.h>

/* Where one reader stands. */
struct console_reader {
	struct mutex lock; /* protects all below; taken outside of everything else */
	u32 session; /* which enabling of the hypervisor it reads; 0: none yet */
	u32 position; /* next byte to be read, counted like jailhouse_console_page.tail */
	char last; /* byte that was read last */
	size_t start, end; /* what of chunk is still to be handed out */
	char chunk[1024];
};

void console_reader_init(struct console_reader *reader);

/*
 * The core was entered (or at least tried to), and @page is its console; NULL if Linux may not look at it. Needs
 * jailhouse_lock.
 */
void console_start(const struct jailhouse_console_page *page);

/* The core is gone: keep what it said last, and let go of the page. Needs jailhouse_lock. */
void console_stop(void);

/* Behaves as read(2) of the device file: see Documentation/driver-interface.md. -EPERM: Linux may not look at the console. */
ssize_t console_read(struct console_reader *reader, char __user *to, size_t count, bool nonblock);

/* Copy what the ring holds, up to @size bytes, and return their number. */
ssize_t console_snapshot(char *to, size_t size);

#endif
