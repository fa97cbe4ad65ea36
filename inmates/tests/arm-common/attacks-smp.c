// SPDX-License-Identifier: GPL-2.0-only
/* For cells with two CPUs; cpu= is the affinity of the second one (default: the first one's minus 1). */
#include "attack_lists.h"
#include <asm/smp.h>

static volatile unsigned int started, ipis;

static unsigned long second_cpu(void)
{
	return cmdline_parse_int("cpu", cpu_affinity() - 1);
}

/* The other CPU counts up. Ten seconds are for a busy emulator. */
static void wait_for_count(const volatile unsigned int *counter, unsigned int value)
{
	unsigned int tries;

	for (tries = 0; tries < 10000 && *counter < value; tries++)
		delay_us(1000);
}

static void second_main(void)
{
	started++;
	memory_barrier();
	asm volatile("sev");
}

static void second_loops(void)
{
	started++;
	while (1)
		cpu_relax();
}

static long affinity_info(unsigned long cpu)
{
	return psci_call(PSCI_NATIVE(PSCI_AFFINITY_INFO), cpu, 0, 0);
}

/** Waits up to a second. Returns what CPU_ON's target is in the end. */
static long wait_for_affinity(unsigned long cpu, long state)
{
	unsigned int tries;

	for (tries = 0; tries < 1000 && affinity_info(cpu) != state; tries++)
		delay_us(1000);
	return affinity_info(cpu);
}

/* Three times on and off. */
static void smp_on_off(void)
{
	unsigned long cpu = second_cpu();
	unsigned int round;

	for (round = 1; round <= 3; round++) {
		check("off before", affinity_info(cpu), PSCI_AFFINITY_OFF);
		check("CPU_ON", psci_cpu_on(cpu, second_main), PSCI_SUCCESS);
		check("off again", wait_for_affinity(cpu, PSCI_AFFINITY_OFF), PSCI_AFFINITY_OFF);
		check("started", started, round);
	}
	survived(started);
}

static void smp_on_twice(void)
{
	unsigned long cpu = second_cpu();

	check("CPU_ON", psci_cpu_on(cpu, second_loops), PSCI_SUCCESS);
	check("on", wait_for_affinity(cpu, PSCI_AFFINITY_ON), PSCI_AFFINITY_ON);
	check("CPU_ON again", psci_cpu_on(cpu, second_loops), (u64)PSCI_ALREADY_ON);
	survived(started);
}

/* The second CPU begins in the hypervisor's memory: the whole cell fails. */
static void smp_bad_entry(void)
{
	psci_call(PSCI_NATIVE(PSCI_CPU_ON), second_cpu(), cmdline_parse_int("addr", 0x7fc00000), 0);
	serve_seconds(1);
	survived(0);
}

static void second_prints(void)
{
	unsigned int n;

	for (n = 0; n < 5; n++) {
		started++;
		delay_us(200000);
	}
}

/* The second CPU goes off while the first one waits for it, both at work before. */
static void smp_work(void)
{
	unsigned long cpu = second_cpu();

	check("CPU_ON", psci_cpu_on(cpu, second_prints), PSCI_SUCCESS);
	wait_for_count(&started, 5);
	check("worked", started, 5);
	check("off", wait_for_affinity(cpu, PSCI_AFFINITY_OFF), PSCI_AFFINITY_OFF);
	survived(started);
}

static void take_ipi(unsigned int irq)
{
	ipis++;
}

static void second_takes_ipis(void)
{
	irq_init_cpu();
	irq_enable(1);
	started++;
	halt();
}

/* Interrupts between the cell's CPUs, each sent when the one before has arrived: they would merge. */
static void smp_ipi(void)
{
	unsigned long cpu = second_cpu();
	unsigned int n;

	irq_init(take_ipi);
	check("CPU_ON", psci_cpu_on(cpu, second_takes_ipis), PSCI_SUCCESS);
	wait_for_count(&started, 1);
	check("started", started, 1);
	for (n = 1; n <= 10; n++) {
		irq_send_ipi(cpu & 0xff, 1);
		wait_for_count(&ipis, n);
	}
	/* One that comes twice would do so now. */
	delay_us(50000);
	check("IPIs", ipis, 10);
	survived(ipis);
}

const struct attack smp_attacks[] = {
	{ "smp-on-off", smp_on_off },
	{ "smp-on-twice", smp_on_twice },
	{ "smp-bad-entry", smp_bad_entry },
	{ "smp-work", smp_work },
	{ "smp-ipi", smp_ipi },
	{ NULL, NULL },
};
