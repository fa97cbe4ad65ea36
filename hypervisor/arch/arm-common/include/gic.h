/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The interrupt controller (GICv2: IHI 0048, GICv3: IHI 0069).
 *
 * Physical interrupts come to the core, which gives them to the guest in list registers; the guest
 * acknowledges and ends them without any exit. SGIs exist between guests only: the core keeps them
 * as pending bits of the target and uses a single physical SGI to say that something is pending.
 */
#ifndef GIC_H
#define GIC_H

#include <cpu.h>
#include <gic_cpu.h>
#include <gic_rules.h>

#define GIC_SGI_EVENT        0 /* the physical SGI that the core uses */
#define GIC_FIRST_PPI        16
#define GIC_FIRST_SPI        32
#define GIC_FIRST_SPECIAL    1020
#define GIC_LAST_SPECIAL     1023
#define GIC_FIRST_EPPI       1056 /* extended PPIs and SPIs: GICv3.1 */
#define GIC_LAST_EPPI        1119
#define GIC_FIRST_ESPI       4096
#define GIC_LAST_ESPI        5119
#define GIC_FIRST_LPI        8192
#define GIC_DEFAULT_PRIORITY 0xa0

/** What differs between the versions. All act on the calling CPU, unless they say otherwise. */
struct gic_ops {
	u64 gicd_size;
	/** Map registers, find what belongs to which CPU; -errno with refuse(). First CPU. */
	int (*init)(void);
	/** Let the cell see the interrupt controller; -ENOMEM, -EBUSY. */
	int (*cell_init)(struct cell *cell);
	void (*activate)(void);
	void (*release)(void);
	/** Acknowledge: value to be given to drop() and deactivate(); the INTID is gic_intid() of it. */
	u32 (*acknowledge)(void);
	void (*drop)(u32 iar);
	void (*deactivate)(u32 iar);
	/** Raise GIC_SGI_EVENT at another CPU, after all earlier writes are visible there. */
	void (*send_event)(const struct cpu_public *target);
	/** Priority that was configured for an SPI or PPI. */
	u8 (*priority)(u32 intid);
	/** Make an SGI, PPI or SPI physically pending. */
	void (*set_pending)(u32 intid, u32 source);
	/** Disable and clear the PPIs in mask (bit n: INTID n). */
	void (*reset_ppis)(u32 mask);
	/** Disable and clear the SPIs in mask (bit n: INTID 32 * word + n), aim them at the target CPU. */
	void (*reset_spis)(u32 word, u32 mask, const struct cpu_public *target);
	/** Disable an extended PPI or SPI. NULL: there are none. */
	void (*disable_extended)(u32 intid);
	u32 (*empty_lrs)(void); /* bit n: list register n is free */
	void (*write_lr)(u32 n, const struct virq *virq,
			 bool again); /* again: active, and pending once more */
	/** What list register n holds; false if it is free. *active: the guest has acknowledged it. */
	bool (*read_lr)(u32 n, struct virq *virq, bool *active);
	void (*clear_lr)(u32 n);
	/** A maintenance interrupt shall come when the guest is done with list register n. NULL: SGIs have no source. */
	void (*tell_end)(u32 n);
	/** Free the list registers whose end was told; NULL, too. */
	void (*clear_ended)(void);
	void (*set_underflow)(
		bool on); /* maintenance interrupt when (almost) all list registers are free */
	void (*reset_interface)(void); /* virtual CPU interface as after a reset */
};

extern const struct gic_ops gicv2_ops, gicv3_ops;
extern const struct gic_ops *gic;
extern u32 gic_num_lrs;
extern u32 gic_maintenance_irq;
extern void *gicd; /* distributor registers */
extern u64 gicr_size; /* GICv3: bytes of all redistributors, 0 before init() */
extern spinlock_t gicd_lock; /* for read-modify-write */

#define GIC_INTID_MASK 0xffffff

int gic_check_system(const struct jailhouse_system *system);
int gic_init(void);

/** For init(): read a register of 4 or 8 bytes, which may not be where the configuration says; false: bus error. */
bool gic_probe(void *reg, u32 size, u64 *value);
/** ... and refuse then: what should be at that physical address. */
int gic_missing(const char *name, u64 phys);

int gic_cell_check(const struct jailhouse_cell_desc *desc);

void gic_cpu_activate(void);
void gic_cpu_release(void);
/** Forget all interrupts of the calling CPU's guest. */
void gic_cpu_reset(void);
/** The same, but others of its CPUs get the SPIs that it did not acknowledge. Not once these were reset for a new start. */
void gic_cpu_hand_on(void);

/** Serve pending physical interrupts of the calling CPU. */
void gic_handle_irqs(void);
/** Drop one pending interrupt while the CPU has no guest. Not all of them: a device may raise its for ever. */
void gic_discard_irq(void);

/** Is an interrupt in a list register for the guest of the calling CPU? */
bool gic_virq_waits(void);

void gic_send_event(const struct cpu_public *target);

/** The guest of the calling CPU sends SGI n to a CPU of its cell. */
void gic_guest_sgi(u32 cpu, u32 sgi);

/** The guest writes ICC_SGI1R_EL1. */
void gic_guest_sgi1r(u64 value);

/** Common MMIO handlers; address relative to the register frame. */
enum mmio_result gicd_handle(struct mmio_access *access);

/**
 * Access a bank of registers at base on behalf of this cell, as the rule allows.
 * sgi_cpu: the CPU whose SGI priorities are meant, in frames with INTIDs below 32.
 */
enum mmio_result gic_access_bank(void *base, struct mmio_access *access,
				 const struct gic_rule *rule, struct cpu_public *sgi_cpu);

/** The interrupts that the cell may see and change, as a bitmap of INTIDs below 1024. */
const u32 *gic_cell_irqs(const struct cell *cell);

#endif
