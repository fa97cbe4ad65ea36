// SPDX-License-Identifier: GPL-2.0-only
/* core/message.c: what cells are asked, and what their answers mean. */
#include "unit.h"
#include <arch.h>
#include <message.h>
#include <signal.h>
#include <sys/mman.h>

#define MS 62500 /* ticks: 62.5 MHz */

static struct cell *cell_with(u32 flags, u64 timeout)
{
	struct cell_parts root = { .name = "root", .cpus = 1 };
	struct cell_parts parts = {
		.name = "cell", .id = 1, .cpus = 2, .flags = flags, .timeout = timeout
	};
	struct cell *cell;

	set_root_cell(&root);
	cell = add_cell(&parts);
	cell->comm->cell_state = JAILHOUSE_CELL_RUNNING;
	return cell;
}

static void answer(struct cell *cell, u32 reply)
{
	cell->comm->msg_to_cell = JAILHOUSE_MSG_NONE;
	cell->comm->reply_from_cell = reply;
}

/* Behind the core's cache: the region as a cell without caches sees it, and as it was when both agreed. */
static struct jailhouse_comm_region memory, agreed;
static const struct cell *uncached;

/** One line. */
void arch_flush_dcache(const void *start, u64 size)
{
	size_t offset = (const u8 *)start - (const u8 *)(uncached ? uncached->comm : start);
	u8 *cached = (u8 *)(uintptr_t)start;

	if (!uncached)
		return;
	size = MIN(size, sizeof(memory) - offset);
	if (memcmp(cached, (u8 *)&agreed + offset, size))
		memcpy((u8 *)&memory + offset, cached, size);
	else
		memcpy(cached, (u8 *)&memory + offset, size);
	memcpy((u8 *)&agreed + offset, cached, size);
}

static void cell_without_caches(void **state)
{
	struct cell *cell = cell_with(0, 1000);

	memory = agreed = *cell->comm;
	uncached = cell;
	message_reconfigured(cell);
	assert_int_equal(memory.msg_to_cell, JAILHOUSE_MSG_RECONFIG_COMPLETED);
	memory.msg_to_cell = JAILHOUSE_MSG_NONE;
	memory.reply_from_cell = JAILHOUSE_MSG_RECEIVED;
	assert_int_equal(message_request_shutdown(cell, MS, MS), MESSAGE_PENDING);
	assert_int_equal(memory.msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	assert_int_equal(memory.reply_from_cell, JAILHOUSE_MSG_NONE);
	memory.msg_to_cell = JAILHOUSE_MSG_NONE;
	memory.reply_from_cell = JAILHOUSE_MSG_REQUEST_DENIED;
	assert_int_equal(message_request_shutdown(cell, 2 * MS, MS), MESSAGE_DENIED);
	memory.cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	assert_int_equal(message_cell_state(cell), JAILHOUSE_CELL_SHUT_DOWN);
	uncached = NULL;
}

static void approved(void **state)
{
	struct cell *cell = cell_with(0, 1000);

	assert_int_equal(message_request_shutdown(cell, 5 * MS, MS), MESSAGE_PENDING);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	assert_int_equal(cell->comm->reply_from_cell, JAILHOUSE_MSG_NONE);
	assert_int_equal(message_request_shutdown(cell, 6 * MS, MS), MESSAGE_PENDING);
	answer(cell, JAILHOUSE_MSG_REQUEST_APPROVED);
	assert_int_equal(message_request_shutdown(cell, 7 * MS, MS), MESSAGE_APPROVED);
	assert_int_equal(cell->message_deadline, 0);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_NONE);
}

/** The question is put once: the cell takes it by erasing it, and must not find it again. */
static void asked_once(void **state)
{
	struct cell *cell = cell_with(0, 0);

	message_request_shutdown(cell, MS, MS);
	cell->comm->msg_to_cell = JAILHOUSE_MSG_NONE;
	assert_int_equal(message_request_shutdown(cell, 2 * MS, MS), MESSAGE_PENDING);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_NONE);
}

static void answers(void **state)
{
	static const struct {
		u32 reply;
		enum message_result result;
	} cases[] = {
		{ JAILHOUSE_MSG_REQUEST_APPROVED, MESSAGE_APPROVED },
		{ JAILHOUSE_MSG_REQUEST_DENIED, MESSAGE_DENIED },
		{ JAILHOUSE_MSG_UNKNOWN, MESSAGE_DENIED },
		{ JAILHOUSE_MSG_NONE, MESSAGE_PENDING },
		{ 5, MESSAGE_DENIED },
		{ ~0U, MESSAGE_DENIED },
		{ 0x03000000, MESSAGE_DENIED },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell *cell = cell_with(0, 1000);

		message_request_shutdown(cell, MS, MS);
		answer(cell, cases[n].reply);
		assert_int_equal(message_request_shutdown(cell, 2 * MS, MS), cases[n].result);
		assert_int_equal(cell->message_deadline != 0, cases[n].result == MESSAGE_PENDING);
	}
}

/** A veto holds for one request; the next one is a new question. */
static void denied_then_asked_again(void **state)
{
	struct cell *cell = cell_with(0, 1000);

	message_request_shutdown(cell, MS, MS);
	answer(cell, JAILHOUSE_MSG_REQUEST_DENIED);
	assert_int_equal(message_request_shutdown(cell, 2 * MS, MS), MESSAGE_DENIED);
	assert_int_equal(message_request_shutdown(cell, 3 * MS, MS), MESSAGE_PENDING);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	assert_int_equal(cell->comm->reply_from_cell, JAILHOUSE_MSG_NONE);
}

static void old_answer_does_not_count(void **state)
{
	struct cell *cell = cell_with(0, 1000);

	cell->comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_APPROVED;
	assert_int_equal(message_request_shutdown(cell, MS, MS), MESSAGE_PENDING);
}

static void timeouts(void **state)
{
	static const struct {
		u64 timeout, start, now;
		enum message_result result;
	} cases[] = {
		{ 1000, MS, MS + 1000 * MS - 1, MESSAGE_PENDING },
		{ 1000, MS, MS + 1000 * MS, MESSAGE_APPROVED },
		{ 1, 0, MS, MESSAGE_APPROVED },
		{ 0, MS, ~0ULL - 1, MESSAGE_PENDING }, /* for ever */
		{ ~0ULL, MS, 1ULL << 62, MESSAGE_PENDING }, /* beyond what the clock can count */
		{ ~0ULL / MS, MS, 1ULL << 62, MESSAGE_PENDING },
		{ 1000, ~0ULL - 1000, ~0ULL - 500, MESSAGE_PENDING },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell *cell = cell_with(0, cases[n].timeout);

		assert_int_equal(message_request_shutdown(cell, cases[n].start, MS),
				 MESSAGE_PENDING);
		assert_int_equal(message_request_shutdown(cell, cases[n].now, MS), cases[n].result);
	}
}

/* A cell that is answering "received" to the message before may write that just after the question came. */
static void late_answer_to_reconfigured(void **state)
{
	struct cell *cell = cell_with(0, 1000);

	message_reconfigured(cell);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_RECONFIG_COMPLETED);
	assert_int_equal(message_request_shutdown(cell, MS, MS), MESSAGE_PENDING);
	answer(cell, JAILHOUSE_MSG_RECEIVED);
	assert_int_equal(message_request_shutdown(cell, 2 * MS, MS), MESSAGE_PENDING);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	assert_int_equal(cell->comm->reply_from_cell, JAILHOUSE_MSG_NONE);
	answer(cell, JAILHOUSE_MSG_REQUEST_APPROVED);
	assert_int_equal(message_request_shutdown(cell, 3 * MS, MS), MESSAGE_APPROVED);
}

static void received_for_ever_is_no_answer(void **state)
{
	struct cell *cell = cell_with(0, 1000);

	for (u64 ms = 0; ms < 1000; ms += 100) {
		assert_int_equal(message_request_shutdown(cell, ms * MS, MS), MESSAGE_PENDING);
		answer(cell, JAILHOUSE_MSG_RECEIVED);
	}
	assert_int_equal(message_request_shutdown(cell, 1000 * MS, MS), MESSAGE_APPROVED);
}

static void who_is_asked(void **state)
{
	static const struct {
		const char *what;
		u32 flags, state;
		bool loadable, failed, asked;
	} cases[] = {
		{ "running", 0, JAILHOUSE_CELL_RUNNING, false, false, true },
		{ "locked", 0, JAILHOUSE_CELL_RUNNING_LOCKED, false, false, true },
		{ "shut down", 0, JAILHOUSE_CELL_SHUT_DOWN, false, false, false },
		{ "failed, as it says", 0, JAILHOUSE_CELL_FAILED, false, false, false },
		{ "revision", 0, JAILHOUSE_CELL_FAILED_COMM_REV, false, false, false },
		{ "garbage", 0, 5, false, false, false },
		{ "garbage", 0, ~0U, false, false, false },
		{ "failed, whatever it says", 0, JAILHOUSE_CELL_RUNNING, false, true, false },
		{ "passive", JAILHOUSE_CELL_PASSIVE_COMMREG, JAILHOUSE_CELL_RUNNING, false, false,
		  false },
		{ "passive and locked", JAILHOUSE_CELL_PASSIVE_COMMREG,
		  JAILHOUSE_CELL_RUNNING_LOCKED, false, false, false },
		{ "loadable: it does not run", 0, JAILHOUSE_CELL_RUNNING, true, false, false },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell *cell = cell_with(cases[n].flags, 0);

		print_message("%s\n", cases[n].what);
		cell->comm->cell_state = cases[n].state;
		cell->loadable = cases[n].loadable;
		cell->failed = cases[n].failed;
		assert_int_equal(message_wanted(cell), cases[n].asked);
		message_reconfigured(cell);
		assert_int_equal(cell->comm->msg_to_cell,
				 cases[n].asked ? JAILHOUSE_MSG_RECONFIG_COMPLETED : 0);
		cell->comm->msg_to_cell = 0;
		assert_int_equal(message_request_shutdown(cell, MS, MS),
				 cases[n].asked ? MESSAGE_PENDING : MESSAGE_APPROVED);
		assert_int_equal(cell->comm->msg_to_cell,
				 cases[n].asked ? JAILHOUSE_MSG_SHUTDOWN_REQUEST : 0);
	}
}

/** A cell that ends while it is asked has nothing to say any more. */
static void ends_while_asked(void **state)
{
	struct cell *cell = cell_with(0, 0);

	assert_int_equal(message_request_shutdown(cell, MS, MS), MESSAGE_PENDING);
	cell->failed = true;
	assert_int_equal(message_request_shutdown(cell, 2 * MS, MS), MESSAGE_APPROVED);
	assert_int_equal(cell->message_deadline, 0);
}

static void question_is_not_overwritten(void **state)
{
	struct cell *cell = cell_with(0, 0);

	message_request_shutdown(cell, MS, MS);
	message_reconfigured(cell);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
}

static void states(void **state)
{
	struct cell *cell = cell_with(0, 0);

	for (u32 value = 0; value < 8; value++) {
		cell->comm->cell_state = value;
		assert_int_equal(message_cell_state(cell), value <= 4 ? (int)value : -EINVAL);
		assert_int_equal(message_config_locked(cell),
				 value == JAILHOUSE_CELL_RUNNING_LOCKED);
	}
	cell->comm->cell_state = 0x80000000;
	assert_int_equal(message_cell_state(cell), -EINVAL);
	cell->comm->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	cell->failed = true;
	assert_int_equal(message_cell_state(cell), JAILHOUSE_CELL_FAILED);
	assert_false(message_config_locked(cell));
	cell->failed = false;
	cell->loadable = true;
	assert_false(message_config_locked(cell));
}

static void new_region(void **state)
{
	static const struct {
		u32 cell, comm;
	} flags[] = {
		{ 0, 0 },
		{ JAILHOUSE_CELL_PASSIVE_COMMREG, 0 },
		{ JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,
		  JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED },
		{ JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE,
		  JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED | JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE },
	};

	for (u32 n = 0; n < ARRAY_SIZE(flags); n++) {
		struct cell *cell = cell_with(flags[n].cell, 0);

		memset(cell->comm, 0xff, sizeof(*cell->comm));
		comm_region_init(cell);
		assert_memory_equal(cell->comm->signature, "JHCOMM", 6);
		assert_int_equal(cell->comm->revision, 2);
		assert_int_equal(cell->comm->cell_state, JAILHOUSE_CELL_SHUT_DOWN);
		assert_int_equal(cell->comm->msg_to_cell, 0);
		assert_int_equal(cell->comm->reply_from_cell, 0);
		assert_int_equal(cell->comm->flags, flags[n].comm);
		assert_memory_equal(&cell->comm->console, &cell->config->console,
				    sizeof(cell->config->console));
	}
}

/** Whoever asked and did not wait: a cell that starts anew knows nothing of that question. */
static void new_region_forgets_the_question(void **state)
{
	struct cell *cell = cell_with(0, 0);

	message_request_shutdown(cell, MS, MS);
	comm_region_init(cell);
	cell->comm->cell_state = JAILHOUSE_CELL_RUNNING;
	assert_int_equal(message_request_shutdown(cell, 2 * MS, MS), MESSAGE_PENDING);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
}

/* --- order of writes ------------------------------------------------------------------------ */

static u8 *two_pages;
static struct jailhouse_comm_region *split_comm;
static u32 reply_seen;
static volatile sig_atomic_t message_writes;

/** The message is being written: what would the cell see in the reply now? */
static void on_message_write(int signal)
{
	reply_seen = split_comm->reply_from_cell;
	message_writes++;
	mprotect(two_pages, PAGE_SIZE, PROT_READ | PROT_WRITE);
}

static void reply_is_erased_first(void **state)
{
	struct sigaction action = { .sa_handler = on_message_write }, before;
	struct cell *cell = cell_with(0, 0);

	/* The message is the last word of a page that cannot be written, the reply the first of the next page. */
	two_pages = mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			 -1, 0);
	assert_true(two_pages != MAP_FAILED);
	split_comm = (void *)(two_pages + PAGE_SIZE -
			      offsetof(struct jailhouse_comm_region, reply_from_cell));
	assert_int_equal((uintptr_t)&split_comm->msg_to_cell, (uintptr_t)two_pages + PAGE_SIZE - 4);
	cell->comm = split_comm;
	split_comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_APPROVED;
	mprotect(two_pages, PAGE_SIZE, PROT_READ);
	sigaction(SIGSEGV, &action, &before);
	message_request_shutdown(cell, MS, MS);
	sigaction(SIGSEGV, &before, NULL);
	assert_int_equal(message_writes, 1);
	assert_int_equal(reply_seen, JAILHOUSE_MSG_NONE);
	assert_int_equal(split_comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	munmap(two_pages, 2 * PAGE_SIZE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(cell_without_caches),
		rule_test(approved),
		rule_test(asked_once),
		rule_test(answers),
		rule_test(denied_then_asked_again),
		rule_test(old_answer_does_not_count),
		rule_test(timeouts),
		rule_test(late_answer_to_reconfigured),
		rule_test(received_for_ever_is_no_answer),
		rule_test(who_is_asked),
		rule_test(ends_while_asked),
		rule_test(question_is_not_overwritten),
		rule_test(states),
		rule_test(new_region),
		rule_test(new_region_forgets_the_question),
		rule_test(reply_is_erased_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
