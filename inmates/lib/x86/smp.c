// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Starting further CPUs. */
#include <inmate.h>
#include <arch/apic.h>

#define STACK_SIZE      4096UL
#define MAX_SECONDARIES 255
#define STARTUP_PAGE    (CONFIG_INMATE_BASE >> 12) /* below 1 MiB; SDM 3, 8.4.4 */
#define INIT_DELAY_US   10000
#define NOBODY          (~0U)

#ifndef CONFIG_INMATE_BASE
#define CONFIG_INMATE_BASE 0
#endif

void *smp_secondary_start(void);
void smp_secondary_main(void);

/* Written by one secondary CPU at a time. */
static u32 ids[MAX_SECONDARIES];
static unsigned int count;

/** The CPU that is being started. */
static struct {
	unsigned int id;
	void *stack_top;
	void (*entry)(void);
} next = { .id = NOBODY };

static bool is_known(u32 id)
{
	unsigned int n;

	for (n = 0; n < count; n++)
		if (ids[n] == id)
			return true;
	return false;
}

/*
 * Called by start.S on each further CPU as it comes up, on a stack that they share; the caller
 * holds a lock. Returns the stack for smp_secondary_main(), or NULL: sleep.
 */
void *smp_secondary_start(void)
{
	unsigned int id;

	x2apic_enable();
	id = cpu_id();
	if (__atomic_load_n(&next.id, __ATOMIC_ACQUIRE) == id)
		return next.stack_top;
	if (count < MAX_SECONDARIES && !is_known(id)) {
		ids[count] = id;
		__atomic_store_n(&count, count + 1, __ATOMIC_RELEASE);
	}
	return NULL;
}

/* Called by start.S on the CPU's own stack. */
void smp_secondary_main(void)
{
	void (*entry)(void) = next.entry;

	idt_load();
	__atomic_store_n(&next.id, NOBODY, __ATOMIC_RELEASE);
	entry();
}

unsigned int smp_secondary_cpus(void)
{
	return __atomic_load_n(&count, __ATOMIC_ACQUIRE);
}

unsigned int smp_secondary_id(unsigned int n)
{
	return ids[n];
}

void smp_wait_for_all_cpus(void)
{
	while (smp_secondary_cpus() + 1 < comm_region->num_cpus)
		cpu_relax();
}

void smp_start_cpu(unsigned int cpu_id, void (*entry)(void))
{
	next.stack_top = (u8 *)alloc(STACK_SIZE, 16) + STACK_SIZE;
	next.entry = entry;
	__atomic_store_n(&next.id, cpu_id, __ATOMIC_RELEASE);

	write_msr(X2APIC_ICR, ICR_TO(cpu_id) | ICR_ASSERT | ICR_INIT);
	delay_us(INIT_DELAY_US);
	write_msr(X2APIC_ICR, ICR_TO(cpu_id) | ICR_ASSERT | ICR_STARTUP | STARTUP_PAGE);
	while (__atomic_load_n(&next.id, __ATOMIC_ACQUIRE) != NOBODY)
		cpu_relax();
}
