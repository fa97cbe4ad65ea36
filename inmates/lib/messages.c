// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Answers to the hypervisor's messages. */
#include <inmate.h>

static void reply(u32 answer)
{
	jailhouse_send_reply_from_cell(comm_region, answer);
}

bool comm_handle_message(bool allow_shutdown)
{
	switch (comm_region->msg_to_cell) {
	case JAILHOUSE_MSG_NONE:
		return false;
	case JAILHOUSE_MSG_SHUTDOWN_REQUEST:
		reply(allow_shutdown ? JAILHOUSE_MSG_REQUEST_APPROVED :
				       JAILHOUSE_MSG_REQUEST_DENIED);
		return allow_shutdown;
	case JAILHOUSE_MSG_RECONFIG_COMPLETED:
		reply(JAILHOUSE_MSG_RECEIVED);
		return false;
	default:
		reply(JAILHOUSE_MSG_UNKNOWN);
		return false;
	}
}

void comm_shut_down(void)
{
	comm_region->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	stop();
}
