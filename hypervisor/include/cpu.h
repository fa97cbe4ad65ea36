/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * CPUs: what each has for itself, what others may see of it, and how it is stopped and moved.
 *
 * A CPU runs its guest, or waits in the core (cpu_wait). Others change it by requests; it serves
 * them in cpu_serve(), to which an event (arch_send_event) brings it within the time of an interrupt.
 */
#ifndef CPU_H
#define CPU_H

#include <asm/percpu.h>
#include <bits.h>
#include <cell.h>
#include <jailhouse/hypercall.h>
#include <spinlock.h>

#define CPU_STATS (JAILHOUSE_NUM_CPU_STATS)

/** How a CPU stands. Changed by its own CPU, or by the manager while it is suspended. */
enum cpu_power {
	CPU_RUNNING, /* executes its guest */
	CPU_OFF, /* waits in the core until its cell powers it on or it is moved */
	CPU_PARKED, /* waits in the core; only management wakes it */
	CPU_FAILED, /* parked after a violation */
};

/** Where a guest begins when its CPU is powered on. */
struct cpu_start {
	u64 entry; /* guest-physical address */
	u64 context; /* first argument */
};

/** The part of a CPU that all CPUs see. */
struct cpu_public {
	u32 id;
	u32 stats[CPU_STATS]; /* exits by reason */
	struct cell *cell;
	spinlock_t lock; /* guards what follows */
	bool suspend; /* request: stay in the core */
	bool start_requested; /* request: begin at start */
	bool stop_requested; /* request: wait with stop_power */
	enum cpu_power stop_power;
	bool suspended; /* answer: it is in cpu_serve() and touches nothing */
	enum cpu_power power;
	struct cpu_start start;
	bool dead; /* panic(): it serves nobody any more */
	struct arch_cpu_public arch;
} __attribute__((aligned(PAGE_SIZE)));

/** All of a CPU's data, at LOCAL_CPU_BASE for the CPU itself; only public is mapped for others. */
struct per_cpu {
	u8 stack[PERCPU_STACK_SIZE]; /* the guest's registers are at its top */
	struct arch_boot_tables boot; /* this CPU's own page tables */
	struct arch_cpu_private arch;
	struct cpu_public public; /* last, on pages of its own */
} __attribute__((aligned(PAGE_SIZE)));

static inline struct per_cpu *this_cpu(void)
{
	return (struct per_cpu *)LOCAL_CPU_BASE;
}

static inline struct cpu_public *this_public(void)
{
	return &this_cpu()->public;
}

static inline struct cell *this_cell(void)
{
	return this_public()->cell;
}

/** The public part of any CPU below max_cpus. */
struct cpu_public *cpu_public(u32 cpu);

/** Count an exit on the calling CPU: the single accounting point. */
static inline void cpu_count_exit(u32 reason)
{
	this_public()->stats[reason]++;
}

/** Stop a CPU in the core, and return when it stands there. Not the calling CPU. Management lock held. */
void cpu_suspend(u32 cpu);

/** Let a suspended CPU go on with what it did, or with what was requested meanwhile. */
void cpu_resume(u32 cpu);

/** All CPUs of the cell but the calling one. */
void cell_suspend(const struct cell *cell);
void cell_resume(const struct cell *cell);

/** Begin a guest on a suspended CPU once it is resumed. */
void cpu_request_start(u32 cpu, struct cpu_start start);

/** Put a suspended CPU to wait, as if it had been switched off (or parked, failed), once it is resumed. */
void cpu_request_stop(u32 cpu, enum cpu_power power);

/** Wait until a resumed CPU has carried out cpu_request_stop(), and has nothing of its guest any more. */
void cpu_wait_stopped(u32 cpu);

/** Make a CPU stop without waiting for it; any CPU, any time. */
void cpu_stop_async(u32 cpu, enum cpu_power power);

/** How a CPU will stand when it has gone off, if that was requested; Linux sees it like that already. */
enum cpu_power cpu_coming_power(u32 cpu);

/** Make a CPU of the same cell wait, off, for cpu_power_on(); not one that is parked or has failed. Any CPU, any time. */
void cpu_wait_for_start(u32 cpu);

/** Power on a waiting CPU; false unless it was off. Any CPU of the same cell. */
bool cpu_power_on(u32 cpu, struct cpu_start start);

/** The calling CPU stops executing its guest; returns to what cpu_serve() makes of it. */
void cpu_power_off(enum cpu_power power);

/** Serve requests to the calling CPU, and wait while it has no guest to run. Last thing before the guest. */
void cpu_serve(void);

/** Move a suspended CPU to another cell. It waits, off; its statistics begin anew. */
void cpu_move(u32 cpu, struct cell *from, struct cell *to);

#endif
