// SPDX-License-Identifier: GPL-2.0-only
/* What is the same for both versions of the interrupt controller. */
#include <arch.h>
#include <asm/irqchip_detect.h>
#include <errno.h>
#include <gic.h>
#include <gic_rules.h>
#include <mmio.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>
#include <string.h>

const struct gic_ops *gic;
u32 gic_num_lrs;
u32 gic_maintenance_irq;
void *gicd;
u64 gicr_size;
spinlock_t gicd_lock;

#define PPI_MASK 0xffff0000

/* The distributor's registers that both versions have at the same place. */
#define GICD_ICPENDR      0x280
#define GICD_IPRIORITYR   0x400
#define GICD_ICFGR        0xc00
#define ICFGR_OF(intid)   (gicd + GICD_ICFGR + (intid) / 16 * 4)
#define ICFGR_EDGE(intid) BIT((intid) % 16 * 2 + 1)

/* How Linux had set the interrupts that it lent to other cells. */
static u8 root_priority[GIC_IRQS];
static u32 root_edge[GIC_IRQS / 32];

/* --- setup ---------------------------------------------------------------------------------- */

static int check_frame(const struct jailhouse_cell_desc *desc, u64 start, u64 size,
		       const char *name)
{
	const struct jailhouse_memory *mem;
	struct machine machine;

	arch_describe_machine(&machine);
	if (!page_aligned(start) || !range_within(start, size, 0, 1ULL << machine.guest_bits))
		return refuse(-EINVAL, "the interrupt controller (%s) cannot be at 0x%llx", name,
			      (unsigned long long)start);
	for_each_region (mem, desc)
		if (!(mem->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    (ranges_overlap(mem->phys_start, mem->size, start, size) ||
		     ranges_overlap(mem->virt_start, mem->size, start, size)))
			return refuse(
				-EINVAL,
				"memory region %u of cell \"%s\" overlaps the interrupt controller (%s)",
				(u32)(mem - jailhouse_cell_mem_regions(desc)), desc->name, name);
	return 0;
}

/** Until the redistributors were looked at, each CPU's has two frames. */
static u64 redistributors_size(void)
{
	return gicr_size ? gicr_size : (u64)image_header.online_cpus * 2 * SZ_64K;
}

/** The registers of the interrupt controller are the core's alone. */
static int check_frames(const struct jailhouse_cell_desc *desc,
			const struct jailhouse_system *system)
{
	bool v2 = system->platform_info.arm.gic_version == 2;
	int err = check_frame(desc, system->platform_info.arm.gicd_base, v2 ? PAGE_SIZE : SZ_64K,
			      "GICD");

	if (!err && v2)
		err = check_frame(desc, system->platform_info.arm.gicc_base, 2 * PAGE_SIZE, "GICC");
	if (!err && v2)
		err = check_frame(desc, system->platform_info.arm.gich_base, 2 * PAGE_SIZE, "GICH");
	if (!err && v2)
		err = check_frame(desc, system->platform_info.arm.gicv_base, 2 * PAGE_SIZE, "GICV");
	if (!err && !v2)
		err = check_frame(desc, system->platform_info.arm.gicr_base, redistributors_size(),
				  "GICR");
	return err;
}

/** Interrupt numbers of an irqchip entry must exist; the arrays of a configuration are not aligned. */
static int check_pins(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_irqchip *chip = jailhouse_cell_irqchips(desc);

	for (u32 n = 0; n < desc->num_irqchips; n++) {
		if (chip[n].pin_base % 32 || chip[n].pin_base < GIC_FIRST_SPI ||
		    chip[n].pin_base > GIC_IRQS - 128)
			return refuse(
				-EINVAL,
				"irqchip %u of cell \"%s\": pin base %u is not a multiple of 32 from 32 to %u",
				n, desc->name, chip[n].pin_base, GIC_IRQS - 128);
		if (chip[n].address != system_config->platform_info.arm.gicd_base)
			return refuse(
				-EINVAL,
				"irqchip %u of cell \"%s\" is not at the distributor's address", n,
				desc->name);
	}
	return 0;
}

int gic_check_system(const struct jailhouse_system *system)
{
	u32 version = system->platform_info.arm.gic_version, found = gic_detect_version();
	int err;

	if (version != 2 && version != 3)
		return refuse(-EINVAL, "GIC version %u is not supported", version);
	if (version != found)
		return refuse(-ENODEV, "the configuration says GICv%u, the machine has GICv%u",
			      version, found);
	if (system->platform_info.arm.maintenance_irq < GIC_FIRST_PPI ||
	    system->platform_info.arm.maintenance_irq >= GIC_FIRST_SPI)
		return refuse(-EINVAL, "maintenance interrupt %u is not a PPI (16 to 31)",
			      system->platform_info.arm.maintenance_irq);
	gic = version == 2 ? &gicv2_ops : &gicv3_ops;
	gic_maintenance_irq = system->platform_info.arm.maintenance_irq;
	err = check_frames(&system->root_cell, system);
	return err ? err : check_pins(&system->root_cell);
}

#define GICD_TYPER 0x4

bool gic_probe(void *reg, u32 size, u64 *value)
{
	struct mmio_access access = { .size = size };
	bool answered = arch_mmio_try(reg, &access);

	*value = access.value;
	return answered;
}

int gic_missing(const char *name, u64 phys)
{
	return refuse(-ENODEV,
		      "nothing answers at 0x%llx, where the interrupt controller (%s) should be",
		      phys, name);
}

int gic_init(void)
{
	u64 phys = system_config->platform_info.arm.gicd_base, typer;

	gicd = map_device(phys, gic->gicd_size);
	if (!gicd)
		return refuse(-ENOMEM, "the GIC distributor cannot be mapped");
	return gic_probe(gicd + GICD_TYPER, 4, &typer) ? gic->init() : gic_missing("GICD", phys);
}

/* --- registers ------------------------------------------------------------------------------ */

static u64 read_register(void *address, u32 size)
{
	switch (size) {
	case 1:
		return mmio_read8(address);
	case 4:
		return mmio_read32(address);
	default:
		return mmio_read64(address);
	}
}

static void write_register(void *address, u32 size, u64 value)
{
	switch (size) {
	case 1:
		mmio_write8(address, value);
		break;
	case 4:
		mmio_write32(address, value);
		break;
	default:
		mmio_write64(address, value);
	}
}

static void write_fields(void *address, u32 size, u64 value, u64 mask)
{
	spin_lock(&gicd_lock);
	write_register(address, size, (read_register(address, size) & ~mask) | (value & mask));
	spin_unlock(&gicd_lock);
}

/* --- ownership of interrupts ---------------------------------------------------------------- */

static u32 pins_of_word(const struct jailhouse_cell_desc *desc, u32 word)
{
	const struct jailhouse_irqchip *chip = jailhouse_cell_irqchips(desc);
	u32 pins = 0;

	for (u32 n = 0; n < desc->num_irqchips; n++)
		if (word >= chip[n].pin_base / 32 && word < chip[n].pin_base / 32 + 4)
			pins |= chip[n].pin_bitmap[word - chip[n].pin_base / 32];
	return pins;
}

int gic_cell_check(const struct jailhouse_cell_desc *desc)
{
	int err = check_pins(desc);
	u32 missing;

	for (u32 word = 1; !err && word < GIC_IRQS / 32; word++) {
		missing = pins_of_word(desc, word) & ~root_cell.arch.gic.irqs[word];
		if (missing)
			err = refuse(-EBUSY, "interrupt %u is not the root cell's",
				     word * 32 + __builtin_ctz(missing));
	}
	return err ? err : check_frames(desc, system_config);
}

const u32 *gic_cell_irqs(const struct cell *cell)
{
	return cell->arch.gic.irqs;
}

static const struct cpu_public *first_cpu(const struct cell *cell)
{
	return cpu_public(cpu_set_next(cell->cpus, 0));
}

int arch_cell_init(struct cell *cell)
{
	cell->arch.gic.irqs[0] = PPI_MASK & ~BIT(gic_maintenance_irq);
	if (cell == &root_cell)
		for (u32 word = 1; word < GIC_IRQS / 32; word++)
			cell->arch.gic.irqs[word] = pins_of_word(cell->config, word);
	return gic->cell_init(cell);
}

void arch_cell_exit(struct cell *cell)
{
	(void)cell;
}

static bool is_edge(u32 intid)
{
	return mmio_read32(ICFGR_OF(intid)) & ICFGR_EDGE(intid);
}

static void save_pin(u32 intid)
{
	root_priority[intid] = mmio_read8(gicd + GICD_IPRIORITYR + intid);
	if (is_edge(intid))
		bit_set(root_edge, intid);
	else
		bit_clear(root_edge, intid);
}

/** Linux sets priorities when it boots, and not again: what a cell wrote would silence the device for ever. */
static void restore_pin(u32 intid)
{
	u32 edge = ICFGR_EDGE(intid);

	write_fields(gicd + GICD_IPRIORITYR + intid, 1, root_priority[intid], 0xff);
	write_fields(ICFGR_OF(intid), 4, bit_test(root_edge, intid) ? edge : 0, edge);
}

static void for_each_pin(u32 word, u32 pins, void (*act)(u32 intid))
{
	for (; pins; pins &= pins - 1)
		act(word * 32 + __builtin_ctz(pins));
}

/** The pins as Linux lent them. A trigger may only change while an interrupt is disabled (IHI 0048, 4.3.13). */
static void reset_pins(u32 word, u32 pins, const struct cell *owner)
{
	gic->reset_spis(word, pins, first_cpu(owner));
	for_each_pin(word, pins, restore_pin);
	/* What came between may be pending or not after such a change. */
	mmio_write32(gicd + GICD_ICPENDR + 4 * word, pins);
}

static void move_irqs(struct cell *from, struct cell *to, const struct jailhouse_cell_desc *which)
{
	u32 pins;

	for (u32 word = 1; word < GIC_IRQS / 32; word++) {
		pins = pins_of_word(which, word);
		if (!pins)
			continue;
		from->arch.gic.irqs[word] &= ~pins;
		to->arch.gic.irqs[word] |= pins;
		if (from == &root_cell)
			for_each_pin(word, pins, save_pin);
		reset_pins(word, pins, to);
	}
}

void arch_cell_take_irqs(struct cell *cell)
{
	move_irqs(&root_cell, cell, cell->config);
}

void arch_cell_return_irqs(struct cell *cell)
{
	move_irqs(cell, &root_cell, cell->config);
}

void arch_cell_reset_irqs(struct cell *cell)
{
	move_irqs(cell, cell, cell->config);
}

void arch_comm_region_init(struct cell *cell)
{
	struct jailhouse_comm_region *comm = cell->comm;

	comm->gic_version = system_config->platform_info.arm.gic_version;
	comm->gicd_base = system_config->platform_info.arm.gicd_base;
	comm->gicc_base = system_config->platform_info.arm.gicc_base;
	comm->gicr_base = system_config->platform_info.arm.gicr_base;
	comm->vpci_irq_base = cell->config->vpci_irq_base;
}

/* --- giving interrupts to the guest --------------------------------------------------------- */

/** More than the queue holds is lost: only the cell that lets so many pend at once suffers. */
static bool queue_put(struct gic_cpu_private *cpu, const struct virq *virq)
{
	if (cpu->queue_tail - cpu->queue_head == VIRQ_QUEUE_SIZE)
		return false;
	cpu->queue[cpu->queue_tail++ % VIRQ_QUEUE_SIZE] = *virq;
	return true;
}

static bool is_queued(const struct virq *virq)
{
	const struct gic_cpu_private *cpu = &this_cpu()->arch.gic;
	const struct virq *other;

	for (u32 n = cpu->queue_head; n != cpu->queue_tail; n++) {
		other = &cpu->queue[n % VIRQ_QUEUE_SIZE];
		if (other->intid == virq->intid && other->source == virq->source)
			return true;
	}
	return false;
}

/** The list register that holds an interrupt of this number, for no two may; gic_num_lrs if none does. */
static u32 find_lr(u32 intid, struct virq *held, bool *active)
{
	u32 used = ~gic->empty_lrs() & (u32)MASK64(gic_num_lrs - 1, 0);

	for (; used; used &= used - 1)
		if (gic->read_lr(__builtin_ctz(used), held, active) && held->intid == intid)
			return __builtin_ctz(used);
	return gic_num_lrs;
}

/** Give an interrupt to the guest, or let it wait. */
static void place(const struct virq *virq)
{
	struct gic_cpu_private *cpu = &this_cpu()->arch.gic;
	struct virq held;
	bool active;
	u32 n = find_lr(virq->intid, &held, &active), empty = gic->empty_lrs();

	if (n < gic_num_lrs && held.source != virq->source) {
		/* Some virtual interfaces do not tell one SGI of two CPUs apart: one after the other. */
		if (queue_put(cpu, virq))
			gic->tell_end(n);
	} else if (n < gic_num_lrs) {
		/*
		 * Without a physical interrupt it may come again while the last is not handled; with one, only if the
		 * guest cleared the active state of what it has not handled.
		 */
		if (virq->hardware || active)
			gic->write_lr(n, virq, !virq->hardware);
	} else if (empty) {
		gic->write_lr(__builtin_ctz(empty), virq, false);
	} else if (queue_put(cpu, virq)) {
		gic->set_underflow(true);
	}
}

static void inject(const struct virq *virq)
{
	if (!is_queued(virq))
		place(virq);
}

/** List registers became free: try again what waits. */
static void refill(void)
{
	struct gic_cpu_private *cpu = &this_cpu()->arch.gic;
	u32 waiting = cpu->queue_tail - cpu->queue_head;
	struct virq virq;

	if (gic->clear_ended)
		gic->clear_ended();
	gic->set_underflow(false);
	for (; waiting; waiting--) {
		virq = cpu->queue[cpu->queue_head++ % VIRQ_QUEUE_SIZE];
		place(&virq);
	}
}

static void inject_sgi(u32 sgi, u32 source)
{
	struct virq virq = { .intid = sgi,
			     .source = source,
			     .priority = this_public()->arch.gic.sgi_priority[sgi] };

	inject(&virq);
}

/** GICv2 tells the guest who sent an SGI; GICv3 does not, and all senders count as one. */
static void inject_sgi_from_all(u32 sgi)
{
	u32 sources;

	if (gic == &gicv3_ops) {
		inject_sgi(sgi, 0);
		return;
	}
	sources =
		__atomic_exchange_n(&this_public()->arch.gic.sgi_sources[sgi], 0, __ATOMIC_ACQ_REL);
	for (; sources; sources &= sources - 1)
		inject_sgi(sgi, __builtin_ctz(sources));
}

static void take_pending_sgis(void)
{
	u32 sgis = __atomic_exchange_n(&this_public()->arch.gic.pending_sgis, 0, __ATOMIC_ACQ_REL);

	if (sgis)
		cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_VIRT_SGI);
	for (; sgis; sgis &= sgis - 1)
		inject_sgi_from_all(__builtin_ctz(sgis));
}

static bool has_request(const struct cpu_public *self)
{
	return self->suspend || self->stop_requested || self->start_requested;
}

static void handle_event(void)
{
	take_pending_sgis();
	if (has_request(this_public())) {
		cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT);
		cpu_serve();
	}
}

static bool is_own_irq(u32 intid)
{
	return intid < GIC_IRQS && bit_test(this_cell()->arch.gic.irqs, intid);
}

static bool is_extended(u32 intid)
{
	return (intid >= GIC_FIRST_EPPI && intid <= GIC_LAST_EPPI) ||
	       (intid >= GIC_FIRST_ESPI && intid <= GIC_LAST_ESPI);
}

/**
 * Nobody owns it, or the root cell had aimed it at this CPU before it gave the CPU away, or it is one of those that no
 * cell can have. A device may hold it for ever: it must not come here again.
 */
static void turn_away(u32 intid)
{
	if (intid >= GIC_FIRST_SPI && intid < GIC_FIRST_SPECIAL)
		gic->reset_spis(intid / 32, BIT(intid % 32), first_cpu(&root_cell));
	else if (is_extended(intid))
		gic->disable_extended(intid);
}

/** An interrupt for the guest of this CPU, if it owns it. */
static void handle_guest_irq(u32 iar, u32 intid)
{
	struct virq virq = { .intid = intid, .hardware = true };

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_VIRT_IRQ);
	gic->drop(iar);
	if (intid < GIC_FIRST_PPI) {
		/* Sent by Linux before the core was there. */
		gic->deactivate(iar);
		inject_sgi(intid, 0);
	} else if (intid >= GIC_FIRST_LPI) {
		/* These have no active state. Only the root cell can have programmed one. */
		virq.hardware = false;
		virq.priority = GIC_DEFAULT_PRIORITY;
		if (this_cell() == &root_cell)
			inject(&virq);
	} else if (is_own_irq(intid)) {
		virq.priority = gic->priority(intid);
		inject(&virq);
	} else {
		turn_away(intid);
		gic->deactivate(iar);
	}
}

static bool is_spurious(u32 intid)
{
	return intid >= GIC_FIRST_SPECIAL && intid <= GIC_LAST_SPECIAL;
}

/** Version 2 has the source CPU of an SGI above the INTID, and no LPIs. */
static u32 gic_intid(u32 iar)
{
	return gic == &gicv3_ops ? iar & GIC_INTID_MASK : iar & 0x3ff;
}

void gic_handle_irqs(void)
{
	u32 iar, intid;

	while (iar = gic->acknowledge(), intid = gic_intid(iar), !is_spurious(intid)) {
		if (intid != GIC_SGI_EVENT && intid != gic_maintenance_irq) {
			handle_guest_irq(iar, intid);
			continue;
		}
		gic->drop(iar);
		gic->deactivate(iar);
		if (intid == GIC_SGI_EVENT) {
			handle_event();
		} else {
			cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE);
			refill();
		}
	}
}

void gic_discard_irq(void)
{
	u32 iar = gic->acknowledge(), intid = gic_intid(iar);

	if (is_spurious(intid))
		return;
	gic->drop(iar);
	if (!is_own_irq(intid))
		turn_away(intid);
	gic->deactivate(iar);
}

bool gic_virq_waits(void)
{
	return gic->empty_lrs() != (u32)MASK64(gic_num_lrs - 1, 0);
}

void gic_send_event(const struct cpu_public *target)
{
	gic->send_event(target);
}

void gic_guest_sgi(u32 cpu, u32 sgi)
{
	struct cpu_public *target = cpu_public(cpu), *self = this_public();

	if (gic == &gicv2_ops)
		__atomic_fetch_or(&target->arch.gic.sgi_sources[sgi], BIT(self->arch.gic.interface),
				  __ATOMIC_RELAXED);
	__atomic_fetch_or(&target->arch.gic.pending_sgis, BIT(sgi), __ATOMIC_RELEASE);
	if (target == self || cpu == self->id)
		take_pending_sgis();
	else
		gic->send_event(target);
}

/* --- CPUs ----------------------------------------------------------------------------------- */

static void forget_virq(const struct virq *virq, bool active)
{
	(void)active;
	if (virq->hardware)
		gic->deactivate(virq->intid);
}

/** Take all interrupts out of the list registers and the queue. */
static void drain(void (*with)(const struct virq *virq, bool active))
{
	struct gic_cpu_private *cpu = &this_cpu()->arch.gic;
	struct virq virq;
	bool active;

	for (u32 n = 0; n < gic_num_lrs; n++) {
		if (gic->read_lr(n, &virq, &active))
			with(&virq, active);
		gic->clear_lr(n);
	}
	for (; cpu->queue_head != cpu->queue_tail; cpu->queue_head++)
		with(&cpu->queue[cpu->queue_head % VIRQ_QUEUE_SIZE], false);
	gic->set_underflow(false);
}

/**
 * An SPI that an edge raised and that the guest did not acknowledge goes to the CPU that it is routed to by now; unless it
 * became another cell's meanwhile. A level is still there once its interrupt is not active any more, or nobody is to be
 * interrupted: ISPENDR would latch it (IHI 0048, 4.3.7).
 */
static void hand_on_virq(const struct virq *virq, bool active)
{
	if (virq->hardware && !active && virq->intid >= GIC_FIRST_SPI && is_own_irq(virq->intid) &&
	    is_edge(virq->intid))
		gic->set_pending(virq->intid, virq->source);
	forget_virq(virq, active);
}

void gic_cpu_hand_on(void)
{
	drain(hand_on_virq);
}

void gic_cpu_reset(void)
{
	struct gic_cpu_public *cpu = &this_public()->arch.gic;

	drain(forget_virq);
	__atomic_store_n(&cpu->pending_sgis, 0, __ATOMIC_RELAXED);
	memset(cpu->sgi_sources, 0, sizeof(cpu->sgi_sources));
	memset(cpu->sgi_priority, GIC_DEFAULT_PRIORITY, sizeof(cpu->sgi_priority));
	gic->reset_ppis(PPI_MASK & ~BIT(gic_maintenance_irq));
	gic->reset_interface();
}

void gic_cpu_activate(void)
{
	/* As Linux set them: it may rely on their order with the priority mask. */
	for (u32 sgi = 0; sgi < GIC_FIRST_PPI; sgi++)
		this_public()->arch.gic.sgi_priority[sgi] = gic->priority(sgi);
	gic->activate();
}

/** The physical controller shall deliver what the guest did not acknowledge yet. */
static void give_back_virq(const struct virq *virq, bool active)
{
	(void)active;
	if (virq->intid >= GIC_FIRST_LPI)
		return;
	gic->set_pending(virq->intid, virq->source);
	if (virq->hardware)
		gic->deactivate(virq->intid);
}

void gic_cpu_release(void)
{
	take_pending_sgis();
	drain(give_back_virq);
	gic->release();
}

/* --- register accesses ---------------------------------------------------------------------- */

/** Only the cell's own CPU interfaces can be targets. */
static u64 allowed_targets(u64 value)
{
	const struct cell *cell = this_cell();
	u64 interfaces = 0;
	u32 cpu;

	for_each_cpu (cpu, cell->cpus)
		interfaces |= BIT(cpu_public(cpu)->arch.gic.interface);
	return value & (interfaces * 0x01010101);
}

static bool is_own_affinity(u64 affinity)
{
	u32 cpu;

	for_each_cpu (cpu, this_cell()->cpus)
		if (cpu_public(cpu)->arch.mpidr == affinity)
			return true;
	return false;
}

/** IROUTER: an affinity of the cell, and not "any CPU". Half writes are combined with what is there. */
static void write_route(u32 offset, const struct mmio_access *access)
{
	void *address = gicd + (offset & ~7U);
	u64 route = access->value;

	spin_lock(&gicd_lock);
	if (access->size == 4 && (offset & 4))
		route = (u32)mmio_read64(address) | route << 32;
	else if (access->size == 4)
		route = (mmio_read64(address) & MASK64(63, 32)) | (u32)route;
	if (is_own_affinity(route))
		mmio_write64(address, route);
	spin_unlock(&gicd_lock);
}

/** GICD_SGIR (IHI 0048, 4.3.15): filter 0: list, 1: all others, 2: self */
static void write_sgir(u32 value)
{
	u32 list = FIELD(MASK64(23, 16), value), filter = FIELD(MASK64(25, 24), value), cpu;
	const struct cpu_public *self = this_public();

	for_each_cpu (cpu, this_cell()->cpus) {
		bool is_self = cpu == self->id;

		if (filter == 0 ? list & BIT(cpu_public(cpu)->arch.gic.interface) :
		    filter == 1 ? !is_self :
				  filter == 2 && is_self)
			gic_guest_sgi(cpu, value & 15);
	}
}

/** SGIs are always enabled and exist in the core only: their registers are answered here. */
static bool access_sgi_register(struct mmio_access *access, const struct gic_rule *rule,
				struct cpu_public *cpu)
{
	u8 *priority = cpu->arch.gic.sgi_priority;

	if (rule->kind != GIC_REG_VALUE || rule->intid >= GIC_FIRST_PPI || access->address >= 0xc00)
		return false;
	for (u32 n = 0; n < access->size; n++) {
		if (access->is_write)
			priority[rule->intid + n] = access->value >> (8 * n);
		else
			access->value |= (u64)priority[rule->intid + n] << (8 * n);
	}
	return true;
}

#define GICD_ISENABLER0 0x100
#define GICD_ICENABLER0 0x180
#define SGI_MASK        0xffff

static void access_fields(void *address, struct mmio_access *access, const struct gic_rule *rule,
			  bool ones)
{
	if (!access->is_write) {
		access->value = read_register(address, access->size) & rule->mask;
		if (access->address == GICD_ISENABLER0 || access->address == GICD_ICENABLER0)
			access->value |= SGI_MASK;
	} else if (ones) {
		if (access->value & rule->mask)
			write_register(address, access->size, access->value & rule->mask);
	} else if (rule->mask) {
		write_fields(address, access->size, access->value, rule->mask);
	}
}

enum mmio_result gic_access_bank(void *base, struct mmio_access *access,
				 const struct gic_rule *rule, struct cpu_public *sgi_cpu)
{
	void *address = base + access->address;

	if (!access->is_write)
		access->value = 0;
	switch (rule->kind) {
	case GIC_REG_ONES:
		access_fields(address, access, rule, true);
		break;
	case GIC_REG_TARGETS:
		if (access->is_write)
			access->value = allowed_targets(access->value);
		/* fall through */
	case GIC_REG_VALUE:
		if (!access_sgi_register(access, rule, sgi_cpu))
			access_fields(address, access, rule, false);
		break;
	case GIC_REG_READ_ONLY:
		if (!access->is_write)
			access->value = read_register(address, access->size);
		break;
	case GIC_REG_ROUTE:
		if (access->is_write)
			write_route(access->address, access);
		else
			access->value = read_register(address, access->size);
		break;
	case GIC_REG_SGI:
		if (access->is_write && gic == &gicv2_ops)
			write_sgir(access->value);
		break;
	case GIC_REG_BAD:
		return MMIO_REFUSED;
	case GIC_REG_ZERO:
		break;
	}
	return MMIO_DONE;
}

enum mmio_result gicd_handle(struct mmio_access *access)
{
	struct gic_rule rule =
		gic_rule_of(access->address, access->size, gic_cell_irqs(this_cell()));

	return gic_access_bank(gicd, access, &rule, this_public());
}
