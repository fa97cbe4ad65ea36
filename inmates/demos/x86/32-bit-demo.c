// SPDX-License-Identifier: GPL-2.0-only
/* An inmate in 32-bit code: prints twice a second, from a timer interrupt, in which mode it is. */
#include <inmate.h>

#define TIMER_VECTOR 32
#define BEAT_NS      (NS_PER_S / 2)

static volatile unsigned int beats;

static void handle_irq(unsigned int irq)
{
	if (irq != TIMER_VECTOR)
		return;
	beats++;
	apic_timer_set(BEAT_NS);
}

static void print_mode(void)
{
	printk("Pointers have %u bits, CS is 0x%x, %u GiB of addresses\n",
	       8 * (unsigned int)sizeof(void *), INMATE_CS, 4);
}

void inmate_main(void)
{
	unsigned int printed = 0;

	print_mode();
	irq_init(handle_irq);
	irq_enable(TIMER_VECTOR);
	apic_timer_init(TIMER_VECTOR);
	apic_timer_set(BEAT_NS);
	while (!comm_handle_message(true)) {
		if (printed != beats)
			printk("Hello %u from 32 bit, at %llu ms\n", ++printed,
			       tsc_read_ns() / 1000000);
		wait_for_interrupt();
	}
	disable_irqs();
	apic_timer_set(0);
	printk("Stopped by request\n");
	comm_shut_down();
}
