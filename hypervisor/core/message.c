// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <errno.h>
#include <message.h>
#include <string.h>

/** What the cell wrote, with its caches on or off. */
static u32 load(const volatile u32 *word)
{
	arch_flush_dcache((const void *)word, sizeof(*word));
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

int message_cell_state(const struct cell *cell)
{
	u32 state = cell->failed ? JAILHOUSE_CELL_FAILED : load(&cell->comm->cell_state);

	return state <= JAILHOUSE_CELL_FAILED_COMM_REV ? (int)state : -EINVAL;
}

/** The cell runs, as far as it says: what it wrote there decides only what it is asked. */
static bool is_active(const struct cell *cell)
{
	int state = message_cell_state(cell);

	return state == JAILHOUSE_CELL_RUNNING || state == JAILHOUSE_CELL_RUNNING_LOCKED;
}

bool message_wanted(const struct cell *cell)
{
	return !(cell->config->flags & JAILHOUSE_CELL_PASSIVE_COMMREG) && !cell->loadable &&
	       is_active(cell);
}

bool message_config_locked(const struct cell *cell)
{
	return !cell->loadable && message_cell_state(cell) == JAILHOUSE_CELL_RUNNING_LOCKED;
}

void comm_region_init(struct cell *cell)
{
	struct jailhouse_comm_region *comm = cell->comm;

	/* A question that was out is gone with the region. */
	cell->message_deadline = 0;
	memset(comm, 0, sizeof(*comm));
	memcpy(comm->signature, COMM_REGION_MAGIC, sizeof(comm->signature));
	comm->revision = COMM_REGION_ABI_REVISION;
	comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	comm->console = cell->config->console;
	if (cell->config->flags &
	    (JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED | JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE))
		comm->flags |= JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED;
	if (cell->config->flags & JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE)
		comm->flags |= JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE;
}

static void send(struct cell *cell, u32 message)
{
	__atomic_store_n(&cell->comm->reply_from_cell, JAILHOUSE_MSG_NONE, __ATOMIC_RELAXED);
	__atomic_store_n(&cell->comm->msg_to_cell, message, __ATOMIC_RELEASE);
	arch_flush_dcache(cell->comm, sizeof(*cell->comm));
}

static enum message_result finish(struct cell *cell, enum message_result result)
{
	cell->message_deadline = 0;
	return result;
}

enum message_result message_request_shutdown(struct cell *cell, u64 now, u64 ms_ticks)
{
	u64 timeout = cell->config->msg_reply_timeout;
	u32 reply;

	if (!message_wanted(cell))
		return finish(cell, MESSAGE_APPROVED);
	if (!cell->message_deadline) {
		send(cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
		/* Longer than the clock runs means for ever. */
		cell->message_deadline = timeout && timeout < (~0ULL - now) / ms_ticks ?
						 now + timeout * ms_ticks :
						 ~0ULL;
	}
	reply = load(&cell->comm->reply_from_cell);
	if (reply == JAILHOUSE_MSG_REQUEST_APPROVED)
		return finish(cell, MESSAGE_APPROVED);
	if (reply == JAILHOUSE_MSG_RECEIVED)
		/* Its answer to RECONFIG_COMPLETED crossed our question, and may have erased it. */
		send(cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	else if (reply != JAILHOUSE_MSG_NONE)
		return finish(cell, MESSAGE_DENIED);
	return now >= cell->message_deadline ? finish(cell, MESSAGE_APPROVED) : MESSAGE_PENDING;
}

void message_reconfigured(struct cell *cell)
{
	if (message_wanted(cell) && !cell->message_deadline)
		send(cell, JAILHOUSE_MSG_RECONFIG_COMPLETED);
}
