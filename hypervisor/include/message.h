/* SPDX-License-Identifier: GPL-2.0-only */
/* Messages to cells through their communication region. Pure: nothing but the region and the time given. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <cell.h>

enum message_result {
	MESSAGE_PENDING, /* no reply yet, and time is left */
	MESSAGE_APPROVED, /* the cell agrees, need not be asked, or did not answer in time */
	MESSAGE_DENIED,
};

/** Is this cell in a state in which it is asked and informed? */
bool message_wanted(const struct cell *cell);

/** Prepare the region of a new cell, and set its state. */
void comm_region_init(struct cell *cell);

/**
 * Ask the cell to agree to its shutdown; call again while PENDING. now: arch_time(), in ms_ticks per
 * millisecond. A cell that does not answer within its msg_reply_timeout (ms, 0: for ever) loses its veto.
 */
enum message_result message_request_shutdown(struct cell *cell, u64 now, u64 ms_ticks);

/** Tell a cell that the configuration changed; its reply is not waited for. */
void message_reconfigured(struct cell *cell);

/** The state that the cell reports, JAILHOUSE_CELL_*, or -EINVAL if it wrote something else. */
int message_cell_state(const struct cell *cell);

/** True if the cell forbids changes of other cells. */
bool message_config_locked(const struct cell *cell);

#endif
