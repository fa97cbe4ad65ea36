// SPDX-License-Identifier: GPL-2.0-only
/* CPUs: their areas, and what the core asks of the architecture. */
#include "unit.h"
#include <arch.h>
#include <setup.h>

u64 fake_local_cpu;
struct jailhouse_image_header image_header = { .percpu_size = sizeof(struct per_cpu),
					       .max_cpus = TEST_CPUS,
					       .online_cpus = TEST_CPUS };
struct fake_hardware hardware;

void be_cpu(u32 cpu)
{
	fake_local_cpu = HV_BASE + cpu * sizeof(struct per_cpu);
	this_public()->id = cpu;
}

void arch_tlb_flush(const struct page_table *pt)
{
	hardware.tlb_flushes++;
}

void arch_send_event(u32 cpu)
{
	hardware.events[cpu]++;
}

void arch_cpu_reset(struct cpu_start start)
{
	hardware.resets++;
	hardware.reset_start = start;
}

void arch_cpu_quiesce(void)
{
	hardware.quiesces++;
}

void fake_relax(void)
{
	assert_non_null(hardware.on_relax);
	hardware.on_relax();
}

void arch_cpu_wait(void)
{
	hardware.waits++;
	assert_non_null(hardware.on_wait);
	hardware.on_wait();
}

void arch_cpu_standby(void)
{
	hardware.standbys++;
}
