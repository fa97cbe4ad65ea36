// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Clocks: the TSC and the PM timer. Reference: ACPI 6, 4.8.3.3 */
#include <inmate.h>
#include <asm/pio.h>

#define PM_TIMER_HZ       3579545ULL
#define PM_TIMER_MASK     0xffffffULL /* 24 bits at least; the rest differs */
#define CALIBRATION_TICKS (PM_TIMER_HZ / 10)
#define HZ_PER_KHZ        1000UL

static unsigned long tsc_khz;

static u32 pm_timer_count(void)
{
	return inl(comm_region->pm_timer_address) & PM_TIMER_MASK;
}

bool pm_timer_present(void)
{
	return comm_region->pm_timer_address != 0;
}

u64 pm_timer_read(void)
{
	static u64 ticks;
	static u32 last;
	u32 now = pm_timer_count();

	ticks += (now - last) & PM_TIMER_MASK;
	last = now;
	return ticks / PM_TIMER_HZ * NS_PER_S + ticks % PM_TIMER_HZ * NS_PER_S / PM_TIMER_HZ;
}

static unsigned long calibrate(void)
{
	u32 start = pm_timer_count(), elapsed;
	u64 tsc = read_tsc();

	do
		elapsed = (pm_timer_count() - start) & PM_TIMER_MASK;
	while (elapsed < CALIBRATION_TICKS);
	return (read_tsc() - tsc) * PM_TIMER_HZ / elapsed / HZ_PER_KHZ;
}

unsigned long tsc_init(void)
{
	if (!tsc_khz)
		tsc_khz = comm_region->tsc_khz;
	if (!tsc_khz && pm_timer_present())
		tsc_khz = calibrate();
	if (!tsc_khz) {
		printk("No clock: neither TSC frequency nor PM timer are known\n");
		stop();
	}
	return tsc_khz * HZ_PER_KHZ;
}

/* In two parts, as the product would overflow after seconds. */
u64 tsc_read_ns(void)
{
	u64 tsc = read_tsc(), hz = tsc_init();

	return tsc / hz * NS_PER_S + tsc % hz * NS_PER_S / hz;
}

void delay_us(unsigned long microsecs)
{
	u64 end = tsc_read_ns() + microsecs * NS_PER_US;

	while (tsc_read_ns() < end)
		cpu_relax();
}
