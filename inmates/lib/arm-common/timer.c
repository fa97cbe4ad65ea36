// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The generic timer's virtual timer. */
#include <inmate.h>
#include <asm/timer-regs.h>

#define NS_PER_S 1000000000ULL
#define US_PER_S 1000000UL

unsigned long timer_get_frequency(void)
{
	return timer_read_frequency();
}

u64 timer_get_ticks(void)
{
	return timer_read_counter();
}

/* In two parts, because ticks * 10^9 would overflow after minutes. */
u64 timer_ticks_to_ns(u64 ticks)
{
	u64 frequency = timer_get_frequency();

	return ticks / frequency * NS_PER_S + ticks % frequency * NS_PER_S / frequency;
}

void timer_start(u64 timeout)
{
	timer_write_compare(timer_get_ticks() + timeout);
	timer_write_control(TIMER_CONTROL_ENABLE);
}

void timer_stop(void)
{
	timer_write_control(0);
}

void delay_us(unsigned long microsecs)
{
	u64 end = timer_get_ticks() + (u64)microsecs * timer_get_frequency() / US_PER_S;

	while ((s64)(end - timer_get_ticks()) > 0)
		cpu_relax();
}
