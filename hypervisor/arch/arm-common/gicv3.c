// SPDX-License-Identifier: GPL-2.0-only
/* GICv3: system registers, redistributors (IHI 0069). */
#include <arch.h>
#include <errno.h>
#include <gic.h>
#include <gicv3_lr.h>
#include <mmio.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>

/* ICH_LR<n>_EL2 */
#define LR_PENDING  BIT64(62)
#define LR_ACTIVE   BIT64(63)
#define LR_HW       BIT64(61)
#define LR_GROUP1   BIT64(60)
#define LR_PRIORITY MASK64(55, 48)
#define LR_PINTID   MASK64(44, 32)
#define LR_VINTID   MASK64(31, 0)

/* ICH_HCR_EL2, ICH_VTR_EL2, ICH_VMCR_EL2 */
#define HCR_EN    BIT64(0)
#define HCR_UIE   BIT64(1)
#define VTR_LRS   MASK64(4, 0)
#define VMCR_ENG1 BIT64(1)
#define VMCR_CBPR BIT64(4)
#define VMCR_EOIM BIT64(9)
#define VMCR_BPR1 MASK64(20, 18)
#define VMCR_PMR  MASK64(31, 24)

/* ICC_CTLR_EL1 */
#define CTLR_CBPR    BIT64(0)
#define CTLR_EOIMODE BIT64(1)

/* Redistributor: RD_base, then SGI_base, 64 KiB each; two more frames with virtual LPIs */
#define GICR_TYPER            0x0008
#define TYPER_VLPIS           BIT64(1)
#define TYPER_LAST            BIT64(4)
#define TYPER_AFFINITY(typer) ((typer) >> 32)
#define GICR_SGI_FRAME        SZ_64K
#define GICR_ISENABLER0       (GICR_SGI_FRAME + 0x100)
#define GICR_ICENABLER0       (GICR_SGI_FRAME + 0x180)
#define GICR_ISPENDR0         (GICR_SGI_FRAME + 0x200)
#define GICR_ICPENDR0         (GICR_SGI_FRAME + 0x280)
#define GICR_ICACTIVER0       (GICR_SGI_FRAME + 0x380)
#define GICR_IPRIORITYR       (GICR_SGI_FRAME + 0x400)
#define GICR_ID_START         0xffd0
#define GICR_CTLR             0x0000
#define GICR_IIDR             0x0004
#define GICR_WAKER            0x0014

#define GICD_CTLR        0x000
#define GICD_CTLR_RWP    BIT(31)
#define GICD_ICENABLER   0x180
#define GICD_ISPENDR     0x200
#define GICD_ICPENDR     0x280
#define GICD_ICACTIVER   0x380
#define GICD_IPRIORITYR  0x400
#define GICD_ICENABLER_E 0x1400 /* of extended SPIs */
#define GICD_IROUTER     0x6000

/* ICC_SGI1R_EL1 */
#define SGI1R_LIST  MASK64(15, 0)
#define SGI1R_AFF1  MASK64(23, 16)
#define SGI1R_INTID MASK64(27, 24)
#define SGI1R_AFF2  MASK64(39, 32)
#define SGI1R_IRM   BIT64(40)
#define SGI1R_RS    MASK64(47, 44)
#define SGI1R_AFF3  MASK64(55, 48)

#define MPIDR_AFF0(mpidr)   FIELD(MASK64(7, 0), mpidr)
#define MPIDR_AFF1(mpidr)   FIELD(MASK64(15, 8), mpidr)
#define MPIDR_AFF2(mpidr)   FIELD(MASK64(23, 16), mpidr)
#define MPIDR_AFF3(mpidr)   FIELD(MASK64(39, 32), mpidr)
/** Aff3.Aff2.Aff1.Aff0 in 32 bits, as in GICR_TYPER */
#define MPIDR_PACKED(mpidr) (MPIDR_AFF3(mpidr) << 24 | FIELD(MASK64(23, 0), mpidr))

static u64 frame_size; /* bytes of one redistributor */
static u32 num_frames; /* redistributors found at gicr_base */

/* --- setup ---------------------------------------------------------------------------------- */

static struct cpu_public *cpu_by_affinity(u32 packed)
{
	u32 cpu;

	for (cpu = 0; cpu < image_header.max_cpus; cpu++)
		if (cpu_public(cpu)->cell && MPIDR_PACKED(cpu_public(cpu)->arch.mpidr) == packed)
			return cpu_public(cpu);
	return NULL;
}

/** Look at one redistributor, keep it mapped if a CPU of ours has it. False: it was the last one. */
static bool probe_frame(u64 phys, int *err)
{
	void *base = map_device(phys, 2 * SZ_64K);
	struct cpu_public *cpu;
	u64 typer;

	if (!base) {
		*err = refuse(-ENOMEM, "a GIC redistributor cannot be mapped");
		return false;
	}
	if (!gic_probe(base + GICR_TYPER, 8, &typer)) {
		*err = gic_missing("GICR", phys);
		return false;
	}
	frame_size = (typer & TYPER_VLPIS ? 4 : 2) * SZ_64K;
	cpu = cpu_by_affinity(TYPER_AFFINITY(typer));
	if (cpu) {
		cpu->arch.gic.redistributor = base;
		cpu->arch.gic.redistributor_phys = phys;
	} else {
		unmap_device(base, 2 * SZ_64K);
	}
	num_frames++;
	return !(typer & TYPER_LAST);
}

static int gicv3_init(void)
{
	u64 phys = system_config->platform_info.arm.gicr_base;
	int err = 0;

	while (num_frames < MAX_CPUS && probe_frame(phys, &err))
		phys += frame_size;
	gicr_size = num_frames * frame_size;
	for (u32 cpu = 0; !err && cpu < image_header.max_cpus; cpu++)
		if (cpu_public(cpu)->cell && !cpu_public(cpu)->arch.gic.redistributor)
			err = refuse(-ENODEV, "no GIC redistributor at 0x%llx belongs to CPU %u",
				     system_config->platform_info.arm.gicr_base, cpu);
	gic_num_lrs = FIELD(VTR_LRS, read_sysreg(ICH_VTR_EL2)) + 1;
	return err;
}

/* --- the calling CPU ------------------------------------------------------------------------ */

static void *own_redistributor(void)
{
	return this_public()->arch.gic.redistributor;
}

/** The core's own interrupts: enabled, most important, and not the guest's to change. */
static void enable_own_irqs(void)
{
	void *redist = own_redistributor();

	mmio_write8(redist + GICR_IPRIORITYR + GIC_SGI_EVENT, 0);
	mmio_write8(redist + GICR_IPRIORITYR + gic_maintenance_irq, 0);
	mmio_write32(redist + GICR_ISENABLER0, BIT(GIC_SGI_EVENT) | BIT(gic_maintenance_irq));
}

static void gicv3_activate(void)
{
	struct cpu_public *self = this_public();
	u64 ctlr = read_sysreg(ICC_CTLR_EL1), vmcr;

	/* The guest's view: what it had programmed. */
	vmcr = FIELD_PREP(VMCR_PMR, read_sysreg(ICC_PMR_EL1)) |
	       FIELD_PREP(VMCR_BPR1, read_sysreg(ICC_BPR1_EL1));
	vmcr |= read_sysreg(ICC_IGRPEN1_EL1) & 1 ? VMCR_ENG1 : 0;
	vmcr |= ctlr & CTLR_EOIMODE ? VMCR_EOIM : 0;
	vmcr |= ctlr & CTLR_CBPR ? VMCR_CBPR : 0;
	write_sysreg(vmcr, ICH_VMCR_EL2);
	for (u32 n = 0; n < gic_num_lrs; n++)
		gicv3_ops.clear_lr(n);
	write_sysreg(HCR_EN, ICH_HCR_EL2);
	/* Guests use the system register interface, and cannot turn it off. */
	write_sysreg(read_sysreg(ICC_SRE_EL2) & ~SRE_EL2_ENABLE, ICC_SRE_EL2);

	/* The physical interface: everything comes in, and deactivation is a step of its own. */
	write_sysreg(0xff, ICC_PMR_EL1);
	write_sysreg(ctlr | CTLR_EOIMODE, ICC_CTLR_EL1);
	write_sysreg(1, ICC_IGRPEN1_EL1);
	isb();

	/* An SGI of Linux that was on its way has the number of our event. */
	if (mmio_read32(own_redistributor() + GICR_ISPENDR0) & BIT(GIC_SGI_EVENT))
		__atomic_fetch_or(&self->arch.gic.pending_sgis, BIT(GIC_SGI_EVENT),
				  __ATOMIC_RELAXED);
	enable_own_irqs();
}

static void gicv3_release(void)
{
	u64 vmcr = read_sysreg(ICH_VMCR_EL2),
	    ctlr = read_sysreg(ICC_CTLR_EL1) & ~(CTLR_EOIMODE | CTLR_CBPR);

	write_sysreg(0, ICH_HCR_EL2);
	mmio_write32(own_redistributor() + GICR_ICENABLER0, BIT(gic_maintenance_irq));
	for (u32 sgi = 0; sgi < GIC_FIRST_PPI; sgi++)
		mmio_write8(own_redistributor() + GICR_IPRIORITYR + sgi,
			    this_public()->arch.gic.sgi_priority[sgi]);
	write_sysreg(FIELD(VMCR_PMR, vmcr), ICC_PMR_EL1);
	write_sysreg(FIELD(VMCR_BPR1, vmcr), ICC_BPR1_EL1);
	write_sysreg(vmcr & VMCR_ENG1 ? 1 : 0, ICC_IGRPEN1_EL1);
	write_sysreg(ctlr | (vmcr & VMCR_EOIM ? CTLR_EOIMODE : 0) |
			     (vmcr & VMCR_CBPR ? CTLR_CBPR : 0),
		     ICC_CTLR_EL1);
	write_sysreg(read_sysreg(ICC_SRE_EL2) | SRE_EL2_ENABLE, ICC_SRE_EL2);
	isb();
}

static u32 gicv3_acknowledge(void)
{
	u32 iar = read_sysreg(ICC_IAR1_EL1);

	dsb(sy);
	return iar;
}

static void gicv3_drop(u32 iar)
{
	write_sysreg(iar, ICC_EOIR1_EL1);
}

static void gicv3_deactivate(u32 iar)
{
	write_sysreg(iar, ICC_DIR_EL1);
	isb();
}

static void gicv3_send_event(const struct cpu_public *target)
{
	u64 mpidr = target->arch.mpidr;
	u64 sgi = FIELD_PREP(SGI1R_INTID, (u64)GIC_SGI_EVENT) |
		  FIELD_PREP(SGI1R_AFF3, MPIDR_AFF3(mpidr)) |
		  FIELD_PREP(SGI1R_AFF2, MPIDR_AFF2(mpidr)) |
		  FIELD_PREP(SGI1R_AFF1, MPIDR_AFF1(mpidr)) |
		  FIELD_PREP(SGI1R_RS, MPIDR_AFF0(mpidr) >> 4) | BIT64(MPIDR_AFF0(mpidr) & 15);

	dsb(ishst);
	write_sysreg(sgi, ICC_SGI1R_EL1);
	isb();
}

static u8 gicv3_priority(u32 intid)
{
	void *base = intid < GIC_FIRST_SPI ? own_redistributor() + GICR_SGI_FRAME : gicd;

	return mmio_read8(base + GICD_IPRIORITYR + intid);
}

static void gicv3_set_pending(u32 intid, u32 source)
{
	void *base = intid < GIC_FIRST_SPI ? own_redistributor() + GICR_SGI_FRAME : gicd;

	(void)source;
	mmio_write32(base + GICD_ISPENDR + intid / 32 * 4, BIT(intid % 32));
}

static void gicv3_reset_ppis(u32 mask)
{
	void *redist = own_redistributor();

	mmio_write32(redist + GICR_ICENABLER0, mask);
	mmio_write32(redist + GICR_ICPENDR0, mask);
	mmio_write32(redist + GICR_ICACTIVER0, mask);
	enable_own_irqs();
}

static void gicv3_reset_spis(u32 word, u32 mask, const struct cpu_public *target)
{
	mmio_write32(gicd + GICD_ICENABLER + 4 * word, mask);
	/* Until then one may still be on its way to where it was aimed at. */
	while (mmio_read32(gicd + GICD_CTLR) & GICD_CTLR_RWP)
		cpu_relax();
	mmio_write32(gicd + GICD_ICPENDR + 4 * word, mask);
	mmio_write32(gicd + GICD_ICACTIVER + 4 * word, mask);
	for (u32 pins = mask; pins; pins &= pins - 1)
		mmio_write64(gicd + GICD_IROUTER + 8 * (32 * word + __builtin_ctz(pins)),
			     target->arch.mpidr);
}

/** Bits of extended PPIs follow those of the private interrupts; extended SPIs have a bank of their own. */
static void gicv3_disable_extended(u32 intid)
{
	void *base = gicd + GICD_ICENABLER_E;

	if (intid < GIC_FIRST_ESPI)
		base = own_redistributor() + GICR_ICENABLER0;
	mmio_write32(base + intid % 1024 / 32 * 4, BIT(intid % 32));
}

/* --- list registers ------------------------------------------------------------------------- */

/*
 * A write to a list register ends with a barrier. Without, ELRSR, which is read next, may tell what was empty before it
 * (DDI 0487, "Synchronization requirements for AArch64 System registers").
 */

static u32 gicv3_empty_lrs(void)
{
	return read_sysreg(ICH_ELRSR_EL2);
}

static void gicv3_write_lr(u32 n, const struct virq *virq, bool again)
{
	u64 lr =
		LR_PENDING | LR_GROUP1 | FIELD_PREP(LR_PRIORITY, (u64)virq->priority) | virq->intid;

	if (virq->hardware)
		lr |= LR_HW | FIELD_PREP(LR_PINTID, (u64)virq->intid);
	if (again)
		lr |= LR_ACTIVE;
	gicv3_set_lr(n, lr);
	isb();
}

static bool gicv3_read_lr(u32 n, struct virq *virq, bool *active)
{
	u64 lr = gicv3_get_lr(n);

	*virq = (struct virq){ .intid = FIELD(LR_VINTID, lr),
			       .priority = FIELD(LR_PRIORITY, lr),
			       .hardware = lr & LR_HW };
	*active = lr & LR_ACTIVE;
	return lr & (LR_PENDING | LR_ACTIVE);
}

static void gicv3_clear_lr(u32 n)
{
	gicv3_set_lr(n, 0);
	isb();
}

static void gicv3_set_underflow(bool on)
{
	write_sysreg(HCR_EN | (on ? HCR_UIE : 0), ICH_HCR_EL2);
}

static void gicv3_reset_interface(void)
{
	gicv3_clear_active_priorities();
	write_sysreg(0, ICH_VMCR_EL2);
	write_sysreg(HCR_EN, ICH_HCR_EL2);
	isb();
}

/* --- what cells see ------------------------------------------------------------------------- */

static struct cpu_public *cpu_of_frame(u64 phys)
{
	u32 cpu;

	for_each_cpu (cpu, this_cell()->cpus)
		if (cpu_public(cpu)->arch.gic.redistributor_phys == phys)
			return cpu_public(cpu);
	return NULL;
}

/** RD_base: what identifies a redistributor can be read, of all of them: they are a list. */
static bool is_identification(u64 offset)
{
	return offset == GICR_IIDR || offset == GICR_TYPER || offset == GICR_TYPER + 4 ||
	       offset >= GICR_ID_START;
}

static u64 read_rd_frame(void *base, const struct mmio_access *access)
{
	return access->size == 8 ? mmio_read64(base + access->address) :
				   mmio_read32(base + access->address);
}

static bool may_read_rd_frame(const struct mmio_access *access, u64 offset)
{
	if (access->size == 8)
		return offset == GICR_TYPER;
	return access->size == 4 &&
	       (is_identification(offset) || offset == GICR_CTLR || offset == GICR_WAKER);
}

static void access_rd_frame(const struct cpu_public *cpu, struct mmio_access *access, u64 frame)
{
	u64 offset = access->address;
	void *base;

	if (access->is_write)
		return; /* LPIs and power are not the guest's: Linux set up what it needed */
	access->value = 0;
	if (!may_read_rd_frame(access, offset))
		return;
	if (cpu)
		access->value = read_rd_frame(cpu->arch.gic.redistributor, access);
	else if (is_identification(offset)) {
		base = map_temporarily(TEMP_SLOT_MMIO, frame + page_down(offset), true);
		access->address = offset & ~PAGE_MASK;
		access->value = read_rd_frame(base, access);
	}
}

static enum mmio_result gicr_handle(struct mmio_access *access)
{
	u64 frame = system_config->platform_info.arm.gicr_base +
		    access->address / frame_size * frame_size;
	struct cpu_public *cpu = cpu_of_frame(frame);
	struct gic_rule rule;

	access->address %= frame_size;
	if (access->address & (access->size - 1))
		return MMIO_REFUSED;
	if (access->address < GICR_SGI_FRAME) {
		access_rd_frame(cpu, access, frame);
		return MMIO_DONE;
	}
	access->address -= GICR_SGI_FRAME;
	/* Others' interrupts: nothing to see. The same holds for virtual LPIs, whose frames are behind this one. */
	if (!cpu) {
		if (!access->is_write)
			access->value = 0;
		return MMIO_DONE;
	}
	rule = gicr_rule_of(access->address, access->size, gic_cell_irqs(this_cell()));
	return gic_access_bank(cpu->arch.gic.redistributor + GICR_SGI_FRAME, access, &rule, cpu);
}

static int gicv3_cell_init(struct cell *cell)
{
	const u64 gicr = system_config->platform_info.arm.gicr_base;
	int err = mmio_add(&cell->mmio, system_config->platform_info.arm.gicd_base, SZ_64K,
			   gicd_handle, NULL);

	if (!err)
		err = mmio_add(&cell->mmio, gicr, gicr_size, gicr_handle, NULL);
	/* The configuration was checked for the frames that it knows of; whatever else is there is closed, too. */
	return err ? err : pt_unmap(&cell->memory, gicr, gicr_size);
}

static u64 cluster_of(u64 mpidr)
{
	return mpidr & ~0xffULL;
}

static bool is_target(u64 value, u64 mpidr, bool is_self)
{
	u64 cluster = FIELD(SGI1R_AFF3, value) << 32 | FIELD(SGI1R_AFF2, value) << 16 |
		      FIELD(SGI1R_AFF1, value) << 8;

	if (value & SGI1R_IRM)
		return !is_self;
	return cluster_of(mpidr) == cluster && MPIDR_AFF0(mpidr) >> 4 == FIELD(SGI1R_RS, value) &&
	       (value & BIT64(MPIDR_AFF0(mpidr) & 15));
}

void gic_guest_sgi1r(u64 value)
{
	u32 cpu;

	for_each_cpu (cpu, this_cell()->cpus)
		if (is_target(value, cpu_public(cpu)->arch.mpidr, cpu == this_public()->id))
			gic_guest_sgi(cpu, FIELD(SGI1R_INTID, value));
}

const struct gic_ops gicv3_ops = {
	.gicd_size = SZ_64K,
	.init = gicv3_init,
	.cell_init = gicv3_cell_init,
	.activate = gicv3_activate,
	.release = gicv3_release,
	.acknowledge = gicv3_acknowledge,
	.drop = gicv3_drop,
	.deactivate = gicv3_deactivate,
	.send_event = gicv3_send_event,
	.priority = gicv3_priority,
	.set_pending = gicv3_set_pending,
	.reset_ppis = gicv3_reset_ppis,
	.reset_spis = gicv3_reset_spis,
	.disable_extended = gicv3_disable_extended,
	.empty_lrs = gicv3_empty_lrs,
	.write_lr = gicv3_write_lr,
	.read_lr = gicv3_read_lr,
	.clear_lr = gicv3_clear_lr,
	.set_underflow = gicv3_set_underflow,
	.reset_interface = gicv3_reset_interface,
};
