// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* GICv3 and GICv4. */
#include <arch/gic.h>
#include <asm/gic-v3-regs.h>

#define GICD_SIZE       0x10000
#define GICR_FRAME_SIZE 0x10000
#define GICR_SIZE       (2 * GICR_FRAME_SIZE) /* twice that with GICR_TYPER_VLPIS */

#define GICD_CTLR_GRP1    (1 << 1) /* also EnableGrp1A */
#define GICD_CTLR_ARE     (1 << 4)
#define GICD_IROUTER(irq) (0x6000 + 8 * (irq))

#define GICR_TYPER             0x08
#define GICR_TYPER_VLPIS       (1 << 1)
#define GICR_TYPER_LAST        (1 << 4)
#define GICR_TYPER_AFFINITY(t) ((u32)((t) >> 32))
#define GICR_WAKER             0x14
#define WAKER_PROCESSOR_SLEEP  (1 << 1)
#define WAKER_CHILDREN_ASLEEP  (1 << 2)

static u8 *gicd;

/* MPIDR affinity as GICR_TYPER has it, without the gap before level 3. */
static u32 packed_affinity(unsigned long affinity)
{
	return (affinity & 0xffffff) | ((u64)affinity >> 32 << 24);
}

/* Walks the row of redistributors; each one tells whose it is, and whether it is the last. */
void *gicv3_redistributor(void)
{
	u32 mine = packed_affinity(cpu_affinity());
	u8 *gicr = (u8 *)(unsigned long)comm_region->gicr_base;
	u64 typer;

	if (!gicd)
		return NULL;
	do {
		map_range(gicr, GICR_SIZE, MAP_UNCACHED);
		typer = mmio_read64(gicr + GICR_TYPER);
		if (GICR_TYPER_AFFINITY(typer) == mine)
			return gicr;
		gicr += typer & GICR_TYPER_VLPIS ? 2 * GICR_SIZE : GICR_SIZE;
	} while (!(typer & GICR_TYPER_LAST));
	printk("GIC: no redistributor for this CPU\n");
	stop();
}

static void gicv3_init(void)
{
	gicd = (u8 *)(unsigned long)comm_region->gicd_base;
	map_range(gicd, GICD_SIZE, MAP_UNCACHED);
	/* Without a hypervisor it is off; with one, the write has no effect. */
	mmio_write32(gicd + GICD_CTLR, GICD_CTLR_ARE | GICD_CTLR_GRP1);
}

static void gicv3_init_cpu(void)
{
	u8 *gicr = gicv3_redistributor();

	mmio_write32(gicr + GICR_WAKER, mmio_read32(gicr + GICR_WAKER) & ~WAKER_PROCESSOR_SLEEP);
	while (mmio_read32(gicr + GICR_WAKER) & WAKER_CHILDREN_ASLEEP)
		cpu_relax();
	gicv3_cpu_interface_init(GIC_PRIORITY_MASK);
}

static void gicv3_enable(unsigned int irq)
{
	u8 *bank = gicd;

	if (irq < GIC_FIRST_SPI)
		bank = (u8 *)gicv3_redistributor() + GICR_FRAME_SIZE;
	else
		mmio_write64(gicd + GICD_IROUTER(irq), cpu_affinity());

	mmio_write32(bank + GICD_IGROUPR(irq),
		     mmio_read32(bank + GICD_IGROUPR(irq)) | GIC_BIT(irq));
	mmio_write8(bank + GICD_IPRIORITYR(irq), GIC_PRIORITY);
	mmio_write32(bank + GICD_ISENABLER(irq), GIC_BIT(irq));
}

/* To a CPU in the sender's own cluster. */
static void gicv3_send_ipi(unsigned int cpu_id, unsigned int irq)
{
	u64 cluster = cpu_affinity() & ~0xffUL;
	u64 target = 1U << (cpu_id % 16);

	memory_barrier();
	gicv3_send_sgi((cluster >> 32) << 48 | ((cluster >> 16) & 0xff) << 32 |
		       ((cluster >> 8) & 0xff) << 16 | (u64)(cpu_id / 16) << 44 | (u64)irq << 24 |
		       target);
}

const struct gic gic_v3 = {
	.init = gicv3_init,
	.init_cpu = gicv3_init_cpu,
	.enable = gicv3_enable,
	.send_ipi = gicv3_send_ipi,
	.acknowledge = gicv3_read_iar,
	.end = gicv3_write_eoir,
};
