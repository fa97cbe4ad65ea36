// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* GICv2. */
#include <arch/gic.h>

#define GICD_SIZE 0x1000
#define GICC_SIZE 0x2000

#define GICC_CTLR        0x00
#define GICC_CTLR_ENABLE 1
#define GICC_PMR         0x04
#define GICC_IAR         0x0c
#define GICC_EOIR        0x10

#define GICD_CTLR_ENABLE    1
#define SGIR_TARGET(cpu_id) (1U << (16 + (cpu_id)))

static u8 *gicd, *gicc;

static void gicv2_init(void)
{
	gicd = (u8 *)(unsigned long)comm_region->gicd_base;
	gicc = (u8 *)(unsigned long)comm_region->gicc_base;
	map_range(gicd, GICD_SIZE, MAP_UNCACHED);
	map_range(gicc, GICC_SIZE, MAP_UNCACHED);
	/* Without a hypervisor it is off; with one, the write has no effect. */
	mmio_write32(gicd + GICD_CTLR, GICD_CTLR_ENABLE);
}

static void gicv2_init_cpu(void)
{
	mmio_write32(gicc + GICC_PMR, GIC_PRIORITY_MASK);
	mmio_write32(gicc + GICC_CTLR, GICC_CTLR_ENABLE);
}

static void gicv2_enable(unsigned int irq)
{
	/* The targets of interrupt 0 read as the mask of this CPU. */
	u8 this_cpu = mmio_read8(gicd + GICD_ITARGETSR(0));

	mmio_write8(gicd + GICD_IPRIORITYR(irq), GIC_PRIORITY);
	if (irq >= GIC_FIRST_SPI)
		mmio_write8(gicd + GICD_ITARGETSR(irq), this_cpu);
	mmio_write32(gicd + GICD_ISENABLER(irq), GIC_BIT(irq));
}

static void gicv2_send_ipi(unsigned int cpu_id, unsigned int irq)
{
	memory_barrier();
	mmio_write32(gicd + GICD_SGIR, SGIR_TARGET(cpu_id) | irq);
}

static unsigned int gicv2_acknowledge(void)
{
	return mmio_read32(gicc + GICC_IAR);
}

static void gicv2_end(unsigned int acknowledged)
{
	mmio_write32(gicc + GICC_EOIR, acknowledged);
}

const struct gic gic_v2 = {
	.init = gicv2_init,
	.init_cpu = gicv2_init_cpu,
	.enable = gicv2_enable,
	.send_ipi = gicv2_send_ipi,
	.acknowledge = gicv2_acknowledge,
	.end = gicv2_end,
};
