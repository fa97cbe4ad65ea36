// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The local APIC's timer: one-shot, or by deadline on the TSC where the CPU has that. */
#include <inmate.h>
#include <arch/apic.h>

#define KHZ_PER_NS     1000000ULL
#define CALIBRATION_US 100000UL

static unsigned long timer_khz; /* of the counter in one-shot mode */
static bool use_deadline;

static unsigned long calibrate(void)
{
	u32 elapsed;

	write_msr(X2APIC_TMICT, 0xffffffff);
	delay_us(CALIBRATION_US);
	elapsed = 0xffffffff - (u32)read_msr(X2APIC_TMCCT);
	write_msr(X2APIC_TMICT, 0);
	return elapsed / (CALIBRATION_US / 1000);
}

unsigned long apic_timer_init(unsigned int vector)
{
	use_deadline = cpuid(1, 0).ecx & CPUID_1_ECX_TSC_DEADLINE;
	if (use_deadline) {
		write_msr(X2APIC_TIMER, TIMER_DEADLINE | vector);
		memory_barrier(); /* the mode first; SDM 3, 11.5.4.1 */
		return tsc_init() / 1000;
	}
	write_msr(X2APIC_TDCR, TDCR_DIVIDE_BY_1);
	write_msr(X2APIC_TIMER, LVT_MASKED | vector);
	timer_khz = comm_region->apic_khz ? comm_region->apic_khz : calibrate();
	write_msr(X2APIC_TIMER, vector);
	return timer_khz;
}

/** In two parts, as the product would overflow after seconds. */
static u64 ns_to_ticks(u64 ns, u64 khz)
{
	return ns / KHZ_PER_NS * khz + ns % KHZ_PER_NS * khz / KHZ_PER_NS;
}

static void set_deadline(u64 timeout_ns)
{
	u64 ticks = ns_to_ticks(timeout_ns, tsc_init() / 1000);

	write_msr(MSR_TSC_DEADLINE, timeout_ns ? read_tsc() + ticks : 0);
}

static void set_counter(u64 timeout_ns)
{
	u64 ticks = ns_to_ticks(timeout_ns, timer_khz);

	if (ticks > 0xffffffff)
		ticks = 0xffffffff;
	if (ticks == 0 && timeout_ns)
		ticks = 1; /* 0 would stop it */
	write_msr(X2APIC_TMICT, ticks);
}

void apic_timer_set(u64 timeout_ns)
{
	if (use_deadline)
		set_deadline(timeout_ns);
	else
		set_counter(timeout_ns);
}
