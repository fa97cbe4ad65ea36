// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints at 10 Hz how late its timer interrupt comes. Refuses the first request to shut down.
 *
 * Options: lock locks the configuration of the hypervisor for lock-seconds= (default 10);
 *          pollute-cache writes to memory all the time, which others can feel.
 */
#include <inmate.h>

CMDLINE_BUFFER(256);

#define TIMER_VECTOR     32
#define BEATS_PER_SECOND 10
#define BEAT_NS          (NS_PER_S / BEATS_PER_SECOND)
#define POLLUTED_SIZE    0x80000
#define CACHE_LINE       64

static u64 expected_ns;
static s64 min_ns, max_ns; /* below 0: the clocks of TSC and timer differ a little */
static bool fired;
static unsigned int locked_beats;
static u8 *polluted; /* NULL: memory is left alone */

/** Unlocks the configuration in time. */
static void count_locked_beats(void)
{
	if (locked_beats == 0 || --locked_beats > 0)
		return;
	comm_region->cell_state = JAILHOUSE_CELL_RUNNING;
	printk("Configuration unlocked\n");
}

static void handle_irq(unsigned int irq)
{
	u64 now = tsc_read_ns();
	s64 jitter_ns = now - expected_ns;

	if (irq != TIMER_VECTOR)
		return;
	if (!fired || jitter_ns < min_ns)
		min_ns = jitter_ns;
	if (!fired || jitter_ns > max_ns)
		max_ns = jitter_ns;
	fired = true;
	printk("Timer fired, jitter: %6ld ns, min: %6ld ns, max: %6ld ns\n", (long)jitter_ns,
	       (long)min_ns, (long)max_ns);
	count_locked_beats();

	/* The printing takes its time, but is not to move the next beat. */
	do
		expected_ns += BEAT_NS;
	while (expected_ns <= (now = tsc_read_ns()));
	apic_timer_set(expected_ns - now);
}

static void lock_configuration(void)
{
	locked_beats = cmdline_parse_int("lock-seconds", 10) * BEATS_PER_SECOND;
	comm_region->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	printk("Configuration locked\n");
}

static void start_timer(void)
{
	unsigned long khz;

	irq_init(handle_irq);
	irq_enable(TIMER_VECTOR);
	khz = apic_timer_init(TIMER_VECTOR);
	printk("APIC timer frequency: %lu kHz\n", khz);
	expected_ns = tsc_read_ns() + BEAT_NS;
	apic_timer_set(BEAT_NS);
}

static void pollute_or_sleep(void)
{
	unsigned long n;

	if (!polluted) {
		wait_for_interrupt();
		return;
	}
	for (n = 0; n < POLLUTED_SIZE; n += CACHE_LINE)
		polluted[n]++;
}

/** Answers messages until it has to stop. */
static void serve(void)
{
	bool allow_shutdown = false;

	while (!comm_handle_message(allow_shutdown)) {
		if (!allow_shutdown &&
		    comm_region->reply_from_cell == JAILHOUSE_MSG_REQUEST_DENIED) {
			printk("Rejecting first shutdown request - try again!\n");
			allow_shutdown = true;
		}
		pollute_or_sleep();
	}
}

void inmate_main(void)
{
	printk("TSC frequency: %lu kHz\n", tsc_init() / 1000);
	if (cmdline_parse_bool("pollute-cache", false)) {
		polluted = alloc(POLLUTED_SIZE, PAGE_SIZE);
		printk("Cache pollution enabled\n");
	}
	if (cmdline_parse_bool("lock", false))
		lock_configuration();
	start_timer();
	serve();
	disable_irqs();
	apic_timer_set(0);
	printk("Stopped APIC demo\n");
	comm_shut_down();
}
