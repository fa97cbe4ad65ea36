// SPDX-License-Identifier: GPL-2.0-only
/* Bad manners in the communication region. */
#include "attack.h"

/* With seconds= it does, after that time. */
static void never_answer(void)
{
	unsigned int seconds = cmdline_parse_int("seconds", 0);

	while (!seconds)
		cpu_relax();
	delay_us(seconds * 1000000UL);
}

/* Refuses for ever: the root cell needs to destroy it after a timeout or give up. */
static void refuse_shutdown(void)
{
	while (1) {
		comm_handle_message(false);
		delay_us(1000);
	}
}

/* No cell may be created or destroyed meanwhile. Gives in after seconds= (default 5). */
static void lock(void)
{
	comm_region->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	printk("locked\n");
	serve_seconds(cmdline_parse_int("seconds", 5));
	comm_region->cell_state = JAILHOUSE_CELL_RUNNING;
	printk("unlocked\n");
	survived(0);
}

static void answer_nonsense(void)
{
	while (1) {
		if (comm_region->msg_to_cell != JAILHOUSE_MSG_NONE) {
			jailhouse_send_reply_from_cell(comm_region, 0xdeadbeef);
			survived(0);
		}
		cpu_relax();
	}
}

/* Answers before it is asked, all the time. */
static void answer_early(void)
{
	while (1)
		comm_region->reply_from_cell = JAILHOUSE_MSG_REQUEST_APPROVED;
}

/* States as the option value= says; default: none that exists. */
static void claim_state(void)
{
	comm_region->cell_state = cmdline_parse_int("value", 0x12345678);
	survived(comm_region->cell_state);
	while (1)
		cpu_relax();
}

/* A new state at each moment. */
static void flicker_state(void)
{
	u32 state = 0;

	while (1)
		comm_region->cell_state = state++ % 6;
}

const struct attack cell_attacks[] = {
	{ "never-answer", never_answer },
	{ "refuse-shutdown", refuse_shutdown },
	{ "lock", lock },
	{ "answer-nonsense", answer_nonsense },
	{ "answer-early", answer_early },
	{ "claim-state", claim_state },
	{ "flicker-state", flicker_state },
	{ NULL, NULL },
};
