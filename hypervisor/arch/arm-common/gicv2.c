// SPDX-License-Identifier: GPL-2.0-only
/* GICv2: memory-mapped CPU interface and virtual interface control (IHI 0048). */
#include <arch.h>
#include <errno.h>
#include <gic.h>
#include <mmio.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>

#define GICC_SIZE    0x2000
#define GICC_CTLR    0x0000
#define CTLR_ENABLE  BIT(0)
#define CTLR_EOIMODE BIT(9)
#define GICC_PMR     0x0004
#define GICC_BPR     0x0008
#define GICC_IAR     0x000c
#define GICC_EOIR    0x0010
#define GICC_DIR     0x1000

#define GICH_SIZE   0x1000
#define GICH_HCR    0x000
#define HCR_EN      BIT(0)
#define HCR_UIE     BIT(1)
#define GICH_VTR    0x004
#define VTR_LRS     MASK64(5, 0)
#define GICH_VMCR   0x008
#define VMCR_GRP0   BIT(0)
#define VMCR_EOIM   BIT(9)
#define VMCR_BP     MASK64(23, 21)
#define VMCR_PMR    MASK64(31, 27)
#define GICH_EISR   0x020
#define GICH_ELRSR  0x030
#define GICH_APR    0x0f0
#define GICH_LR     0x100
#define LR_HW       BIT(31)
#define LR_ACTIVE   BIT(29)
#define LR_PENDING  BIT(28)
#define LR_PRIORITY MASK64(27, 23)
#define LR_EOI      BIT(19) /* without LR_HW */
#define LR_PINTID   MASK64(19, 10)
#define LR_SOURCE   MASK64(12, 10)
#define LR_VINTID   MASK64(9, 0)

/* The virtual interface keeps five bits of a priority. */
#define PRIORITY_SHIFT 3

#define GICD_ISENABLER  0x100
#define GICD_ICENABLER  0x180
#define GICD_ISPENDR    0x200
#define GICD_ICPENDR    0x280
#define GICD_ICACTIVER  0x380
#define GICD_IPRIORITYR 0x400
#define GICD_ITARGETSR  0x800
#define GICD_SGIR       0xf00
#define SGIR_TARGETS    MASK64(23, 16)
#define GICD_CPENDSGIR  0xf10
#define GICD_SPENDSGIR  0xf20

static void *gicc, *gich;

static int gicv2_init(void)
{
	u64 vtr;

	gicc = map_device(system_config->platform_info.arm.gicc_base, GICC_SIZE);
	gich = map_device(system_config->platform_info.arm.gich_base, GICH_SIZE);
	if (!gicc || !gich)
		return refuse(-ENOMEM, "the GIC CPU interfaces cannot be mapped");
	if (!gic_probe(gich + GICH_VTR, 4, &vtr))
		return gic_missing("GICH", system_config->platform_info.arm.gich_base);
	gic_num_lrs = MIN(FIELD(VTR_LRS, vtr) + 1, 32);
	return 0;
}

/** The guest's CPU interface is the virtual one, at the place of the physical. */
static int gicv2_cell_init(struct cell *cell)
{
	int err = mmio_add(&cell->mmio, system_config->platform_info.arm.gicd_base, PAGE_SIZE,
			   gicd_handle, NULL);

	return err ? err :
		     pt_map(&cell->memory, system_config->platform_info.arm.gicc_base,
			    system_config->platform_info.arm.gicv_base, GICC_SIZE,
			    arch_cell_attributes(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
						 JAILHOUSE_MEM_IO));
}

static void enable_own_irqs(void)
{
	mmio_write8(gicd + GICD_IPRIORITYR + GIC_SGI_EVENT, 0);
	mmio_write8(gicd + GICD_IPRIORITYR + gic_maintenance_irq, 0);
	mmio_write32(gicd + GICD_ISENABLER, BIT(GIC_SGI_EVENT) | BIT(gic_maintenance_irq));
}

/** Number of the calling CPU's interface, which the banked target registers of the SGIs tell. */
static u8 own_interface(void)
{
	u32 targets = mmio_read32(gicd + GICD_ITARGETSR) & 0xff;

	return targets ? __builtin_ctz(targets) : 0;
}

/** SGIs of Linux that were on their way and have the number of our event. */
static void take_over_event_sgi(struct cpu_public *self)
{
	u8 sources = mmio_read8(gicd + GICD_SPENDSGIR + GIC_SGI_EVENT);

	mmio_write8(gicd + GICD_CPENDSGIR + GIC_SGI_EVENT, sources);
	if (!sources)
		return;
	__atomic_fetch_or(&self->arch.gic.sgi_sources[GIC_SGI_EVENT], sources, __ATOMIC_RELAXED);
	__atomic_fetch_or(&self->arch.gic.pending_sgis, BIT(GIC_SGI_EVENT), __ATOMIC_RELAXED);
	gic_send_event(self);
}

static void gicv2_activate(void)
{
	struct cpu_public *self = this_public();
	u32 ctlr = mmio_read32(gicc + GICC_CTLR), vmcr;

	self->arch.gic.interface = own_interface();
	vmcr = FIELD_PREP(VMCR_PMR, mmio_read32(gicc + GICC_PMR) >> PRIORITY_SHIFT) |
	       FIELD_PREP(VMCR_BP, mmio_read32(gicc + GICC_BPR));
	vmcr |= ctlr & CTLR_ENABLE ? VMCR_GRP0 : 0;
	vmcr |= ctlr & CTLR_EOIMODE ? VMCR_EOIM : 0;
	mmio_write32(gich + GICH_VMCR, vmcr);
	for (u32 n = 0; n < gic_num_lrs; n++)
		gicv2_ops.clear_lr(n);
	mmio_write32(gich + GICH_HCR, HCR_EN);
	take_over_event_sgi(self);
	mmio_write32(gicc + GICC_PMR, 0xff);
	mmio_write32(gicc + GICC_CTLR, ctlr | CTLR_ENABLE | CTLR_EOIMODE);
	enable_own_irqs();
}

static void gicv2_release(void)
{
	u32 vmcr = mmio_read32(gich + GICH_VMCR);
	u32 ctlr = mmio_read32(gicc + GICC_CTLR) & ~(CTLR_ENABLE | CTLR_EOIMODE);

	mmio_write32(gich + GICH_HCR, 0);
	mmio_write32(gicd + GICD_ICENABLER, BIT(gic_maintenance_irq));
	for (u32 sgi = 0; sgi < GIC_FIRST_PPI; sgi++)
		mmio_write8(gicd + GICD_IPRIORITYR + sgi,
			    this_public()->arch.gic.sgi_priority[sgi]);
	mmio_write32(gicc + GICC_PMR, FIELD(VMCR_PMR, vmcr) << PRIORITY_SHIFT);
	mmio_write32(gicc + GICC_BPR, FIELD(VMCR_BP, vmcr));
	ctlr |= vmcr & VMCR_GRP0 ? CTLR_ENABLE : 0;
	ctlr |= vmcr & VMCR_EOIM ? CTLR_EOIMODE : 0;
	mmio_write32(gicc + GICC_CTLR, ctlr);
}

static u32 gicv2_acknowledge(void)
{
	u32 iar = mmio_read32(gicc + GICC_IAR);

	/* What the sender of an event wrote before it is read after it. */
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	return iar;
}

static void gicv2_drop(u32 iar)
{
	mmio_write32(gicc + GICC_EOIR, iar);
}

static void gicv2_deactivate(u32 iar)
{
	mmio_write32(gicc + GICC_DIR, iar);
}

static void gicv2_send_event(const struct cpu_public *target)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	arch_device_barrier();
	mmio_write32(gicd + GICD_SGIR,
		     FIELD_PREP(SGIR_TARGETS, BIT(target->arch.gic.interface)) | GIC_SGI_EVENT);
}

static u8 gicv2_priority(u32 intid)
{
	return mmio_read8(gicd + GICD_IPRIORITYR + intid);
}

static void gicv2_set_pending(u32 intid, u32 source)
{
	if (intid < GIC_FIRST_PPI)
		mmio_write8(gicd + GICD_SPENDSGIR + intid, BIT(source));
	else
		mmio_write32(gicd + GICD_ISPENDR + intid / 32 * 4, BIT(intid % 32));
}

static void gicv2_reset_ppis(u32 mask)
{
	mmio_write32(gicd + GICD_ICENABLER, mask);
	mmio_write32(gicd + GICD_ICPENDR, mask);
	mmio_write32(gicd + GICD_ICACTIVER, mask);
	enable_own_irqs();
}

static void gicv2_reset_spis(u32 word, u32 mask, const struct cpu_public *target)
{
	mmio_write32(gicd + GICD_ICENABLER + 4 * word, mask);
	mmio_write32(gicd + GICD_ICPENDR + 4 * word, mask);
	mmio_write32(gicd + GICD_ICACTIVER + 4 * word, mask);
	/* A cell may be changing what it owns of the same word. */
	spin_lock(&gicd_lock);
	for (u32 pins = mask; pins; pins &= pins - 1)
		mmio_write8(gicd + GICD_ITARGETSR + 32 * word + __builtin_ctz(pins),
			    BIT(target->arch.gic.interface));
	spin_unlock(&gicd_lock);
}

static u32 gicv2_empty_lrs(void)
{
	return mmio_read32(gich + GICH_ELRSR);
}

static void gicv2_write_lr(u32 n, const struct virq *virq, bool again)
{
	u32 lr = LR_PENDING | FIELD_PREP(LR_PRIORITY, (u32)virq->priority >> PRIORITY_SHIFT) |
		 virq->intid;

	if (virq->hardware)
		lr |= LR_HW | FIELD_PREP(LR_PINTID, (u32)virq->intid);
	else
		lr |= FIELD_PREP(LR_SOURCE, (u32)virq->source);
	if (again)
		lr |= LR_ACTIVE | (mmio_read32(gich + GICH_LR + 4 * n) & LR_EOI);
	mmio_write32(gich + GICH_LR + 4 * n, lr);
}

static bool gicv2_read_lr(u32 n, struct virq *virq, bool *active)
{
	u32 lr = mmio_read32(gich + GICH_LR + 4 * n);

	*virq = (struct virq){ .intid = FIELD(LR_VINTID, lr),
			       .priority = FIELD(LR_PRIORITY, lr) << PRIORITY_SHIFT,
			       .hardware = lr & LR_HW };
	if (!virq->hardware)
		virq->source = FIELD(LR_SOURCE, lr);
	*active = lr & LR_ACTIVE;
	return lr & (LR_PENDING | LR_ACTIVE);
}

static void gicv2_clear_lr(u32 n)
{
	mmio_write32(gich + GICH_LR + 4 * n, 0);
}

static void gicv2_tell_end(u32 n)
{
	mmio_write32(gich + GICH_LR + 4 * n, mmio_read32(gich + GICH_LR + 4 * n) | LR_EOI);
}

static void gicv2_clear_ended(void)
{
	for (u32 ended = mmio_read32(gich + GICH_EISR); ended; ended &= ended - 1)
		gicv2_clear_lr(__builtin_ctz(ended));
}

static void gicv2_set_underflow(bool on)
{
	mmio_write32(gich + GICH_HCR, HCR_EN | (on ? HCR_UIE : 0));
}

static void gicv2_reset_interface(void)
{
	mmio_write32(gich + GICH_APR, 0);
	mmio_write32(gich + GICH_VMCR, 0);
	mmio_write32(gich + GICH_HCR, HCR_EN);
}

const struct gic_ops gicv2_ops = {
	.gicd_size = PAGE_SIZE,
	.init = gicv2_init,
	.cell_init = gicv2_cell_init,
	.activate = gicv2_activate,
	.release = gicv2_release,
	.acknowledge = gicv2_acknowledge,
	.drop = gicv2_drop,
	.deactivate = gicv2_deactivate,
	.send_event = gicv2_send_event,
	.priority = gicv2_priority,
	.set_pending = gicv2_set_pending,
	.reset_ppis = gicv2_reset_ppis,
	.reset_spis = gicv2_reset_spis,
	.empty_lrs = gicv2_empty_lrs,
	.write_lr = gicv2_write_lr,
	.read_lr = gicv2_read_lr,
	.clear_lr = gicv2_clear_lr,
	.tell_end = gicv2_tell_end,
	.clear_ended = gicv2_clear_ended,
	.set_underflow = gicv2_set_underflow,
	.reset_interface = gicv2_reset_interface,
};
