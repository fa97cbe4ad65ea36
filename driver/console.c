// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hypervisor's console. The core writes to a ring and tells nobody, so readers that wait look again every now and
 * then. When the core is gone, they read what it left behind, then meet the end of the file.
 */
#include <linux/compiler.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/rwsem.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/barrier.h>
#include "console.h"

#define RING_SIZE     ((u32)sizeof(((struct jailhouse_console_page *)0)->content))
#define LINE_SIZE     (sizeof("\n<missed 4294967295 bytes of console log>\n"))
#define POLL_INTERVAL (HZ / 20)

/* While the core writes, this many of the oldest bytes may be overwritten already, though tail does not say so yet. */
#define BUSY_BYTES 64

static DECLARE_RWSEM(console_lock); /* protects all below, and the page behind live */
static const struct jailhouse_console_page *live; /* NULL: read from left_behind */
static struct jailhouse_console_page left_behind;
static u32 session; /* counts console_start() */
static bool hidden; /* the core is there, but its console is not for Linux */

void console_reader_init(struct console_reader *reader)
{
	memset(reader, 0, sizeof(*reader));
	mutex_init(&reader->lock);
	reader->last = '\n';
}

void console_start(const struct jailhouse_console_page *page)
{
	down_write(&console_lock);
	memset(&left_behind, 0, sizeof(left_behind));
	live = page;
	hidden = !page;
	session++;
	up_write(&console_lock);
}

void console_stop(void)
{
	down_write(&console_lock);
	if (live)
		memcpy(&left_behind, live, sizeof(left_behind));
	left_behind.busy = 0;
	live = NULL;
	hidden = false;
	up_write(&console_lock);
}

static const struct jailhouse_console_page *current_page(void)
{
	return live ?: &left_behind;
}

/* How many bytes behind tail can be relied upon; @tail is set, too. */
static u32 ring_depth(const struct jailhouse_console_page *page, u32 *tail)
{
	bool busy = READ_ONCE(page->busy);

	*tail = READ_ONCE(page->tail);
	return busy ? RING_SIZE - BUSY_BYTES : RING_SIZE;
}

/* Was the byte at @position overwritten, or about to be? Then return how many have to be skipped. */
static u32 ring_lost(const struct jailhouse_console_page *page, u32 position)
{
	u32 tail, depth = ring_depth(page, &tail);

	return tail - position > depth ? tail - position - depth : 0;
}

static u32 ring_copy_now(const struct jailhouse_console_page *page, u32 position, char *to,
			 size_t size)
{
	u32 len = min_t(size_t, READ_ONCE(page->tail) - position, size);
	u32 n;

	smp_rmb(); /* content up to tail was written before tail */
	for (n = 0; n < len; n++)
		to[n] = READ_ONCE(page->content[(position + n) % RING_SIZE]);
	smp_rmb(); /* whoever called sees next whether it was overwritten meanwhile */
	return len;
}

/*
 * Copy up to @size bytes from *@position on, and move that behind them. If the ring has gone past *@position, skip to the
 * oldest byte that it still has, and add to *@missed. Returns the number of bytes.
 */
static size_t ring_copy(const struct jailhouse_console_page *page, u32 *position, char *to,
			size_t size, u32 *missed)
{
	u32 lost, len;

	do {
		len = ring_copy_now(page, *position, to, size);
		lost = ring_lost(page, *position);
		*missed += lost;
		*position += lost;
	} while (lost);
	*position += len;
	return len;
}

/* Begin with the oldest byte that the ring has. */
static u32 ring_oldest(const struct jailhouse_console_page *page)
{
	u32 tail, depth = ring_depth(page, &tail);

	return tail - min(tail, depth);
}

/* Put the line about @missed bytes right before chunk[LINE_SIZE], and start there. */
static void prepend_missed(struct console_reader *reader, u32 missed)
{
	char line[LINE_SIZE];
	size_t len = scnprintf(line, sizeof(line), "%s<missed %u bytes of console log>\n",
			       reader->last == '\n' ? "" : "\n", missed);

	reader->start -= len;
	memcpy(reader->chunk + reader->start, line, len);
}

/* The chunk is empty: fetch the next one. Needs reader->lock and console_lock. */
static void fetch(struct console_reader *reader)
{
	const struct jailhouse_console_page *page = current_page();
	char *content = reader->chunk + LINE_SIZE;
	u32 missed = 0;
	size_t len;

	if (reader->session != session) {
		reader->session = session;
		reader->position = ring_oldest(page);
	}
	len = ring_copy(page, &reader->position, content, sizeof(reader->chunk) - LINE_SIZE,
			&missed);
	reader->start = LINE_SIZE;
	reader->end = LINE_SIZE + len;
	if (missed)
		prepend_missed(reader, missed);
	if (len)
		reader->last = content[len - 1];
}

/* Hand out what the chunk has, after filling it if need be. 0: nothing there; *@over: and nothing will come. */
static ssize_t read_some(struct console_reader *reader, char __user *to, size_t count, bool *over)
{
	bool forbidden;
	size_t len;

	if (reader->start == reader->end) {
		down_read(&console_lock);
		fetch(reader);
		forbidden = hidden;
		*over = !live;
		up_read(&console_lock);
		if (forbidden)
			return -EPERM;
	}
	len = min(count, reader->end - reader->start);
	if (copy_to_user(to, reader->chunk + reader->start, len))
		return -EFAULT;
	reader->start += len;
	return len;
}

ssize_t console_read(struct console_reader *reader, char __user *to, size_t count, bool nonblock)
{
	bool over = false;
	ssize_t len;

	while (count) {
		if (mutex_lock_interruptible(&reader->lock))
			return -ERESTARTSYS;
		len = read_some(reader, to, count, &over);
		mutex_unlock(&reader->lock);
		if (len || over)
			return len;
		if (nonblock)
			return -EAGAIN;
		schedule_timeout_interruptible(POLL_INTERVAL);
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	return 0;
}

ssize_t console_snapshot(char *to, size_t size)
{
	u32 missed = 0, position;
	ssize_t len;

	down_read(&console_lock);
	position = ring_oldest(current_page());
	len = ring_copy(current_page(), &position, to, size, &missed);
	up_read(&console_lock);
	return len;
}
