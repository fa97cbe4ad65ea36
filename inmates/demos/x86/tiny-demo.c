// SPDX-License-Identifier: GPL-2.0-only
/* Prints a few lines without interrupts, then waits until it is asked to shut down. */
#include <inmate.h>

#define LINES 10

static void serve_ms(unsigned int ms)
{
	while (ms-- > 0) {
		if (comm_handle_message(true)) {
			printk("Stopped by request\n");
			comm_shut_down();
		}
		delay_us(1000);
	}
}

void inmate_main(void)
{
	unsigned int n;

	for (n = 1; n <= LINES; n++) {
		printk("Hello %u from this tiny cell!\n", n);
		serve_ms(1000);
	}
	while (1)
		serve_ms(1000);
}
