// SPDX-License-Identifier: GPL-2.0-only
/* The local APIC: interrupts to other CPUs, and interrupts without end. Reference: Intel SDM 3, 11.6 and 11.12 */
#include "attack_lists.h"
#include <arch/apic.h>

#define CPUS          8 /* IDs that are tried */
#define ALL_CPUS      0xffffffffULL
#define FIRST_VECTOR  16
#define VECTORS       256
#define RESERVED_MODE 0x300
#define EXTINT_MODE   0x700
#define LEVEL_TRIGGER 0x8000

#define FIRST_MSR 0x800
#define LAST_MSR  0x8ff
#define LVT_FIRST 0x82f /* CMCI, then timer to error at 0x832-0x837 */
#define LVT_LAST  0x837
#define LVT_SMI   0x200
#define LVT_NMI   0x400
#define LVT_INIT  0x500

#define STORM_VECTOR 64

static void send(u64 command)
{
	attempt_write_msr(X2APIC_ICR, command | ICR_ASSERT);
}

/** Sends it to each CPU but this one. */
static void send_to_others(u64 command)
{
	unsigned int id, mine = cpu_id();

	for (id = 0; id < CPUS; id++)
		if (id != mine)
			send(ICR_TO(id) | command);
}

/** Nothing of it may have come back either. */
static void sent(void)
{
	serve_seconds(1);
	survived(nmis_taken());
}

static void fixed_foreign(void)
{
	unsigned int vector;

	for (vector = FIRST_VECTOR; vector < VECTORS; vector++)
		send_to_others(vector);
	sent();
}

static void lowest_priority_foreign(void)
{
	unsigned int vector;

	for (vector = FIRST_VECTOR; vector < VECTORS; vector++)
		send_to_others(ICR_LOWEST_PRIORITY | vector);
	sent();
}

#define FOREIGN(name, command)           \
	static void name(void)           \
	{                                \
		send_to_others(command); \
		sent();                  \
	}

FOREIGN(nmi_foreign, ICR_NMI)
FOREIGN(init_foreign, ICR_INIT)
FOREIGN(sipi_foreign, ICR_STARTUP)
FOREIGN(smi_foreign, ICR_SMI)
FOREIGN(reserved_foreign, RESERVED_MODE | 0x40)
FOREIGN(extint_foreign, EXTINT_MODE)

/* INIT and start at the hypervisor's page of the first MiB, as far as there is one: vectors count in pages. */
static void takeover_foreign(void)
{
	send_to_others(ICR_INIT);
	delay_us(10000);
	send_to_others(ICR_STARTUP | 0x00);
	delay_us(1000);
	send_to_others(ICR_STARTUP | 0x00);
	sent();
}

static void send_shorthands(u64 command)
{
	send(ICR_ALL_BUT_SELF | command);
	send(ICR_TO(ALL_CPUS) | ICR_ALL_BUT_SELF | command);
}

static void fixed_all(void)
{
	unsigned int vector;

	count_interrupts();
	for (vector = 32; vector < 255; vector++) {
		send_shorthands(vector);
		send(ICR_ALL | vector);
		send(ICR_TO(ALL_CPUS) | vector);
	}
	serve_seconds(1);
	survived(interrupts_counted());
}

#define TO_ALL(name, command)             \
	static void name(void)            \
	{                                 \
		send_shorthands(command); \
		sent();                   \
	}

TO_ALL(nmi_all, ICR_NMI)
TO_ALL(init_all, ICR_INIT)
TO_ALL(sipi_all, ICR_STARTUP)
TO_ALL(smi_all, ICR_SMI)

static void logical_all(void)
{
	unsigned int vector;

	count_interrupts();
	for (vector = 32; vector < 255; vector++)
		send(ICR_TO(ALL_CPUS) | ICR_LOGICAL | vector);
	send(ICR_TO(ALL_CPUS) | ICR_LOGICAL | ICR_NMI);
	send(ICR_TO(ALL_CPUS) | ICR_LOGICAL | ICR_INIT);
	serve_seconds(1);
	survived(interrupts_counted());
}

/* Vectors that are exceptions, with which the APIC only reports an error; to itself. */
static void bad_vectors(void)
{
	unsigned int vector;

	count_interrupts();
	for (vector = 0; vector < FIRST_VECTOR; vector++)
		send(ICR_TO(cpu_id()) | vector);
	serve_seconds(1);
	check("interrupts", interrupts_counted(), 0);
	survived(0);
}

/* Interrupts with the vectors of exceptions, which wait here for whoever uses this CPU next. */
static void exception_vectors(void)
{
	unsigned int vector;

	asm volatile("cli" : : : "memory");
	for (vector = FIRST_VECTOR; vector < 32; vector++)
		send(ICR_TO(cpu_id()) | vector);
	survived(0);
}

/* All modes with all other bits to itself, except those that would start it anew. */
static void reserved_bits(void)
{
	unsigned int bit;

	count_interrupts();
	for (bit = 8; bit < 32; bit++)
		if (bit < 8 || bit > 10)
			send(ICR_TO(cpu_id()) | 1ULL << bit | STORM_VECTOR);
	send(ICR_TO(cpu_id()) | LEVEL_TRIGGER | STORM_VECTOR);
	serve_seconds(1);
	survived(interrupts_counted());
}

/* This CPU waits for a start that nobody sends. */
static void init_self(void)
{
	send(ICR_TO(cpu_id()) | ICR_INIT);
	serve_seconds(1);
	survived(0);
}

static void nmi_self(void)
{
	send(ICR_TO(cpu_id()) | ICR_NMI);
	serve_seconds(1);
	check("NMIs", nmis_taken(), 1);
	survived(nmis_taken());
}

/* All registers, the values read and all ones; what cannot be accessed faults. */
static void sweep(void)
{
	u64 value;
	u32 msr;

	irq_init(NULL);
	disable_irqs();
	for (msr = FIRST_MSR; msr <= LAST_MSR; msr++) {
		if (msr == X2APIC_ICR || msr == X2APIC_SELF)
			continue;
		if (attempt_read_msr(msr, &value))
			attempt_write_msr(msr, value);
		attempt_write_msr(msr, 0xffffffff);
		attempt_write_msr(msr, 0);
	}
	survived(0);
}

/* Local interrupts as SMI, NMI or INIT. */
static void local_modes(void)
{
	u32 msr;

	irq_init(NULL);
	for (msr = LVT_FIRST; msr <= LVT_LAST; msr++) {
		attempt_write_msr(msr, LVT_SMI);
		attempt_write_msr(msr, LVT_NMI);
		attempt_write_msr(msr, LVT_INIT);
		attempt_write_msr(msr, EXTINT_MODE);
		attempt_write_msr(msr, LVT_MASKED);
	}
	survived(nmis_taken());
}

static u64 storm_end_ns;
static volatile unsigned int storm_count;

/** Storms leave no time for the program: they have to look at the clock themselves. */
static bool storm_goes_on(void)
{
	storm_count++;
	return tsc_read_ns() < storm_end_ns;
}

static void prepare_storm(irq_handler_t handler)
{
	storm_end_ns = tsc_read_ns() + cmdline_parse_int("seconds", 5) * NS_PER_S;
	irq_enable(STORM_VECTOR);
	irq_init(handler);
}

static void send_again(unsigned int irq)
{
	if (storm_goes_on())
		irq_send_ipi(cpu_id(), STORM_VECTOR);
}

/* An interrupt that is sent again as soon as it was taken; seconds=. */
static void ipi_storm(void)
{
	prepare_storm(send_again);
	irq_send_ipi(cpu_id(), STORM_VECTOR);
	serve_seconds(1);
	survived(storm_count);
}

static void set_timer_again(unsigned int irq)
{
	if (storm_goes_on())
		apic_timer_set(1);
}

static void timer_storm(void)
{
	prepare_storm(set_timer_again);
	apic_timer_init(STORM_VECTOR);
	apic_timer_set(1);
	serve_seconds(1);
	survived(storm_count);
}

/* Sends to foreign CPUs as fast as it can. */
static void foreign_storm(void)
{
	unsigned int ms, n;

	for (ms = 0; ms < cmdline_parse_int("seconds", 5) * 10; ms++) {
		for (n = 0; n < 10000; n++)
			write_msr(X2APIC_ICR, ICR_TO(0) | ICR_ASSERT | ICR_NMI);
		serve_seconds(0);
	}
	survived(0);
}

static void never_ends(unsigned int irq)
{
	while (1)
		cpu_relax();
}

static void irq_never_ends(void)
{
	irq_enable(STORM_VECTOR);
	irq_init(never_ends);
	irq_send_ipi(cpu_id(), STORM_VECTOR);
	delay_us(1000000);
	survived(0);
}

const struct attack apic_attacks[] = {
	{ "ipi-fixed-foreign", fixed_foreign },
	{ "ipi-lowest-foreign", lowest_priority_foreign },
	{ "ipi-nmi-foreign", nmi_foreign },
	{ "ipi-init-foreign", init_foreign },
	{ "ipi-sipi-foreign", sipi_foreign },
	{ "ipi-smi-foreign", smi_foreign },
	{ "ipi-reserved-foreign", reserved_foreign },
	{ "ipi-extint-foreign", extint_foreign },
	{ "ipi-takeover-foreign", takeover_foreign },
	{ "ipi-fixed-all", fixed_all },
	{ "ipi-nmi-all", nmi_all },
	{ "ipi-init-all", init_all },
	{ "ipi-sipi-all", sipi_all },
	{ "ipi-smi-all", smi_all },
	{ "ipi-logical-all", logical_all },
	{ "ipi-bad-vectors", bad_vectors },
	{ "ipi-exception-vectors", exception_vectors },
	{ "ipi-reserved-bits", reserved_bits },
	{ "ipi-init-self", init_self },
	{ "ipi-nmi-self", nmi_self },
	{ "ipi-foreign-storm", foreign_storm },
	{ "ipi-storm", ipi_storm },
	{ "timer-storm", timer_storm },
	{ "apic-sweep", sweep },
	{ "apic-local-modes", local_modes },
	{ "irq-never-ends", irq_never_ends },
	{ NULL, NULL },
};
