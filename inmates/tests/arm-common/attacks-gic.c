// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts of others. All writes are to be ignored, and what belongs to others is to read as zero.
 * Options: irq= (a foreign SPI; default: the root cell's UART on qemu-arm64 and qemu-arm; gicd-own: one of the cell's), cpu=
 * (foreign CPU).
 */
#include "attack_lists.h"
#include "attack_arch.h"
#include <arch/gic.h>
#include <asm/gic-v3-regs.h>

#define FOREIGN_SPI       33
#define OWN_SPI           34
#define GICD_ISACTIVER(n) (0x0300 + (n) / 32 * 4)
#define GICD_ICACTIVER(n) (0x0380 + (n) / 32 * 4)
#define GICD_ICPENDR(n)   (0x0280 + (n) / 32 * 4)
#define GICD_IROUTER(n)   (0x6000 + 8 * (n))
#define GICD_IDREGS       0xffd0
#define GICD_V2_IDREGS    0x0fd0

#define GICR_FRAMES_SIZE 0x20000
#define GICR_SGI_FRAME   0x10000
#define GICR_CTLR        0x0000
#define GICR_CTLR_LPIS   1
#define GICR_WAKER       0x0014
#define GICR_PROPBASER   0x0070
#define GICR_PENDBASER   0x0078

#define SGIR_ALL_OTHERS  (1U << 24)
#define SGIR_TARGETS_ALL (0xffU << 16)
#define SGI1R_ALL_OTHERS (1ULL << 40)

static volatile unsigned int fired; /* interrupts handled */
static volatile u32 fired_ids; /* bit n: ID n was handled */

static bool is_v3(void)
{
	return comm_region->gic_version >= 3;
}

static u8 *map_gicd(void)
{
	void *gicd = (void *)(unsigned long)comm_region->gicd_base;

	map_range(gicd, is_v3() ? 0x10000 : 0x1000, MAP_UNCACHED);
	return gicd;
}

/* The bit of one interrupt in a register with a bit for each. */
static u32 read_bit(u8 *bank, unsigned int reg, unsigned int irq)
{
	return mmio_read32(bank + reg) >> irq % 32 & 1;
}

static void gicd_foreign(void)
{
	unsigned int irq = cmdline_parse_int("irq", FOREIGN_SPI);
	u8 *gicd = map_gicd();

	mmio_write32(gicd + GICD_ISENABLER(irq), GIC_BIT(irq));
	check("enabled", read_bit(gicd, GICD_ISENABLER(irq), irq), 0);
	mmio_write32(gicd + GICD_ICENABLER(irq), GIC_BIT(irq));
	mmio_write32(gicd + GICD_ISPENDR(irq), GIC_BIT(irq));
	check("pending", read_bit(gicd, GICD_ISPENDR(irq), irq), 0);
	mmio_write32(gicd + GICD_ICPENDR(irq), GIC_BIT(irq));
	mmio_write32(gicd + GICD_ISACTIVER(irq), GIC_BIT(irq));
	check("active", read_bit(gicd, GICD_ISACTIVER(irq), irq), 0);
	mmio_write32(gicd + GICD_ICACTIVER(irq), GIC_BIT(irq));
	mmio_write8(gicd + GICD_IPRIORITYR(irq), 0xf0);
	check("priority", mmio_read8(gicd + GICD_IPRIORITYR(irq)), 0);
	mmio_write32(gicd + GICD_ICFGR(irq), ~0U);
	check("trigger", mmio_read32(gicd + GICD_ICFGR(irq)) >> irq % 16 * 2 & 3, 0);
	if (is_v3()) {
		mmio_write64(gicd + GICD_IROUTER(irq), cpu_affinity());
		check("route", mmio_read64(gicd + GICD_IROUTER(irq)), 0);
	} else {
		mmio_write8(gicd + GICD_ITARGETSR(irq), 0xff);
		check("targets", mmio_read8(gicd + GICD_ITARGETSR(irq)), 0);
	}
	survived(irq);
}

/* What a cell may: its own interrupt the least important of all, and triggered in the other way. */
static void gicd_own(void)
{
	unsigned int irq = cmdline_parse_int("irq", OWN_SPI);
	u8 *gicd = map_gicd(), *priority = gicd + GICD_IPRIORITYR(irq);
	u32 triggers = mmio_read32(gicd + GICD_ICFGR(irq));

	printk("found priority 0x%x triggers 0x%x\n", mmio_read8(priority), triggers);
	mmio_write8(priority, 0xff);
	mmio_write32(gicd + GICD_ICFGR(irq), triggers ^ 2U << irq % 16 * 2);
	printk("left priority 0x%x triggers 0x%x\n", mmio_read8(priority),
	       mmio_read32(gicd + GICD_ICFGR(irq)));
	survived(irq);
}

/* Everything off, everything on, in every register up to the identification registers. */
static void gicd_sweep(void)
{
	unsigned int end = is_v3() ? GICD_IDREGS : GICD_V2_IDREGS, reg;
	u8 *gicd = map_gicd();

	for (reg = 0; reg < end; reg += 4)
		mmio_write32(gicd + reg, 0);
	for (reg = 0; reg < end; reg += 4)
		mmio_write32(gicd + reg, ~0U);
	survived(end);
}

/* The redistributor of CPU cpu=, counted in the row of redistributors. */
static void gicr_foreign(void)
{
	unsigned int cpu = cmdline_parse_int("cpu", 0);
	u8 *gicr = (u8 *)(unsigned long)comm_region->gicr_base + cpu * GICR_FRAMES_SIZE;
	u8 *sgi_frame = gicr + GICR_SGI_FRAME;

	if (!is_v3()) {
		printk("GICv2 has none\n");
		return;
	}
	map_range(gicr, GICR_FRAMES_SIZE, MAP_UNCACHED);
	printk("TYPER 0x%llx\n", mmio_read64(gicr + 8));
	mmio_write32(sgi_frame + GICD_ICENABLER(0), ~0U);
	mmio_write32(sgi_frame + GICD_ISENABLER(0), ~0U);
	check("enabled", mmio_read32(sgi_frame + GICD_ISENABLER(0)), 0);
	mmio_write32(sgi_frame + GICD_ISPENDR(0), ~0U);
	check("pending", mmio_read32(sgi_frame + GICD_ISPENDR(0)), 0);
	mmio_write32(sgi_frame + GICD_IPRIORITYR(TIMER_IRQ & ~3), ~0U);
	check("priority", mmio_read32(sgi_frame + GICD_IPRIORITYR(TIMER_IRQ & ~3)), 0);
	mmio_write32(gicr + GICR_WAKER, 2);
	check("sleeping", mmio_read32(gicr + GICR_WAKER) & 2, 0);
	survived(cpu);
}

/* A redistributor's LPI tables are memory that the GIC writes to: not for a cell to place. */
static void gicr_tables(void)
{
	u8 *gicr;

	if (!is_v3()) {
		printk("GICv2 has none\n");
		return;
	}
	map_gicd();
	irq_init(NULL);
	disable_irqs();
	gicr = gicv3_redistributor();
	mmio_write64(gicr + GICR_PROPBASER, 0x7fc0000f);
	check("PROPBASER", mmio_read64(gicr + GICR_PROPBASER), 0);
	mmio_write64(gicr + GICR_PENDBASER, 0x7fc00000);
	check("PENDBASER", mmio_read64(gicr + GICR_PENDBASER), 0);
	mmio_write32(gicr + GICR_CTLR, GICR_CTLR_LPIS);
	check("CTLR", mmio_read32(gicr + GICR_CTLR) & GICR_CTLR_LPIS, 0);
	survived(0);
}

static void sgi_foreign_v3(void)
{
	unsigned int sgi;
	u64 cluster;

	gicv3_cpu_interface_init(0xf0);
	for (sgi = 0; sgi < 16; sgi++) {
		gicv3_send_sgi(SGI1R_ALL_OTHERS | (u64)sgi << 24);
		for (cluster = 0; cluster < 4; cluster++)
			gicv3_send_sgi(cluster << 16 | (u64)sgi << 24 | 0xffff);
	}
	send_sgi_other_groups(SGI1R_ALL_OTHERS);
}

static void sgi_foreign_v2(void)
{
	u8 *gicd = map_gicd();
	unsigned int sgi;

	for (sgi = 0; sgi < 16; sgi++) {
		mmio_write32(gicd + GICD_SGIR, SGIR_ALL_OTHERS | sgi);
		mmio_write32(gicd + GICD_SGIR, SGIR_TARGETS_ALL | sgi);
	}
}

static void sgi_foreign(void)
{
	if (is_v3())
		sgi_foreign_v3();
	else
		sgi_foreign_v2();
	survived(exceptions_taken());
}

static void count_irq(unsigned int irq)
{
	fired++;
	if (irq < 32)
		fired_ids |= 1U << irq;
	if (irq == TIMER_IRQ)
		timer_stop();
}

/*
 * A storm leaves no time to the program below it, so it ends in the handler: after seconds=
 * (default 5).
 */
static u64 storm_end;

static bool storm_goes_on(void)
{
	fired++;
	return (s64)(storm_end - timer_get_ticks()) > 0;
}

static void prepare_storm(void)
{
	storm_end = timer_get_ticks() + cmdline_parse_int("seconds", 5) * timer_get_frequency();
}

static void timer_again(unsigned int irq)
{
	timer_stop();
	if (storm_goes_on())
		timer_start(0);
}

static void timer_storm(void)
{
	prepare_storm();
	irq_init(timer_again);
	irq_enable(TIMER_IRQ);
	timer_start(0);
	serve_seconds(cmdline_parse_int("seconds", 5));
	disable_irqs();
	survived(fired);
}

static void sgi_again(unsigned int irq)
{
	if (storm_goes_on())
		irq_send_ipi(cpu_affinity() & 0xff, irq);
}

static void sgi_storm(void)
{
	prepare_storm();
	irq_init(sgi_again);
	irq_enable(0);
	irq_send_ipi(cpu_affinity() & 0xff, 0);
	serve_seconds(cmdline_parse_int("seconds", 5));
	disable_irqs();
	survived(fired);
}

/* More interrupts pending at once than there are list registers; none may get lost. */
static void sgi_many(void)
{
	unsigned int sgi;

	irq_init(count_irq);
	disable_irqs();
	for (sgi = 0; sgi < 16; sgi++)
		irq_enable(sgi);
	irq_enable(TIMER_IRQ);
	for (sgi = 0; sgi < 16; sgi++)
		irq_send_ipi(cpu_affinity() & 0xff, sgi);
	timer_start(0);
	delay_us(100000);
	enable_irqs();
	serve_seconds(1);
	check("delivered", fired_ids, 0xffff | 1U << TIMER_IRQ);
	survived(fired);
}

static void never_end_irq(unsigned int irq)
{
	fired++;
	disable_irqs();
	printk("never returning from interrupt %u\n", irq);
	while (1)
		cpu_relax();
}

static void irq_never_ends(void)
{
	irq_init(never_end_irq);
	irq_enable(TIMER_IRQ);
	timer_start(0);
	halt();
}

const struct attack gic_attacks[] = {
	{ "gicd-foreign", gicd_foreign },
	{ "gicd-sweep", gicd_sweep },
	{ "gicr-foreign", gicr_foreign },
	{ "gicr-tables", gicr_tables },
	{ "sgi-foreign", sgi_foreign },
	{ "timer-storm", timer_storm },
	{ "sgi-storm", sgi_storm },
	{ "sgi-many", sgi_many },
	{ "irq-never-ends", irq_never_ends },
	{ "gicd-own", gicd_own },
	{ NULL, NULL },
};
