// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints at 10 Hz how late its timer interrupt comes.
 *
 * Option: deny-shutdown refuses the first request to shut down.
 */
#include <inmate.h>

#define BEATS_PER_SECOND 10

static u64 ticks_per_beat, expected_ticks;
static u64 min_ns = ~0ULL, max_ns;

static void handle_irq(unsigned int irq)
{
	u64 now = timer_get_ticks(), jitter_ns;

	if (irq != TIMER_IRQ)
		return;
	/* Not this beat's, which is still to come: as an unsigned number it would stay the maximum for ever. */
	if ((s64)(now - expected_ticks) < 0) {
		printk("Timer fired too early, by %ld ns\n",
		       (long)timer_ticks_to_ns(expected_ticks - now));
		return;
	}
	jitter_ns = timer_ticks_to_ns(now - expected_ticks);
	if (jitter_ns < min_ns)
		min_ns = jitter_ns;
	if (jitter_ns > max_ns)
		max_ns = jitter_ns;
	printk("Timer fired, jitter: %6ld ns, min: %6ld ns, max: %6ld ns\n", (long)jitter_ns,
	       (long)min_ns, (long)max_ns);

	/* The printing takes its time, but is not to move the next beat. */
	expected_ticks += ticks_per_beat;
	timer_start(expected_ticks - timer_get_ticks());
}

void inmate_main(void)
{
	bool allow_shutdown = !cmdline_parse_bool("deny-shutdown", false);

	printk("Initializing the GIC...\n");
	irq_init(handle_irq);

	printk("Initializing the timer...\n");
	irq_enable(TIMER_IRQ);
	ticks_per_beat = timer_get_frequency() / BEATS_PER_SECOND;
	expected_ticks = timer_get_ticks() + ticks_per_beat;
	timer_start(ticks_per_beat);

	while (!comm_handle_message(allow_shutdown)) {
		if (comm_region->reply_from_cell == JAILHOUSE_MSG_REQUEST_DENIED)
			allow_shutdown = true;
		wait_for_interrupt();
	}
	disable_irqs();
	timer_stop();
	printk("Stopped by request\n");
	comm_shut_down();
}
