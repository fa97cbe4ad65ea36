// SPDX-License-Identifier: GPL-2.0-only
/* Starts all CPUs of the cell. Then the first one sends an interrupt to each in turn, which answers with one. */
#include <inmate.h>

#define PING_VECTOR       40
#define PONG_VECTOR       41
#define ANSWER_TIMEOUT_MS 1000

static unsigned int first_cpu;
static volatile unsigned int running, pings, pongs;

static void handle_irq(unsigned int irq)
{
	if (irq == PING_VECTOR) {
		pings++;
		irq_send_ipi(first_cpu, PONG_VECTOR);
	} else if (irq == PONG_VECTOR) {
		pongs++;
	}
}

static void secondary_main(void)
{
	irq_init_cpu();
	printk(" CPU %u is running\n", cpu_id());
	running++;
	halt();
}

/* One after the other, because they share the console. */
static void start_all(void)
{
	unsigned int n, before;

	for (n = 0; n < smp_secondary_cpus(); n++) {
		before = running;
		smp_start_cpu(smp_secondary_id(n), secondary_main);
		while (running == before)
			cpu_relax();
	}
}

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

static bool ping(unsigned int cpu)
{
	unsigned int before = pongs, ms;

	irq_send_ipi(cpu, PING_VECTOR);
	for (ms = 0; ms < ANSWER_TIMEOUT_MS && pongs == before; ms++)
		serve_ms(1);
	return pongs != before;
}

static void ping_all(void)
{
	unsigned int n;

	for (n = 0; n < smp_secondary_cpus(); n++)
		if (!ping(smp_secondary_id(n)))
			printk("CPU %u does not answer\n", smp_secondary_id(n));
	printk("IPIs sent and taken: %u, answered: %u\n", pings, pongs);
}

void inmate_main(void)
{
	first_cpu = cpu_id();
	printk("SMP demo on CPU %u of %u\n", first_cpu, comm_region->num_cpus);
	smp_wait_for_all_cpus();
	irq_enable(PING_VECTOR);
	irq_enable(PONG_VECTOR);
	irq_init(handle_irq);
	start_all();
	printk("All %u CPUs are running\n", running + 1);
	while (1) {
		ping_all();
		serve_ms(1000);
	}
}
