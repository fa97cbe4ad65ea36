// SPDX-License-Identifier: GPL-2.0-only
/* Prints a line each second, without interrupts. */
#include <inmate.h>

void inmate_main(void)
{
	unsigned int n = 0, tenth;

	while (1) {
		printk("Hello %u from cell!\n", ++n);
		for (tenth = 0; tenth < 10; tenth++) {
			if (comm_handle_message(true))
				comm_shut_down();
			delay_us(100000);
		}
	}
}
