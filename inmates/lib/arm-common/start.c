// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* From the first instructions in start.S to the inmate's own program. */
#include <inmate.h>

/* Called with MMU and caches off, on the first CPU. */
void arm_start(void)
{
	map_init();
	mmu_enable();
	console_init();
	inmate_main();
	stop();
}

void halt(void)
{
	while (1)
		wait_for_interrupt();
}

void stop(void)
{
	disable_irqs();
	halt();
}
