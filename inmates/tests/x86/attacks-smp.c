// SPDX-License-Identifier: GPL-2.0-only
/* For cells with two CPUs or more. */
#include "attack_lists.h"
#include <arch/apic.h>

#define IPI_VECTOR  64
#define TARGET      0x10002000UL
#define RACE_ROUNDS 20000

static volatile unsigned int started, ipis;
static volatile bool racing;

/** Returns whether there is one. */
static bool second_cpu(unsigned int *cpu)
{
	smp_wait_for_all_cpus();
	if (!check("second CPU", smp_secondary_cpus() > 0, 1))
		return false;
	*cpu = smp_secondary_id(0);
	return true;
}

static void second_returns(void)
{
	started++;
}

/* Three times: start, return, start. */
static void start_again(void)
{
	unsigned int cpu, round;

	if (!second_cpu(&cpu))
		return;
	for (round = 1; round <= 3; round++) {
		smp_start_cpu(cpu, second_returns);
		serve_seconds(1);
		check("started", started, round);
	}
	survived(started);
}

static void second_loops(void)
{
	started++;
	disable_irqs();
	while (1)
		cpu_relax();
}

/* INIT stops it even so; a start of a running CPU has no effect. */
static void start_running(void)
{
	unsigned int cpu;

	if (!second_cpu(&cpu))
		return;
	smp_start_cpu(cpu, second_loops);
	serve_seconds(1);
	write_msr(X2APIC_ICR, ICR_TO(cpu) | ICR_ASSERT | ICR_STARTUP);
	write_msr(X2APIC_ICR, ICR_TO(cpu) | ICR_ASSERT | ICR_STARTUP | 0x80);
	serve_seconds(1);
	check("started", started, 1);
	smp_start_cpu(cpu, second_loops);
	serve_seconds(1);
	check("started again", started, 2);
	survived(started);
}

/* The second CPU begins where the cell has no memory: the whole cell fails. */
static void bad_entry(void)
{
	unsigned int cpu;

	if (!second_cpu(&cpu))
		return;
	write_msr(X2APIC_ICR, ICR_TO(cpu) | ICR_ASSERT | ICR_INIT);
	delay_us(10000);
	write_msr(X2APIC_ICR, ICR_TO(cpu) | ICR_ASSERT | ICR_STARTUP | 0xff);
	serve_seconds(1);
	survived(0);
}

static void take_ipi(unsigned int irq)
{
	ipis++;
}

static void second_takes_ipis(void)
{
	irq_init_cpu();
	started++;
	halt();
}

static void ipi(void)
{
	unsigned int cpu, n;

	if (!second_cpu(&cpu))
		return;
	irq_enable(IPI_VECTOR);
	irq_init(take_ipi);
	smp_start_cpu(cpu, second_takes_ipis);
	serve_seconds(1);
	check("started", started, 1);
	for (n = 0; n < 10; n++) {
		irq_send_ipi(cpu, IPI_VECTOR);
		delay_us(50000);
	}
	check("IPIs", ipis, 10);
	write_msr(X2APIC_ICR, ICR_ASSERT | ICR_ALL_BUT_SELF | IPI_VECTOR);
	delay_us(50000);
	check("IPI to all others", ipis, 11);
	survived(ipis);
}

static void second_takes_nmis(void)
{
	started++;
	disable_irqs();
	halt();
}

static void nmi(void)
{
	unsigned int cpu, n;

	if (!second_cpu(&cpu))
		return;
	smp_start_cpu(cpu, second_takes_nmis);
	serve_seconds(1);
	for (n = 0; n < 10; n++) {
		write_msr(X2APIC_ICR, ICR_TO(cpu) | ICR_ASSERT | ICR_NMI);
		delay_us(50000);
	}
	check("NMIs", nmis_taken(), 10);
	survived(nmis_taken());
}

/* One CPU keeps the other in INIT and start. */
static void init_storm(void)
{
	unsigned int cpu, n;

	if (!second_cpu(&cpu))
		return;
	for (n = 0; n < 1000; n++) {
		write_msr(X2APIC_ICR, ICR_TO(cpu) | ICR_ASSERT | ICR_INIT);
		write_msr(X2APIC_ICR, ICR_TO(cpu) | ICR_ASSERT | ICR_STARTUP);
	}
	survived(n);
}

/*
 * The instruction that accesses a device, as the other CPU changes it: "mov (%rbx),%eax" or
 * "mov %eax,(%rbx)" by their first byte.
 */
static u8 changing_code[] __attribute__((aligned(16))) = {
	0x8b, 0x03, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3,
};

static void second_changes_code(void)
{
	volatile u8 *opcode = changing_code;

	started++;
	while (racing) {
		*opcode = 0x89; /* store */
		*opcode = 0x8b; /* load */
		*opcode = 0xc7; /* store of an immediate value, what follows */
		*opcode = 0x8b;
	}
}

static void changing_mmio_code(void)
{
	void *addr = option_address(TARGET, MAP_UNCACHED);
	unsigned int cpu, n;

	if (!second_cpu(&cpu))
		return;
	racing = true;
	smp_start_cpu(cpu, second_changes_code);
	for (n = 0; n < RACE_ROUNDS; n++)
		asm volatile("call *%1" : : "b"(addr), "c"(changing_code), "a"(0) : "memory");
	racing = false;
	survived(n);
}

static void second_changes_pages(void)
{
	extern u64 page_table_root[];
	u64 *pointers = (u64 *)(unsigned long)(page_table_root[0] & ~0xfffULL);
	volatile u64 *directory = (u64 *)(unsigned long)(pointers[0] & ~0xfffULL);
	u64 entry = directory[TARGET / LARGE_PAGE_SIZE];

	started++;
	while (racing) {
		directory[TARGET / LARGE_PAGE_SIZE] = HYPERVISOR | (entry & 0xfff);
		directory[TARGET / LARGE_PAGE_SIZE] = entry;
	}
}

/* The page table that leads to the device, as the other CPU points it into the hypervisor. */
static void changing_mmio_pages(void)
{
	void *addr = option_address(TARGET, MAP_UNCACHED);
	unsigned int cpu, n;

	if (!second_cpu(&cpu))
		return;
	racing = true;
	smp_start_cpu(cpu, second_changes_pages);
	for (n = 0; n < RACE_ROUNDS; n++)
		mmio_read32(addr);
	racing = false;
	survived(n);
}

const struct attack smp_attacks[] = {
	{ "smp-start-again", start_again },
	{ "smp-start-running", start_running },
	{ "smp-bad-entry", bad_entry },
	{ "smp-ipi", ipi },
	{ "smp-nmi", nmi },
	{ "smp-init-storm", init_storm },
	{ "smp-changing-code", changing_mmio_code },
	{ "smp-changing-pages", changing_mmio_pages },
	{ NULL, NULL },
};
